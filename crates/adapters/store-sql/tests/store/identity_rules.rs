//! What the schema refuses of people by itself, past every rule of the domain.

use std::sync::Arc;

use gaara_application::identity::{CreateRole, SignInRequest};
use gaara_application::{Actor, Store};
use gaara_identity::{PasswordHash, Permission, Revocation, Revoked, RoleCode};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, PASSWORD, USERNAME, bilingual};

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    past_passwords_go_with_their_user,
    a_user_has_a_role_that_exists,
    the_step_down_keeps_out_who_has_a_role_of_the_organisation,
}

/// Statements that break one rule each, and the rule.
pub(crate) const BREACHES: &[(&str, &str)] = &[
    ("UPDATE past_passwords SET version = 0", "version_counted"),
    ("UPDATE roles SET code = 'x' WHERE code = 'cashier'", "role_code_length"),
    ("UPDATE roles SET name_ar = NULL, name_en = NULL WHERE code = 'cashier'", "name_present"),
    ("UPDATE roles SET version = 0", "version_counted"),
    ("UPDATE role_permissions SET permission = 'all'", "permission_named"),
    ("UPDATE sessions SET network = replace('88888888', '8', '123456789')", "network_length"),
    ("UPDATE revocations SET kind = 'key'", "revocation_kind_known"),
    ("UPDATE revocations SET subject = ''", "revocation_subject_length"),
    ("UPDATE revocations SET expires_at_ms = revoked_at_ms", "revocation_lasts"),
    ("UPDATE revocations SET times = 0", "revocation_counted"),
    ("UPDATE signing_keys SET number = 0 WHERE number = 1", "signing_key_counted"),
    ("UPDATE signing_keys SET active_from_ms = -1", "signing_key_published_before"),
    ("UPDATE sessions SET device = replace('88888888', '8', '123456789')", "device_length"),
];

/// Books with at least one row in every table of people.
pub(crate) async fn kept_people(store: Arc<SqlStore>) {
    let books = Harness::new(store.clone()).set_up().await;
    let role = CreateRole {
        id: None,
        code: RoleCode::parse("cashier").unwrap(),
        name: bilingual("Cashier", "أمين صندوق"),
        permissions: vec![Permission::ReadPayments],
    };
    books.app.execute(&books.system(), &role).await.unwrap();
    let request = SignInRequest {
        login: USERNAME.to_owned(),
        password: PASSWORD.to_owned(),
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    books.app.sign_in(&Actor::anonymous(books.app.new_trace()), &request).await.unwrap();
    let mut view = store.view().await.unwrap();
    let mut admin = view.find_login(USERNAME).await.unwrap().unwrap();
    drop(view);
    let mut unit = store.begin().await.unwrap();
    let past = admin.change_password(PasswordHash::new("plain:next".to_owned()), admin.created_at);
    unit.users().add_past_password(&past, 4).await.unwrap();
    let kept_out = Revocation::new(Revoked::User(admin.id), admin.created_at);
    unit.revocations().add(&kept_out).await.unwrap();
    unit.commit().await.unwrap();
}

async fn past_passwords_go_with_their_user((store, database): (Arc<SqlStore>, Database)) {
    kept_people(store).await;
    let stolen = "UPDATE past_passwords SET user_id = (SELECT id FROM organizations)";
    let error = database.execute(stolen).await.unwrap_err().to_string().to_lowercase();
    assert!(error.contains("foreign key"), "{error}");
    database.execute("DELETE FROM sessions").await.unwrap();
    database.execute("DELETE FROM users").await.unwrap();
    assert_eq!(database.execute("DELETE FROM past_passwords").await.unwrap(), 0);
}

async fn a_user_has_a_role_that_exists((store, database): (Arc<SqlStore>, Database)) {
    kept_people(store).await;
    database.execute("UPDATE users SET role = 'cashier'").await.unwrap();
    for statement in [
        "UPDATE users SET role = 'owner'",
        "DELETE FROM roles WHERE code = 'cashier'",
        "INSERT INTO role_permissions (role_code, permission) VALUES ('owner', 'stock.read')",
    ] {
        let error = database.execute(statement).await.expect_err(statement);
        assert!(error.to_string().to_lowercase().contains("foreign key"), "{statement}: {error}");
    }
    database.execute("UPDATE users SET role = 'admin'").await.unwrap();
    database.execute("DELETE FROM roles WHERE code = 'cashier'").await.unwrap();
    assert_eq!(database.execute("DELETE FROM role_permissions").await.unwrap(), 0);
}

async fn the_step_down_keeps_out_who_has_a_role_of_the_organisation(
    (store, database): (Arc<SqlStore>, Database),
) {
    kept_people(store.clone()).await;
    database.execute("UPDATE users SET role = 'cashier'").await.unwrap();
    let steps = store.migration_status().await.unwrap();
    let step = steps.iter().position(|(step, _)| step.ends_with("_identity_roles")).unwrap();
    store.migrate_down(u32::try_from(steps.len() - step).unwrap()).await.unwrap();
    let kept_out = "UPDATE users SET version = version WHERE role = 'auditor' AND disabled";
    assert_eq!(database.execute(kept_out).await.unwrap(), 1);
    store.migrate_up().await.unwrap();
    let mut view = store.view().await.unwrap();
    assert!(view.find_login(USERNAME).await.unwrap().unwrap().disabled);
}
