//! Links in mail and keys of programs, as somebody would use them who found one.

use std::fs;

use gaara_tests::client::{Answer, Client};
use gaara_tests::server::{Database, Installation};
use serde_json::json;

use crate::{PASSWORD, Target};

/// A system that writes its mail into a directory.
fn with_mail() -> Target {
    let installation = Installation::new(Database::Sqlite);
    let directory = installation.path().join("mail");
    Target::of(installation.with("GAARA_MAIL__DIRECTORY", directory.to_str().unwrap()))
}

/// What stands behind `#` in the link of the mail to somebody, once it has been written.
fn link_to(target: &Target, address: &str) -> String {
    let directory = target.installation.path().join("mail");
    loop {
        let files = fs::read_dir(&directory).into_iter().flatten();
        let texts = files.filter_map(|file| fs::read_to_string(file.unwrap().path()).ok());
        let link = texts.filter(|text| text.contains(address)).find_map(|text| {
            // As quoted-printable writes it (RFC 2045): long lines are broken, `=` is escaped.
            let text = text.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
            let (_, rest) = text.split_once("/password#")?;
            Some(rest.split_whitespace().next()?.to_owned())
        });
        match link {
            Some(link) => return link,
            // The server mails every second; the run of all tests has a limit of its own.
            None => drop(target.stranger.get("/health")),
        }
    }
}

fn follow(client: &Client, token: &str, password: &str) -> Answer {
    let body = json!({"token": token, "password": password});
    client.post("/api/v1/auth/password-reset/confirm", &body)
}

#[test]
fn an_invitation_works_once_for_whoever_has_the_mail() {
    let target = with_mail();
    let admin = target.client("admin");
    let body = json!({"email": "sara@example.com", "username": "sara", "role": "sales"});
    let _ = admin.post("/api/v1/users", &body).expect(201);
    let link = link_to(&target, "sara@example.com");

    let forged = format!("{}0", &link[..link.len() - 1]);
    let (own, weak) = ("Blue-Camel-Walks-9", "password");
    if forged != link {
        let refused = follow(&target.stranger, &forged, own);
        let _ = refused.expect_problem(401, "auth.link_invalid");
    }
    assert_eq!(follow(&target.stranger, &link, weak).status, 422, "a weak password spends no link");
    let _ = follow(&target.stranger, &link, own).expect(204);
    let again = follow(&target.stranger, &link, "Other-Camel-Walks-9");
    let _ = again.expect_problem(401, "auth.link_invalid");
    let login = json!({"login": "sara", "password": own});
    let _ = target.stranger.post("/api/v1/auth/login", &login).expect(200);
    assert!(!target.installation.log().contains(&link), "no link in the log");
    target.stop();
}

#[test]
fn nobody_learns_from_a_reset_whether_there_is_such_a_user() {
    let target = with_mail();
    let ask = |login: &str| {
        let answer = target.stranger.post("/api/v1/auth/password-reset", &json!({"login": login}));
        (answer.status, answer.body)
    };
    assert_eq!(ask("admin@example.com"), ask("nobody@example.com"));
    let link = link_to(&target, "admin@example.com");
    let session = target.client("admin");
    let _ = follow(&target.stranger, &link, "Blue-Camel-Walks-9").expect(204);
    let _ = session.get("/api/v1/me").expect_problem(401, "auth.token_revoked");
    let _ = target.login("admin", PASSWORD).expect_problem(401, "auth.invalid_credentials");
    target.stop();
}

#[test]
fn a_key_of_a_program_does_what_it_was_made_for_and_ends_with_its_owner() {
    let target = Target::new(Database::Sqlite);
    let admin = target.client("admin");
    let body = json!({"name": "Till", "permissions": ["invoices.read"]});
    let made = admin.post("/api/v1/api-keys", &body).expect(201);
    let (text, id) = (made.text("/key").to_owned(), made.text("/id").to_owned());
    let key = target.stranger.signed_in(&text);

    let _ = key.get("/api/v1/invoices").expect(200);
    let _ = key.get("/api/v1/users").expect_problem(403, "authz.denied");
    for (path, body) in [
        ("/api/v1/api-keys", json!({"name": "Other", "permissions": ["invoices.read"]})),
        (
            "/api/v1/me/password",
            json!({"current_password": PASSWORD, "new_password": "New-Camel-9-Walks"}),
        ),
        ("/api/v1/me/mfa", json!({})),
    ] {
        let refused = key.post(path, &body);
        assert!([401, 403].contains(&refused.status), "{path}: {:#}", refused.body);
    }
    let shown = admin.get(&format!("/api/v1/api-keys/{id}")).expect(200);
    assert!(shown.body["last_used_at"].is_string() && shown.body.get("key").is_none());
    for wrong in [&text[..text.len() - 1], "gak_", &text.to_uppercase()] {
        assert_eq!(target.stranger.signed_in(wrong).get("/api/v1/invoices").status, 401, "{wrong}");
    }
    let _ = admin.send("DELETE", &format!("/api/v1/api-keys/{id}"), None).expect(204);
    assert_eq!(key.get("/api/v1/invoices").status, 401);
    assert!(!target.installation.log().contains(&text));
    target.stop();
}
