//! Codes of second factors: shown twice, shown at once, guessed.

use std::thread;

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use gaara_crypto::SystemClock;
use gaara_kernel::Clock;
use gaara_tests::client::{Answer, Client};
use gaara_tests::server::Database;
use serde_json::{Value, json};

use crate::Target;

/// How long each code is shown, in milliseconds.
const STEP_MS: i64 = 30_000;

/// The bytes of a secret in base 32 (RFC 4648).
fn bytes(secret: &str) -> Vec<u8> {
    let digit = |letter| match letter {
        b'A'..=b'Z' => letter - b'A',
        _ => letter - b'2' + 26,
    };
    let bits = secret.bytes().flat_map(|letter| {
        (0..5).rev().map(move |place| digit(letter) >> place & 1).collect::<Vec<_>>()
    });
    let bits: Vec<u8> = bits.collect();
    bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |all, bit| all << 1 | bit)).collect()
}

/// The code that a phone shows some steps from now (RFC 6238, RFC 4226 §5.3).
pub(crate) fn code(secret: &str, steps: i64) -> String {
    let step = SystemClock.now().as_millis() / STEP_MS + steps;
    let key = Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes(secret));
    let tag = sign(&key, &step.to_be_bytes());
    let offset = usize::from(tag.as_ref()[19] & 15);
    let cut: [u8; 4] = tag.as_ref()[offset..offset + 4].try_into().unwrap();
    format!("{:06}", (u32::from_be_bytes(cut) & 0x7fff_ffff) % 1_000_000)
}

/// Gives the user of this client a second factor; answers the secret and the recovery codes.
pub(crate) fn enrol(client: &Client) -> (String, Vec<Value>) {
    let begun = client.post("/api/v1/me/mfa", &json!({})).expect(200);
    let secret = begun.text("/secret").to_owned();
    // The code of the step before: the next two are left for signing in.
    let first = json!({"code": code(&secret, -1)});
    let confirmed = client.post("/api/v1/me/mfa/confirm", &first).expect(200);
    (secret, confirmed.body["recovery_codes"].as_array().unwrap().clone())
}

/// Signs in as far as the second factor; answers the challenge.
pub(crate) fn challenge(target: &Target) -> Value {
    let asked = target.login("admin", crate::PASSWORD).expect_problem(401, "mfa.required");
    asked.body["params"]["challenge_id"].clone()
}

fn answer(client: &Client, challenge: &Value, code: &Value) -> Answer {
    client.post("/api/v1/auth/mfa", &json!({"challenge_id": challenge, "code": code}))
}

#[test]
fn a_code_opens_one_session_however_it_is_shown() {
    let target = Target::new(Database::Sqlite);
    let (secret, recovery) = enrol(&target.client("admin"));
    let now = json!(code(&secret, 0));

    let challenges = [challenge(&target), challenge(&target)];
    let answers = thread::scope(|scope| {
        let shown = challenges.each_ref().map(|challenge| {
            let (client, now) = (target.stranger.clone(), &now);
            scope.spawn(move || answer(&client, challenge, now).status)
        });
        shown.map(|thread| thread.join().unwrap())
    });
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");

    let again = challenge(&target);
    for (shown, what) in [
        (&now, "replayed"),
        (&json!(code(&secret, -1)), "enrolled"),
        (&json!(code(&secret, 4)), "early"),
    ] {
        let refused = answer(&target.stranger, &again, shown);
        assert_eq!((refused.status, refused.text("/code")), (401, "mfa.invalid_code"), "{what}");
    }
    let signed_in = answer(&target.stranger, &again, &recovery[0]).expect(200);
    assert!(signed_in.header("set-cookie").starts_with("__Host-gaara_device="), "a known device");
    let _ =
        answer(&target.stranger, &again, &recovery[1]).expect_problem(401, "mfa.challenge_expired");
    let fresh = challenge(&target);
    let _ = answer(&target.stranger, &fresh, &recovery[0]).expect_problem(401, "mfa.invalid_code");
    target.stop();
}

#[test]
fn whoever_guesses_codes_is_stopped_by_challenge_and_by_user() {
    let target = Target::new(Database::Sqlite);
    let (_, recovery) = enrol(&target.client("admin"));
    let first = challenge(&target);
    for _ in 0..5 {
        let wrong = answer(&target.stranger, &first, &json!("000000x"));
        let _ = wrong.expect_problem(401, "mfa.invalid_code");
    }
    let _ =
        answer(&target.stranger, &first, &recovery[0]).expect_problem(401, "mfa.challenge_expired");
    let second = challenge(&target);
    let tries = (0..5).map(|_| answer(&target.stranger, &second, &json!("000000x")).status);
    assert_eq!(tries.collect::<Vec<_>>(), [401; 5]);
    let third = challenge(&target);
    let _ = answer(&target.stranger, &third, &recovery[0]).expect_problem(429, "auth.throttled");
    target.stop();
}
