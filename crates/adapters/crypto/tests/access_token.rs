//! Attacks on access tokens, each with a token that is good but for one thing.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use std::sync::Arc;

use aws_lc_rs::hmac;
use aws_lc_rs::signature::Ed25519KeyPair;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gaara_crypto::{Ed25519Signer, HmacSha256, SystemEntropy, generate_pkcs8};
use gaara_identity::{
    AccessClaims, KeyNumber, PermissionVersion, TokenError, TokenId, TokenSigner,
};
use gaara_kernel::{Entropy, SessionId, Timestamp, UserId, Version};
use serde_json::{Value, json};

/// An instant with milliseconds, so that rounding shows.
const NOW: i64 = 1_795_435_200_700;

struct Bench {
    pkcs8: Vec<u8>,
    signer: Ed25519Signer,
    user: UserId,
    session: SessionId,
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(NOW + seconds * 1_000)
}

impl Bench {
    fn new() -> Self {
        let pkcs8 = generate_pkcs8(&SystemEntropy).unwrap().to_vec();
        let seeds = Arc::new(HmacSha256::new(&[7; 32]));
        let signer =
            Ed25519Signer::from_pkcs8(&pkcs8, seeds, "https://gaara.test", "gaara").unwrap();
        let entropy: &dyn Entropy = &SystemEntropy;
        Self { user: entropy.new_id(at(0)), session: entropy.new_id(at(0)), pkcs8, signer }
    }

    fn access(&self, expires_at: Timestamp) -> AccessClaims {
        let mut id = [0; 16];
        SystemEntropy.fill(&mut id);
        let permissions = PermissionVersion { user: Version::new(3), role: Version::new(1) };
        let (user, session) = (self.user, self.session);
        let id = TokenId::new(id);
        AccessClaims { id, user, session, permissions, issued_at: at(0), expires_at }
    }

    fn kid(&self) -> String {
        self.signer.public_key(KeyNumber::FIRST).unwrap().kid
    }

    fn header(&self) -> Value {
        json!({ "alg": "EdDSA", "typ": "at+jwt", "kid": self.kid() })
    }

    fn claims(&self) -> Value {
        let now = NOW / 1_000;
        json!({
            "iss": "https://gaara.test",
            "aud": "gaara",
            "sub": self.user.to_string(),
            "sid": self.session.to_string(),
            "jti": "c29tZXRoaW5nIHVuaXF1ZQ",
            "pv": "3.1",
            "iat": now,
            "nbf": now,
            "exp": now + 900,
        })
    }

    /// Signs anything with the right key.
    fn forge(&self, header: &Value, claims: &Value) -> String {
        let message = message(header, claims);
        let pair = Ed25519KeyPair::from_pkcs8(&self.pkcs8).unwrap();
        let signature = URL_SAFE_NO_PAD.encode(pair.sign(message.as_bytes()));
        format!("{message}.{signature}")
    }

    fn with_header(&self, name: &str, value: Value) -> String {
        self.forge(&with(self.header(), name, value), &self.claims())
    }

    fn with_claim(&self, name: &str, value: Value) -> String {
        self.forge(&self.header(), &with(self.claims(), name, value))
    }

    fn verify(&self, token: &str) -> Result<AccessClaims, TokenError> {
        self.signer.verify(token, &[KeyNumber::FIRST], at(0))
    }

    fn refuse(&self, what: &str, token: &str) {
        assert_eq!(self.verify(token), Err(TokenError::Invalid), "{what}");
    }
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}

fn without(mut object: Value, name: &str) -> Value {
    object.as_object_mut().unwrap().remove(name);
    object
}

fn encode(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn message(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encode(header), encode(claims))
}

#[test]
fn a_signed_token_is_read_back_in_whole_seconds() {
    let bench = Bench::new();
    let claims = bench.access(at(900));

    let token = bench.signer.sign(KeyNumber::FIRST, &claims).unwrap();

    let whole = |at: Timestamp| Timestamp::from_millis(at.as_millis() / 1_000 * 1_000);
    let expected = AccessClaims {
        issued_at: whole(claims.issued_at),
        expires_at: whole(claims.expires_at),
        ..claims
    };
    assert_eq!(bench.verify(&token), Ok(expected));

    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&header).unwrap(), bench.header());
}

#[test]
fn the_forged_tokens_of_these_tests_would_be_good_without_their_fault() {
    let bench = Bench::new();
    assert!(bench.verify(&bench.forge(&bench.header(), &bench.claims())).is_ok());
}

#[test]
fn a_longer_life_than_fifteen_minutes_is_not_signed() {
    let bench = Bench::new();
    for expires_at in [at(901), at(86_400), at(-1)] {
        let claims = bench.access(expires_at);
        assert_eq!(bench.signer.sign(KeyNumber::FIRST, &claims), Err(TokenError::Invalid));
    }
}

#[test]
fn no_other_algorithm_or_key_signs_for_us() {
    let bench = Bench::new();
    let (header, claims) = (bench.header(), bench.claims());

    for none in ["none", "None", "NONE", ""] {
        let header = with(header.clone(), "alg", json!(none));
        bench.refuse("alg none", &format!("{}.", message(&header, &claims)));
        bench.refuse("alg none, signed", &bench.forge(&header, &claims));
    }

    let public_key =
        URL_SAFE_NO_PAD.decode(bench.signer.public_key(KeyNumber::FIRST).unwrap().x).unwrap();
    let message = message(&with(header.clone(), "alg", json!("HS256")), &claims);
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &public_key), message.as_bytes());
    let hs256 = format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag));
    bench.refuse("HS256 with the public key", &hs256);

    for alg in ["HS256", "ES256", "RS256", "Ed25519", "eddsa"] {
        bench.refuse(alg, &bench.with_header("alg", json!(alg)));
    }

    let stranger = Bench::new();
    bench.refuse("a stranger's key", &stranger.forge(&stranger.header(), &claims));
    bench.refuse("a stranger's key under our name", &stranger.forge(&header, &claims));
}

#[test]
fn the_signature_covers_the_header_and_the_claims() {
    let bench = Bench::new();
    let token = bench.forge(&bench.header(), &bench.claims());
    let parts: Vec<&str> = token.split('.').collect();
    let (header, claims, signature) = (parts[0], parts[1], parts[2]);

    let other: UserId = <dyn Entropy>::new_id(&SystemEntropy, at(0));
    let swapped = encode(&with(bench.claims(), "sub", json!(other.to_string())));
    bench.refuse("swapped claims", &format!("{header}.{swapped}.{signature}"));
    let reordered = format!(r#"{{"typ":"at+jwt","kid":"{}","alg":"EdDSA"}}"#, bench.kid());
    let reordered = URL_SAFE_NO_PAD.encode(reordered);
    bench.refuse("another header", &format!("{reordered}.{claims}.{signature}"));
    bench.refuse("stripped", &format!("{header}.{claims}"));
    bench.refuse("emptied", &format!("{header}.{claims}."));
    bench.refuse("cut", &token[..token.len() - 4]);
    bench.refuse("zeros", &format!("{header}.{claims}.{}", "A".repeat(86)));
    bench.refuse("a fourth part", &format!("{token}.{signature}"));
    bench.refuse("a blank in front", &format!(" {token}"));
    bench.refuse("a line end behind", &format!("{token}\n"));
}

#[test]
fn a_header_holds_three_members_and_their_values_are_ours() {
    let bench = Bench::new();
    for name in ["alg", "typ", "kid"] {
        let header = without(bench.header(), name);
        bench.refuse(name, &bench.forge(&header, &bench.claims()));
        bench.refuse(name, &bench.with_header(name, json!(null)));
        bench.refuse(name, &bench.with_header(name, json!(["EdDSA"])));
    }
    for typ in ["JWT", "jwt", "at+JWT", "application/at+jwt", "refresh+jwt", ""] {
        bench.refuse(typ, &bench.with_header("typ", json!(typ)));
    }
    for kid in ["", "../../../../dev/null", "' OR 1=1 --", "0", &"k".repeat(43)] {
        bench.refuse(kid, &bench.with_header("kid", json!(kid)));
    }
    let x = bench.signer.public_key(KeyNumber::FIRST).unwrap().x;
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": x });
    for (name, value) in [
        ("crit", json!(["exp"])),
        ("crit", json!([])),
        ("jku", json!("https://evil.test/jwks.json")),
        ("x5u", json!("https://evil.test/cert.pem")),
        ("x5c", json!([])),
        ("jwk", jwk),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("cty", json!("JWT")),
    ] {
        bench.refuse(name, &bench.with_header(name, value));
    }
}

#[test]
fn every_claim_must_be_there_with_a_value_of_its_kind() {
    let bench = Bench::new();
    for name in ["iss", "aud", "sub", "sid", "jti", "pv", "iat", "nbf", "exp"] {
        let claims = without(bench.claims(), name);
        bench.refuse(name, &bench.forge(&bench.header(), &claims));
        for value in [json!(null), json!(""), json!([]), json!({}), json!(-1), json!(true)] {
            bench.refuse(name, &bench.with_claim(name, value));
        }
    }
    for name in ["iat", "nbf", "exp"] {
        let text = bench.claims()[name].to_string();
        bench.refuse(name, &bench.with_claim(name, json!(text)));
        bench.refuse(name, &bench.with_claim(name, json!(1e300)));
        bench.refuse(name, &bench.with_claim(name, json!(u64::MAX)));
    }
}

#[test]
fn a_token_for_somebody_else_is_not_for_us() {
    let bench = Bench::new();
    for (name, value) in [
        ("iss", json!("https://evil.test")),
        ("iss", json!("https://gaara.test/")),
        ("iss", json!(["https://gaara.test"])),
        ("aud", json!("other")),
        ("aud", json!(["gaara"])),
        ("aud", json!(["gaara", "other"])),
        ("sub", json!(bench.session.to_string())),
        ("sid", json!(bench.user.to_string())),
        ("sub", json!("usr_0")),
        ("sub", json!("1")),
        ("sid", json!("ses_' OR 1=1 --")),
        ("jti", json!("c29tZXRoaW5n")),
        ("pv", json!("3")),
        ("pv", json!("3.1.1")),
        ("pv", json!("+3.1")),
        ("pv", json!("3.99999999999")),
    ] {
        bench.refuse(&format!("{name}: {value}"), &bench.with_claim(name, value));
    }
}

#[test]
fn a_token_expires_and_is_forgiven_thirty_seconds_of_clock_skew() {
    let bench = Bench::new();
    let token = bench.forge(&bench.header(), &bench.claims());
    let outcome =
        |seconds| bench.signer.verify(&token, &[KeyNumber::FIRST], at(seconds)).map(|_| ());

    assert_eq!(outcome(899), Ok(()));
    assert_eq!(outcome(900 + 29), Ok(()));
    assert_eq!(outcome(900 + 30), Err(TokenError::Expired));
    assert_eq!(outcome(900 + 31), Err(TokenError::Expired));
    assert_eq!(outcome(86_400), Err(TokenError::Expired));
}

#[test]
fn a_token_that_was_never_good_has_not_expired() {
    let bench = Bench::new();
    let token = bench.with_claim("aud", json!("other"));
    assert_eq!(
        bench.signer.verify(&token, &[KeyNumber::FIRST], at(86_400)),
        Err(TokenError::Invalid)
    );
}

#[test]
fn a_token_of_the_future_or_of_a_long_life_is_invalid() {
    let bench = Bench::new();
    let now = NOW / 1_000;
    let life = |iat: i64, nbf: i64, exp: i64| {
        let claims = with(bench.claims(), "iat", json!(now + iat));
        let claims = with(claims, "nbf", json!(now + nbf));
        bench.forge(&bench.header(), &with(claims, "exp", json!(now + exp)))
    };

    assert!(bench.verify(&life(30, 30, 930)).is_ok());
    bench.refuse("made in the future", &life(31, 0, 900));
    bench.refuse("good from the future on", &life(0, 31, 900));
    bench.refuse("a day long", &life(0, 0, 86_400));
    bench.refuse("a second too long", &life(0, 0, 901));
    bench.refuse("over before it began", &life(10, 0, 9));
}

#[test]
fn a_token_of_five_kilobytes_is_not_even_read() {
    let bench = Bench::new();
    let long = bench.with_claim("note", json!("x".repeat(5_000)));
    bench.refuse("long", &long);

    let fits = bench.with_claim("note", json!("x".repeat(2_000)));
    assert!(fits.len() < 4_096);
    assert!(bench.verify(&fits).is_ok());
}

#[test]
fn garbage_is_invalid() {
    let bench = Bench::new();
    let deep = URL_SAFE_NO_PAD.encode("[".repeat(2_000));
    for garbage in [
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "null",
        "e30.e30.e30",
        "سارة.سارة.سارة",
        "\0.\0.\0",
        &format!("{deep}.{deep}.{deep}"),
    ] {
        bench.refuse(garbage, garbage);
    }
    let twice =
        format!(r#"{{"alg":"EdDSA","alg":"EdDSA","typ":"at+jwt","kid":"{}"}}"#, bench.kid());
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(twice), encode(&bench.claims()));
    let pair = Ed25519KeyPair::from_pkcs8(&bench.pkcs8).unwrap();
    let signature = URL_SAFE_NO_PAD.encode(pair.sign(message.as_bytes()));
    bench.refuse("a member twice", &format!("{message}.{signature}"));
}

#[test]
fn only_the_keys_that_are_accepted_have_signed() {
    let bench = Bench::new();
    let (first, second) = (KeyNumber::FIRST, KeyNumber::new(2));
    let claims = bench.access(at(60));
    let own = bench.signer.sign(first, &claims).unwrap();
    let next = bench.signer.sign(second, &claims).unwrap();
    let outcome = |token: &str, keys: &[KeyNumber]| bench.signer.verify(token, keys, at(0)).is_ok();

    assert!(outcome(&own, &[first]) && outcome(&next, &[first, second]));
    assert!(!outcome(&next, &[first]) && !outcome(&own, &[second]) && !outcome(&own, &[]));
}

#[test]
fn instances_that_share_the_secrets_derive_the_same_keys() {
    let bench = Bench::new();
    let other = |seeds: [u8; 32]| {
        let seeds = Arc::new(HmacSha256::new(&seeds));
        Ed25519Signer::from_pkcs8(&bench.pkcs8, seeds, "https://gaara.test", "gaara").unwrap()
    };
    let (alike, stranger) = (other([7; 32]), other([8; 32]));
    for number in [1, 2, 3].map(KeyNumber::new) {
        let own = bench.signer.public_key(number).unwrap();
        assert_eq!(alike.public_key(number).unwrap(), own);
        assert_eq!(stranger.public_key(number).unwrap() == own, number == KeyNumber::FIRST);
    }
}

#[test]
fn a_signer_prints_no_key() {
    let bench = Bench::new();
    let printed = format!("{:?}", bench.signer);
    assert_eq!(printed, "Ed25519Signer { issuer: \"https://gaara.test\", .. }");
}
