//! Access tokens that are good but for one thing.

use gaara_tests::client::Client;
use gaara_tests::server::Database;
use serde_json::{Value, json};

use crate::Target;
use crate::forge::{Forge, without};

fn ask(stranger: &Client, token: &str) -> (u16, String) {
    let answer = stranger.signed_in(token).get("/api/v1/me");
    (answer.status, answer.text("/code").to_owned())
}

fn refuse(stranger: &Client, what: &str, token: &str) {
    let refused = (401, "auth.token_invalid".to_owned());
    assert_eq!(ask(stranger, token), refused, "{what}: {token}");
}

fn headers(forge: &Forge, stranger: &Client) {
    for alg in ["none", "None", "NONE", ""] {
        refuse(stranger, alg, &forge.unsigned(alg));
    }
    refuse(stranger, "HS256 with the public key", &forge.hs256());
    for (name, value) in [
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("alg", json!("ES256")),
        ("typ", json!("JWT")),
        ("typ", json!("refresh+jwt")),
        ("kid", json!("../../../../dev/null")),
        ("kid", json!("' OR 1=1 --")),
        ("kid", json!("")),
        ("jku", json!("https://evil.example/jwks.json")),
        ("jwk", json!({"kty": "OKP", "crv": "Ed25519", "x": forge.public_key()})),
        ("crit", json!(["exp"])),
    ] {
        refuse(stranger, &format!("{name}: {value}"), &forge.with_header(name, value));
    }
    for name in ["alg", "typ", "kid"] {
        let header = without(forge.header.clone(), name);
        refuse(stranger, name, &forge.sign(&header, &forge.claims));
    }
}

fn claims(forge: &Forge, stranger: &Client) {
    for name in ["iss", "aud", "sub", "sid", "jti", "pv", "iat", "nbf", "exp"] {
        let claims = without(forge.claims.clone(), name);
        refuse(stranger, &format!("without {name}"), &forge.sign(&forge.header, &claims));
        refuse(stranger, &format!("{name} null"), &forge.with_claim(name, Value::Null));
    }
    let exp = forge.claims["exp"].as_i64().unwrap();
    for (name, value) in [
        ("iss", json!("https://evil.example")),
        ("aud", json!("other")),
        ("aud", json!(["gaara", "other"])),
        ("sub", forge.claims["sid"].clone()),
        ("sid", forge.claims["sub"].clone()),
        ("exp", json!(exp + 86_400)),
        ("exp", json!(exp.to_string())),
        ("pv", json!("everything")),
    ] {
        refuse(stranger, &format!("{name}: {value}"), &forge.with_claim(name, value));
    }
    refuse(stranger, "made in the future", &forge.earlier(-600));
    let expired = (401, "auth.token_expired".to_owned());
    assert_eq!(ask(stranger, &forge.earlier(940)), expired);
    // Thirty seconds between two clocks are forgiven.
    assert_eq!(ask(stranger, &forge.earlier(860)).0, 200);
}

fn pieces(forge: &Forge, stranger: &Client, others: &Value) {
    let token = forge.sign(&forge.header, &forge.claims);
    let parts: Vec<&str> = token.split('.').collect();
    let (header, claims, signature) = (parts[0], parts[1], parts[2]);
    let foreign = others["access_token"].as_str().unwrap().split('.').nth(1).unwrap();
    for (what, token) in [
        ("another's claims", format!("{header}.{foreign}.{signature}")),
        ("stripped", format!("{header}.{claims}")),
        ("emptied", format!("{header}.{claims}.")),
        ("zeros", format!("{header}.{claims}.{}", "A".repeat(86))),
        ("a fourth part", format!("{token}.{signature}")),
        ("five kilobytes", forge.with_claim("note", json!("x".repeat(5_000)))),
        ("a refresh token", others["refresh_token"].as_str().unwrap().to_owned()),
        ("nonsense", "nonsense".to_owned()),
    ] {
        refuse(stranger, what, &token);
    }
    let missing = stranger.with("authorization", "Basic YWRtaW46YWRtaW4=").get("/api/v1/me");
    let _ = missing.expect_problem(401, "auth.token_invalid");
}

#[test]
fn forged_and_stripped_tokens_of_every_kind_are_refused() {
    let target = Target::new(Database::Sqlite);
    let stranger = &target.stranger;
    let number = take_over_at_once(&target.client("admin"));
    let tokens = target.sign_in("admin");
    let own = tokens["access_token"].as_str().unwrap();
    let forge = Forge::steal(&target.installation, number, own);
    let others = target.sign_in("admin");

    let keys = stranger.get("/.well-known/jwks.json").expect(200);
    assert_eq!(keys.header("cache-control"), "public, max-age=300");
    let published = keys.body["keys"].as_array().unwrap();
    assert!(published.iter().any(|key| {
        key["kid"] == forge.header["kid"]
            && key["x"] == forge.public_key()
            && key.get("d").is_none()
    }));
    let good = forge.sign(&forge.header, &forge.claims);
    assert_eq!(ask(stranger, &good).0, 200, "the forged ones would be good but for their fault");
    headers(&forge, stranger);
    claims(&forge, stranger);
    pieces(&forge, stranger, &others);
    let unpublished = Forge::steal(&target.installation, 9, own);
    refuse(
        stranger,
        "a key that is not published",
        &unpublished.sign(&forge.header, &forge.claims),
    );

    let signed_in = stranger.signed_in(own);
    let _ = signed_in.post("/api/v1/auth/logout", &json!({})).expect(204);
    let revoked = (401, "auth.token_revoked".to_owned());
    assert_eq!(ask(stranger, own), revoked);
    assert_eq!(ask(stranger, &good), revoked, "no key brings an ended session back");
    let challenge = signed_in.get("/api/v1/me");
    assert_eq!(challenge.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    target.stop();
}

/// Lets a key that is derived sign from now on, and gives its number.
fn take_over_at_once(admin: &Client) -> u32 {
    let body = json!({"at_once": true});
    let key = admin.post("/api/v1/signing-keys/rotate", &body).expect(200);
    key.body["number"].as_u64().unwrap().try_into().unwrap()
}

#[test]
fn keys_take_over_from_each_other_without_refusing_anybody() {
    let target = Target::new(Database::Sqlite);
    let admin = target.client("admin");
    let kids = || {
        let keys = target.stranger.get("/.well-known/jwks.json").expect(200).body;
        keys["keys"].as_array().unwrap().len()
    };
    let before = kids();

    let number = take_over_at_once(&admin);
    assert!(number > 1, "the first key is not derived");
    assert_eq!(kids(), before + 1);
    let _ = admin.get("/api/v1/me").expect(200);
    let _ = target.client("admin").get("/api/v1/me").expect(200);
    target.stop();
}
