//! Passkeys: used rightly, and every way to use somebody else's or an old answer.

use gaara_tests::client::{Answer, Client};
use gaara_tests::server::{Database, Installation};
use serde_json::{Value, json};

use crate::Target;
use crate::authenticator::Authenticator;
use crate::codes::{challenge, enrol};

const ORIGIN: &str = "https://erp.example.com";

/// What is wrong with a device.
type Fault = fn(&mut Authenticator);

/// A system for one address, and an administrator with a passkey on a device.
struct Known {
    target: Target,
    admin: Client,
    device: Authenticator,
    passkey: String,
}

fn known() -> Known {
    let installation = Installation::new(Database::Sqlite);
    let target = Target::of(installation.with("GAARA_SERVER__PUBLIC_URL", ORIGIN));
    let admin = target.client("admin");
    let _ = admin
        .post("/api/v1/me/passkeys/options", &json!({}))
        .expect_problem(409, "mfa.not_enabled");
    let _ = enrol(&admin);
    let device = Authenticator::new(ORIGIN);
    let asked = admin.post("/api/v1/me/passkeys/options", &json!({})).expect(200).body;
    let answered = json!({"name": "Phone", "ceremony_id": asked["ceremony_id"],
        "credential": device.create(&asked["options"])});
    let passkey = admin.post("/api/v1/me/passkeys", &answered).expect(201).text("/id").to_owned();
    let again = admin.post("/api/v1/me/passkeys", &answered);
    let _ = again.expect_problem(409, "mfa.nothing_to_confirm");
    Known { target, admin, device, passkey }
}

/// Asks for a passkey to answer a challenge.
fn ask(target: &Target, challenge: &Value) -> Value {
    let body = json!({"challenge_id": challenge});
    target.stranger.post("/api/v1/auth/mfa/passkey", &body).expect(200).body
}

fn answer(target: &Target, challenge: &Value, ceremony: &Value, credential: &Value) -> Answer {
    let body =
        json!({"challenge_id": challenge, "ceremony_id": ceremony, "credential": credential});
    target.stranger.post("/api/v1/auth/mfa", &body)
}

#[test]
fn a_passkey_answers_for_the_second_factor_once() {
    let Known { target, admin, mut device, passkey, .. } = known();
    let first = challenge(&target);
    let asked = ask(&target, &first);
    let credential = device.get(&asked["options"]);
    let signed_in = answer(&target, &first, &asked["ceremony_id"], &credential).expect(200);
    assert!(signed_in.text("/access_token").len() > 100);
    let used = admin.get("/api/v1/me/passkeys").expect(200);
    assert!(used.body["data"][0]["last_used_at"].is_string(), "{:#}", used.body);

    let second = challenge(&target);
    let replayed = answer(&target, &second, &asked["ceremony_id"], &credential);
    let _ = replayed.expect_problem(401, "mfa.invalid_code");
    let other = ask(&target, &second);
    let old_answer = answer(&target, &second, &other["ceremony_id"], &credential);
    let _ = old_answer.expect_problem(401, "mfa.invalid_code");

    let proof = admin.post("/api/v1/auth/reauth/passkey", &json!({})).expect(200).body;
    let credential = device.get(&proof["options"]);
    let third = challenge(&target);
    let misused = answer(&target, &third, &proof["ceremony_id"], &credential);
    let _ = misused.expect_problem(401, "mfa.invalid_code");
    let body = json!({"ceremony_id": proof["ceremony_id"], "credential": credential});
    let _ = admin.post("/api/v1/auth/reauth", &body).expect(204);
    let _ = admin.post("/api/v1/auth/reauth", &body).expect_problem(401, "mfa.invalid_code");

    let path = format!("/api/v1/me/passkeys/{passkey}");
    let _ = admin.send("DELETE", &path, None).expect(204);
    let _ = admin.send("DELETE", &path, None).expect(404);
    let gone = target
        .stranger
        .post("/api/v1/auth/mfa/passkey", &json!({"challenge_id": challenge(&target)}));
    let _ = gone.expect_problem(409, "passkey.none");
    target.stop();
}

#[test]
fn an_answer_that_is_good_but_for_one_thing_is_refused() {
    let Known { target, mut device, .. } = known();
    let faults: [(&str, Fault); 4] = [
        ("another page", |device| device.origin = "https://erp.example.com.evil".to_owned()),
        ("another name", |device| device.relying_party = "example.com".to_owned()),
        ("nobody verified", |device| device.is_verified = false),
        ("a counter that stands still", |device| device.counter = 0),
    ];
    let asked_for = challenge(&target);
    for (what, fault) in faults {
        let asked = ask(&target, &asked_for);
        fault(&mut device);
        let credential = device.get(&asked["options"]);
        let refused = answer(&target, &asked_for, &asked["ceremony_id"], &credential);
        assert_eq!((refused.status, refused.text("/code")), (401, "mfa.invalid_code"), "{what}");
        device.origin = ORIGIN.to_owned();
        device.relying_party = "erp.example.com".to_owned();
        (device.is_verified, device.counter) = (true, 10);
    }
    let asked_for = challenge(&target);
    let asked = ask(&target, &asked_for);
    let mut stranger = Authenticator::new(ORIGIN);
    let foreign =
        answer(&target, &asked_for, &asked["ceremony_id"], &stranger.get(&asked["options"]));
    let _ = foreign.expect_problem(401, "mfa.invalid_code");
    let good = device.get(&asked["options"]);
    let mut forged = good.clone();
    forged["response"]["signature"] =
        stranger.get(&asked["options"])["response"]["signature"].clone();
    let refused = answer(&target, &asked_for, &asked["ceremony_id"], &forged);
    let _ = refused.expect_problem(401, "mfa.invalid_code");
    let signed_in = answer(&target, &asked_for, &asked["ceremony_id"], &good).expect(200);
    let admin = target.stranger.signed_in(signed_in.text("/access_token"));
    let trail = admin.get("/api/v1/audit-log?limit=100").expect(200).body.to_string();
    assert!(trail.contains("passkey_with_a_copy"), "a key with a copy is told");
    target.stop();
}

#[test]
fn passkeys_go_with_the_second_factor() {
    let Known { target, admin, .. } = known();
    let _ = admin.send("DELETE", "/api/v1/me/mfa", None).expect(204);
    let left = admin.get("/api/v1/me/passkeys").expect(200);
    assert_eq!(left.body["data"], json!([]));
    let _ = target.login("admin", crate::PASSWORD).expect(200);
    target.stop();
}
