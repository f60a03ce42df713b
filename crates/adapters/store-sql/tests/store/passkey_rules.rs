//! What the schema refuses of passkeys by itself, past every rule of the domain.

use std::sync::Arc;

use gaara_application::Store;
use gaara_identity::{Ceremony, CeremonyPurpose, Challenge, Origin, Passkey, TokenDigest};
use gaara_kernel::Entropy;
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, USERNAME};

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    passkeys_and_questions_go_with_their_user,
}

/// Statements that break one rule each, and the rule.
pub(crate) const BREACHES: &[(&str, &str)] = &[
    ("UPDATE passkeys SET name = ''", "passkey_name_length"),
    ("UPDATE passkeys SET last_used_at_ms = created_at_ms - 1", "passkey_used_late"),
    ("UPDATE ceremonies SET purpose = 0", "purpose_known"),
    ("UPDATE ceremonies SET purpose = 4", "purpose_known"),
    ("UPDATE challenges SET login = 'admin'", "login_length"),
    ("UPDATE passkeys SET name = {letters 101}", "passkey_name_length"),
    ("UPDATE passkeys SET credential = {bytes 15}", "credential_length"),
    ("UPDATE passkeys SET credential = {bytes 1024}", "credential_length"),
    ("UPDATE passkeys SET record = {bytes 0}", "record_length"),
    ("UPDATE passkeys SET record = {bytes 8193}", "record_length"),
    ("UPDATE ceremonies SET digest = {bytes 31}", "digest_length"),
    ("UPDATE ceremonies SET digest = {bytes 33}", "digest_length"),
    ("UPDATE ceremonies SET state = {bytes 0}", "state_length"),
    ("UPDATE ceremonies SET state = {bytes 65537}", "state_length"),
];

/// Books with a passkey, a question and a challenge.
pub(crate) async fn kept_passkeys(store: Arc<SqlStore>) {
    let books = Harness::new(store.clone()).set_up().await;
    let mut view = store.view().await.unwrap();
    let admin = view.find_login(USERNAME).await.unwrap().unwrap();
    drop(view);
    let (now, digest) = (admin.created_at, TokenDigest::new([1; 32]));
    let entropy: &dyn Entropy = &*books.entropy;
    let passkey = Passkey {
        id: entropy.new_id(now),
        user_id: admin.id,
        name: "Phone".to_owned(),
        credential: vec![1; 16],
        record: vec![1],
        created_at: now,
        last_used_at: None,
    };
    let ceremony = Ceremony {
        digest,
        user_id: admin.id,
        purpose: CeremonyPurpose::Registration,
        state: vec![1],
        expires_at: now,
    };
    let challenge = Challenge::ask(digest, &admin, Origin::default(), now);
    let challenge = challenge.of_login("0".repeat(64));
    let mut unit = store.begin().await.unwrap();
    unit.passkeys().add(&passkey).await.unwrap();
    unit.passkeys().put_ceremony(&ceremony).await.unwrap();
    unit.second_factors().add_challenge(&challenge, now).await.unwrap();
    unit.commit().await.unwrap();
}

async fn passkeys_and_questions_go_with_their_user((store, database): (Arc<SqlStore>, Database)) {
    kept_passkeys(store).await;
    database.execute("DELETE FROM sessions").await.unwrap();
    database.execute("DELETE FROM users").await.unwrap();
    for table in ["passkeys", "ceremonies"] {
        assert_eq!(database.execute(&format!("DELETE FROM {table}")).await.unwrap(), 0);
    }
}
