//! Tokens as somebody would make them who has stolen the keys of the installation.

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gaara_crypto::HmacSha256;
use gaara_identity::KeyedDigest;
use gaara_tests::server::Installation;
use serde_json::{Value, json};

/// The key that signs, and a token that it has signed.
pub(crate) struct Forge {
    pair: Ed25519KeyPair,
    pub(crate) header: Value,
    pub(crate) claims: Value,
}

fn decode(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn encode(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

pub(crate) fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}

pub(crate) fn without(mut object: Value, name: &str) -> Value {
    object.as_object_mut().unwrap().remove(name);
    object
}

impl Forge {
    /// Takes the key of a number from the secrets, and header and claims from a real token.
    pub(crate) fn steal(installation: &Installation, number: u32, token: &str) -> Self {
        let seeds = HmacSha256::new(&installation.secret("derivation_key"));
        let seed = seeds.keyed_digest("signing_key", &number.to_be_bytes());
        let mut parts = token.split('.');
        Self {
            pair: Ed25519KeyPair::from_seed_unchecked(&seed).unwrap(),
            header: decode(parts.next().unwrap()),
            claims: decode(parts.next().unwrap()),
        }
    }

    pub(crate) fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.pair.public_key().as_ref())
    }

    /// Signs anything with the right key.
    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", encode(header), encode(claims));
        let signature = URL_SAFE_NO_PAD.encode(self.pair.sign(message.as_bytes()));
        format!("{message}.{signature}")
    }

    pub(crate) fn with_header(&self, name: &str, value: Value) -> String {
        self.sign(&with(self.header.clone(), name, value), &self.claims)
    }

    pub(crate) fn with_claim(&self, name: &str, value: Value) -> String {
        self.sign(&self.header, &with(self.claims.clone(), name, value))
    }

    /// The same token, made so many seconds earlier, or later when negative.
    pub(crate) fn earlier(&self, seconds: i64) -> String {
        let shifted =
            ["iat", "nbf", "exp"].into_iter().fold(self.claims.clone(), |claims, name| {
                let at = claims[name].as_i64().unwrap() - seconds;
                with(claims, name, json!(at))
            });
        self.sign(&self.header, &shifted)
    }

    /// The token under the public key as if it were a shared secret.
    pub(crate) fn hs256(&self) -> String {
        let header = with(self.header.clone(), "alg", json!("HS256"));
        let message = format!("{}.{}", encode(&header), encode(&self.claims));
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.pair.public_key().as_ref());
        let tag = hmac::sign(&key, message.as_bytes());
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag))
    }

    pub(crate) fn unsigned(&self, alg: &str) -> String {
        let header = with(self.header.clone(), "alg", json!(alg));
        format!("{}.{}.", encode(&header), encode(&self.claims))
    }
}
