//! Refresh tokens: many at once, and copies in the hands of somebody else.

use std::collections::BTreeSet;
use std::thread;

use gaara_tests::client::{Answer, Client};
use gaara_tests::server::Database;
use serde_json::{Value, json};

use crate::Target;

fn refresh(stranger: &Client, token: &Value) -> Answer {
    stranger.post("/api/v1/auth/refresh", &json!({"refresh_token": token}))
}

fn fifty_at_once(database: Database) {
    let target = Target::new(database);
    let tokens = target.sign_in("admin");
    let ask = || refresh(&target.stranger, &tokens["refresh_token"]);
    let answers: Vec<Answer> = thread::scope(|scope| {
        let running: Vec<_> = (0..50).map(|_| scope.spawn(ask)).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    });

    let successors: BTreeSet<String> = answers
        .into_iter()
        .map(|answer| answer.expect(200).text("/refresh_token").to_owned())
        .collect();
    assert_eq!(successors.len(), 1, "one token takes over");
    let next = json!(successors.first().unwrap());
    let third = refresh(&target.stranger, &next).expect(200).body;
    let _ = target
        .stranger
        .signed_in(third["access_token"].as_str().unwrap())
        .get("/api/v1/me")
        .expect(200);
    target.stop();
}

#[test]
fn fifty_refreshes_at_once_give_one_successor_on_sqlite() {
    fifty_at_once(Database::Sqlite);
}

#[test]
fn fifty_refreshes_at_once_give_one_successor_on_postgresql() {
    fifty_at_once(Database::postgres());
}

#[test]
fn a_token_that_was_overtaken_is_refused_and_a_copy_found_later_ends_the_session() {
    let target = Target::new(Database::postgres());
    let stranger = &target.stranger;
    let first = target.sign_in("admin");
    let second = refresh(stranger, &first["refresh_token"]).expect(200).body;
    let third = refresh(stranger, &second["refresh_token"]).expect(200).body;
    let overtaken = refresh(stranger, &first["refresh_token"]);
    let _ = overtaken.expect_problem(401, "auth.refresh_superseded");
    let client = stranger.signed_in(third["access_token"].as_str().unwrap());
    let _ = client.get("/api/v1/me").expect(200);

    // Eleven seconds pass.
    target.installation.execute(
        "UPDATE refresh_tokens SET consumed_at_ms = consumed_at_ms - 11000 \
         WHERE consumed_at_ms IS NOT NULL",
    );
    let copy = refresh(stranger, &first["refresh_token"]);
    let _ = copy.expect_problem(401, "auth.refresh_reused");
    let _ = client.get("/api/v1/me").expect_problem(401, "auth.token_revoked");
    let dead = refresh(stranger, &third["refresh_token"]);
    let _ = dead.expect_problem(401, "auth.refresh_invalid");
    for guess in ["grt_", "grt_0", &"x".repeat(10_000), third["access_token"].as_str().unwrap()] {
        let guess = refresh(stranger, &json!(guess));
        let _ = guess.expect_problem(401, "auth.refresh_invalid");
    }
    target.stop();
}
