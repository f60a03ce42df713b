//! What the schema refuses of keys and links by itself, past every rule of the domain.

use std::sync::Arc;

use gaara_application::Store;
use gaara_identity::{AccountLink, ApiKey, LinkPurpose, LinkSeed, Permission, TokenDigest};
use gaara_kernel::Entropy;
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, USERNAME};

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    keys_and_links_go_with_their_user,
}

/// Statements that break one rule each, and the rule.
pub(crate) const BREACHES: &[(&str, &str)] = &[
    ("UPDATE api_keys SET name = ''", "key_name_length"),
    ("UPDATE api_keys SET prefix = 'gak_'", "key_prefix_length"),
    ("UPDATE api_keys SET expires_at_ms = created_at_ms", "key_lasts"),
    ("UPDATE api_keys SET last_used_at_ms = created_at_ms - 1", "key_used_late"),
    ("UPDATE api_key_permissions SET permission = 'all'", "permission_named"),
    ("UPDATE account_links SET purpose = 'other'", "link_purpose_known"),
    ("UPDATE account_links SET expires_at_ms = created_at_ms", "link_lasts"),
    ("UPDATE account_links SET attempts = -1", "attempts_counted"),
    ("UPDATE api_keys SET name = {letters 101}", "key_name_length"),
    ("UPDATE api_keys SET digest = {bytes 31}", "digest_length"),
    ("UPDATE account_links SET digest = {bytes 31}", "digest_length"),
    ("UPDATE account_links SET seed = {bytes 15}", "seed_length"),
];

/// Books with a row in every table of keys and links.
pub(crate) async fn kept_accounts(store: Arc<SqlStore>) {
    let books = Harness::new(store.clone()).set_up().await;
    let mut view = store.view().await.unwrap();
    let admin = view.find_login(USERNAME).await.unwrap().unwrap();
    drop(view);
    let now = admin.created_at;
    let entropy: &dyn Entropy = &*books.entropy;
    let key = ApiKey {
        id: entropy.new_id(now),
        owner: admin.id,
        name: "Till".to_owned(),
        prefix: "gak_01234567".to_owned(),
        digest: TokenDigest::new([1; 32]),
        permissions: [Permission::ReadUnits].into_iter().collect(),
        expires_at: None,
        created_at: now,
        last_used_at: None,
    };
    let secret = (LinkSeed::new([1; 16]), TokenDigest::new([1; 32]));
    let link = AccountLink::new(admin.id, LinkPurpose::Invitation, secret, now);
    let mut unit = store.begin().await.unwrap();
    unit.api_keys().add(&key).await.unwrap();
    unit.links().put(&link).await.unwrap();
    unit.commit().await.unwrap();
}

async fn keys_and_links_go_with_their_user((store, database): (Arc<SqlStore>, Database)) {
    kept_accounts(store).await;
    for statement in [
        "UPDATE api_keys SET owner_id = (SELECT id FROM organizations)",
        "UPDATE account_links SET user_id = (SELECT id FROM organizations)",
        "UPDATE api_key_permissions SET key_id = (SELECT id FROM organizations)",
    ] {
        let error = database.execute(statement).await.expect_err(statement);
        assert!(error.to_string().to_lowercase().contains("foreign key"), "{statement}: {error}");
    }
    database.execute("DELETE FROM users").await.unwrap();
    for table in ["api_key_permissions", "api_keys", "account_links"] {
        assert_eq!(database.execute(&format!("DELETE FROM {table}")).await.unwrap(), 0, "{table}");
    }
}
