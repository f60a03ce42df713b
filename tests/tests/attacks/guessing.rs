//! Guessing passwords, with every trick to look like somebody else.

use gaara_tests::server::Database;
use serde_json::json;

use crate::{PASSWORD, Target, add_user};

#[test]
fn no_header_and_no_spelling_gives_a_guesser_more_tries() {
    let target = Target::new(Database::Sqlite);
    let spellings = ["admin", "ADMIN", " admin", "admin ", "AdMiN"];
    for (number, login) in spellings.iter().enumerate() {
        let client = target
            .stranger
            .with("x-forwarded-for", &format!("198.51.100.{number}"))
            .with("forwarded", &format!("for=198.51.100.{number}"))
            .with("x-real-ip", &format!("198.51.100.{number}"))
            .with("user-agent", &format!("browser {number}"));
        let body = json!({"login": login, "password": "Wrong-Horse-77"});
        let wrong = client.post("/api/v1/auth/login", &body);
        let _ = wrong.expect_problem(401, "auth.invalid_credentials");
    }
    let devices = ["", "x", "0.0", &format!("{}.{}", "0".repeat(32), "0".repeat(64))];
    for device in devices {
        let client = target.stranger.with("cookie", &format!("__Host-gaara_device={device}"));
        let body = json!({"login": "admin", "password": PASSWORD});
        let refused =
            client.with("x-forwarded-for", "203.0.113.9").post("/api/v1/auth/login", &body);
        let refused = refused.expect_problem(429, "auth.throttled");
        let wait: u64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=12).contains(&wait), "{wait}");
    }
    target.stop();
}

#[test]
fn a_known_and_an_unknown_name_answer_alike_until_the_end() {
    let target = Target::new(Database::Sqlite);
    let answers = ["admin", "nobody"].map(|login| {
        (0..6)
            .map(|_| {
                let answer = target.login(login, "Wrong-Horse-77");
                let mut body = answer.body.clone();
                body["trace_id"] = json!(null);
                let names = answer.headers.keys().map(|name| name.as_str().to_owned());
                let mut names: Vec<String> = names.collect();
                names.sort();
                // The wait runs down while the tries are made.
                body["params"]["seconds"] = json!(null);
                body["detail"] = json!(null);
                body["messages"] = json!(null);
                (answer.status, body, names)
            })
            .collect::<Vec<_>>()
    });
    assert_eq!(answers[0], answers[1]);
    assert_eq!(
        answers[0].iter().map(|answer| answer.0).collect::<Vec<_>>(),
        [401, 401, 401, 401, 401, 429]
    );
    target.stop();
}

#[test]
fn the_owner_signs_in_on_a_known_device_while_somebody_guesses() {
    let target = Target::new(Database::Sqlite);
    let first = target.login("admin", PASSWORD).expect(200);
    let cookie = first.header("set-cookie");
    let (device, attributes) = cookie.split_once(';').unwrap();
    assert!(device.starts_with("__Host-gaara_device=") && attributes.contains("HttpOnly"));
    for _ in 0..5 {
        let _ = target.login("admin", "Wrong-Horse-77").expect(401);
    }
    let _ = target.login("admin", PASSWORD).expect_problem(429, "auth.throttled");
    let body = json!({"login": "admin", "password": PASSWORD});
    let known = target.stranger.with("cookie", device).post("/api/v1/auth/login", &body);
    let _ = known.expect(200);
    target.stop();
}

#[test]
fn an_administrator_lets_somebody_try_again_and_nobody_else_does() {
    let target = Target::new(Database::Sqlite);
    let admin = target.client("admin");
    let id = add_user(&admin, "sara", "sales");
    let sara = target.client("sara");
    let prove = |password: &str| sara.post("/api/v1/auth/reauth", &json!({"password": password}));
    for _ in 0..5 {
        let _ = prove("Wrong-Horse-77").expect_problem(422, "password.current_wrong");
    }
    let _ = prove(PASSWORD).expect_problem(429, "auth.throttled");

    let unlock = format!("/api/v1/users/{id}/unlock");
    let _ = sara.post(&unlock, &json!({})).expect_problem(403, "authz.denied");
    let _ = admin.post(&unlock, &json!({})).expect(200);
    let _ = prove(PASSWORD).expect(204);
    let _ =
        admin.post("/api/v1/users/usr_01kare0z0qf8b8rmyh0z0hdrt5/unlock", &json!({})).expect(404);
    target.stop();
}
