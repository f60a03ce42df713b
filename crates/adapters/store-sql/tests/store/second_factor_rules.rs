//! What the schema refuses of second factors by itself, past every rule of the domain.

use std::sync::Arc;

use gaara_application::Store;
use gaara_identity::{
    Challenge, Origin, Role, SealedSecret, SecondFactor, Session, TokenDigest, TotpStep,
};
use gaara_kernel::Entropy;
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, USERNAME};

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    what_belongs_to_a_factor_goes_with_it,
}

/// Statements that break one rule each, and the rule.
pub(crate) const BREACHES: &[(&str, &str)] = &[
    ("UPDATE second_factors SET confirmed_at_ms = started_at_ms - 1", "confirmed_late"),
    ("UPDATE second_factors SET last_step = -1", "last_step_counted"),
    ("UPDATE second_factors SET last_step = NULL", "confirmed_by_a_code"),
    ("UPDATE second_factors SET confirmed_at_ms = NULL", "confirmed_by_a_code"),
    ("UPDATE challenges SET tries_left = 6", "tries_counted"),
    ("UPDATE challenges SET tries_left = -1", "tries_counted"),
    ("UPDATE challenges SET user_version = 0", "user_version_counted"),
    ("UPDATE sessions SET proven_at_ms = created_at_ms - 1", "proven_late"),
    ("UPDATE second_factors SET secret = {bytes 39}", "secret_is_sealed"),
    ("UPDATE second_factors SET secret = {bytes 129}", "secret_is_sealed"),
    ("UPDATE recovery_codes SET digest = {bytes 31}", "digest_length"),
    ("UPDATE challenges SET digest = {bytes 31}", "digest_length"),
    ("UPDATE challenges SET network = {letters 65}", "network_length"),
    ("UPDATE challenges SET device = {letters 65}", "device_length"),
];

/// Books with a row in every table of second factors.
pub(crate) async fn kept_factors(store: Arc<SqlStore>) {
    let books = Harness::new(store.clone()).set_up().await;
    let mut view = store.view().await.unwrap();
    let admin = view.find_login(USERNAME).await.unwrap().unwrap();
    drop(view);
    let now = admin.created_at;
    let mut factor = SecondFactor::start(admin.id, SealedSecret::new(vec![1; 49]), now);
    factor.confirm(TotpStep::new(7), now);
    let digest = TokenDigest::new([1; 32]);
    let challenge = Challenge::ask(digest, &admin, Origin::default(), now);
    let entropy: &dyn Entropy = &*books.entropy;
    let session = Session::open(entropy.new_id(now), admin.id, now);
    let mut unit = store.begin().await.unwrap();
    unit.second_factors().save(&factor).await.unwrap();
    unit.second_factors().put_recovery_codes(admin.id, &[digest]).await.unwrap();
    unit.second_factors().add_challenge(&challenge, now).await.unwrap();
    unit.second_factors().put_roles(&[Role::Admin.into()]).await.unwrap();
    unit.sessions().add(&session, &Origin::default()).await.unwrap();
    unit.commit().await.unwrap();
}

async fn what_belongs_to_a_factor_goes_with_it((store, database): (Arc<SqlStore>, Database)) {
    kept_factors(store).await;
    for statement in [
        "UPDATE second_factors SET user_id = (SELECT id FROM organizations)",
        "UPDATE recovery_codes SET user_id = (SELECT id FROM organizations)",
        "UPDATE challenges SET user_id = (SELECT id FROM organizations)",
        "INSERT INTO second_factor_roles (role_code) VALUES ('owner')",
    ] {
        let error = database.execute(statement).await.expect_err(statement);
        assert!(error.to_string().to_lowercase().contains("foreign key"), "{statement}: {error}");
    }
    database.execute("DELETE FROM second_factors").await.unwrap();
    assert_eq!(database.execute("DELETE FROM recovery_codes").await.unwrap(), 0);
    database.execute("DELETE FROM sessions").await.unwrap();
    database.execute("DELETE FROM users").await.unwrap();
    assert_eq!(database.execute("DELETE FROM challenges").await.unwrap(), 0);
    database.execute("DELETE FROM roles WHERE code = 'admin'").await.unwrap();
    assert_eq!(database.execute("DELETE FROM second_factor_roles").await.unwrap(), 0);
}
