//! What the schema refuses of passkeys by itself, past every rule of the domain.

use std::sync::Arc;

use gaara_application::Store;
use gaara_identity::{Ceremony, CeremonyPurpose, Challenge, Origin, Passkey, TokenDigest};
use gaara_kernel::Entropy;
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, USERNAME};

use crate::databases::{Database, on_both_engines};
use crate::rules::assert_refused;

on_both_engines! {
    every_check_on_passkeys_refuses_what_breaks_it,
}

/// Statements that break one rule each, and the rule.
const BREACHES: &[(&str, &str)] = &[
    ("UPDATE passkeys SET name = ''", "passkey_name_length"),
    ("UPDATE passkeys SET last_used_at_ms = created_at_ms - 1", "passkey_used_late"),
    ("UPDATE ceremonies SET purpose = 0", "purpose_known"),
    ("UPDATE ceremonies SET purpose = 4", "purpose_known"),
    ("UPDATE challenges SET login = 'admin'", "login_length"),
];

/// Books with a passkey, a question and a challenge.
async fn kept_passkeys(store: Arc<SqlStore>) {
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

async fn every_check_on_passkeys_refuses_what_breaks_it(
    (store, database): (Arc<SqlStore>, Database),
) {
    let bytes = |length: usize| {
        let digits = "00".repeat(length);
        if database.is_sqlite() { format!("X'{digits}'") } else { format!("'\\x{digits}'::bytea") }
    };
    kept_passkeys(store).await;
    for (statement, rule) in BREACHES {
        assert_refused(&database, statement, rule).await;
    }
    let long_name = format!("UPDATE passkeys SET name = '{}'", "x".repeat(101));
    assert_refused(&database, &long_name, "passkey_name_length").await;
    let lengths: [(&str, &str, &[usize]); 4] = [
        ("passkeys.credential", "credential_length", &[15, 1024]),
        ("passkeys.record", "record_length", &[0, 8193]),
        ("ceremonies.digest", "digest_length", &[31, 33]),
        ("ceremonies.state", "state_length", &[0, 65537]),
    ];
    for (place, rule, lengths) in lengths {
        let (table, column) = place.split_once('.').unwrap();
        for length in lengths {
            let statement = format!("UPDATE {table} SET {column} = {}", bytes(*length));
            assert_refused(&database, &statement, rule).await;
        }
    }
    for table in ["passkeys", "ceremonies"] {
        let statement = format!("UPDATE {table} SET user_id = (SELECT id FROM organizations)");
        assert!(database.execute(&statement).await.is_err(), "{table} without a user");
    }
    database.execute("DELETE FROM sessions").await.unwrap();
    database.execute("DELETE FROM users").await.unwrap();
    for table in ["passkeys", "ceremonies"] {
        assert_eq!(database.execute(&format!("DELETE FROM {table}")).await.unwrap(), 0);
    }
}
