//! People who want more than they were given.

use gaara_tests::client::{Answer, Client};
use gaara_tests::server::Database;
use serde_json::{Value, json};

use crate::{PASSWORD, Target, add_user};

fn send(client: &Client, method: &str, path: &str, body: &Value) -> Answer {
    let client = client.with("if-match", "\"1\"");
    client.send(method, &format!("/api/v1/{path}"), Some(body.to_string()))
}

#[test]
fn nobody_becomes_more_by_extra_fields_or_by_the_people_they_may_see_to() {
    let target = Target::new(Database::Sqlite);
    let admin = target.client("admin");
    let sara = add_user(&admin, "sara", "sales");
    let role = json!({"code": "personnel", "name": {"en": "Personnel"},
        "permissions": ["users.read", "users.edit", "roles.read", "roles.edit"]});
    let _ = admin.post("/api/v1/roles", &role).expect(201);
    let omar = add_user(&admin, "omar", "personnel");
    let (sales, personnel) = (target.client("sara"), target.client("omar"));

    let new = |extra: (&str, Value)| {
        let mut body = json!({"email": "eve@example.com", "username": "eve", "password": PASSWORD,
            "role": "sales"});
        body[extra.0] = extra.1;
        body
    };
    for extra in [
        ("permissions", json!(["users.edit"])),
        ("is_admin", json!(true)),
        ("password_hash", json!("$argon2id$")),
        ("disabled", json!(false)),
        ("version", json!(9)),
    ] {
        let refused = admin.post("/api/v1/users", &new(extra));
        let _ = refused.expect_problem(422, "validation.unknown_field");
    }
    let twice = "{\"login\":\"admin\",\"login\":\"sara\",\"password\":\"x\"}".to_owned();
    let twice = target.stranger.send("POST", "/api/v1/auth/login", Some(twice));
    let _ = twice.expect_problem(400, "json.duplicate_field");

    for (client, method, path, body) in [
        (&sales, "PATCH", format!("users/{sara}"), json!({"role": "admin"})),
        (&sales, "POST", "users".to_owned(), new(("role", json!("admin")))),
        (&sales, "POST", "signing-keys/rotate".to_owned(), json!({})),
        (&personnel, "PATCH", format!("users/{omar}"), json!({"role": "admin"})),
        (&personnel, "PATCH", format!("users/{sara}"), json!({"role": "accountant"})),
        (&personnel, "POST", "users".to_owned(), new(("role", json!("admin")))),
        (
            &personnel,
            "POST",
            "roles".to_owned(),
            json!({"code": "boss", "name": {"en": "Boss"},
            "permissions": ["invoices.void"]}),
        ),
    ] {
        let _ = send(client, method, &path, &body).expect_problem(403, "authz.denied");
    }
    let own = json!({"code": "readers", "name": {"en": "Readers"}, "permissions": ["users.read"]});
    let _ = personnel.post("/api/v1/roles", &own).expect(201);
    target.stop();
}

#[test]
fn nobody_reaches_what_is_somebody_elses_by_its_id() {
    let target = Target::new(Database::Sqlite);
    let admin = target.client("admin");
    let sara = add_user(&admin, "sara", "sales");
    let sales = target.client("sara");
    let session = admin.get("/api/v1/me/sessions").expect(200).text("/data/0/id").to_owned();

    let foreign = sales.send("DELETE", &format!("/api/v1/me/sessions/{session}"), None);
    let _ = foreign.expect_problem(404, "resource.not_found");
    let wrong_kind = sales.send("DELETE", &format!("/api/v1/me/sessions/{sara}"), None);
    let _ = wrong_kind.expect_problem(400, "id.wrong_kind");
    for (method, path) in [
        ("GET", format!("/api/v1/users/{sara}")),
        ("GET", format!("/api/v1/users/{sara}/sessions")),
        ("DELETE", format!("/api/v1/users/{sara}/sessions")),
        ("GET", "/api/v1/audit-log".to_owned()),
        ("GET", "/api/v1/roles".to_owned()),
    ] {
        let _ = sales.send(method, &path, None).expect_problem(403, "authz.denied");
    }
    let _ = admin.get("/api/v1/me").expect(200);

    let disable = admin.post(&format!("/api/v1/users/{sara}/disable"), &json!({}));
    let _ = disable.expect(200);
    let _ = sales.get("/api/v1/me").expect_problem(401, "auth.token_revoked");
    let out = target.login("sara", PASSWORD);
    let _ = out.expect_problem(401, "auth.invalid_credentials");
    target.stop();
}
