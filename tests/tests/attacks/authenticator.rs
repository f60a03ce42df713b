//! A device with a passkey, in software: it makes one key and signs what it is told to (WebAuthn).

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Somebody is there.
const PRESENT: u8 = 0b0000_0001;
/// Somebody has shown who it is, by a finger or a number.
const VERIFIED: u8 = 0b0000_0100;
/// The key follows.
const WITH_KEY: u8 = 0b0100_0000;

/// A device, and what it tells of itself when it answers.
pub(crate) struct Authenticator {
    pair: EcdsaKeyPair,
    id: [u8; 32],
    pub(crate) origin: String,
    pub(crate) relying_party: String,
    pub(crate) is_verified: bool,
    pub(crate) counter: u32,
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Authenticator {
    pub(crate) fn new(origin: &str) -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random);
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.unwrap().as_ref());
        let mut id = [0; 32];
        aws_lc_rs::rand::fill(&mut id).unwrap();
        let relying_party = origin.trim_start_matches("https://").to_owned();
        let origin = origin.to_owned();
        Self { pair: pair.unwrap(), id, origin, relying_party, is_verified: true, counter: 1 }
    }

    fn client_data(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        let data = json!({"type": kind, "challenge": challenge, "origin": self.origin,
            "crossOrigin": false});
        data.to_string().into_bytes()
    }

    fn authenticator_data(&self, more: u8) -> Vec<u8> {
        let verified = if self.is_verified { VERIFIED } else { 0 };
        let mut data = sha256(self.relying_party.as_bytes());
        data.push(PRESENT | verified | more);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// The public key in CBOR (RFC 9053, section 7.1.1: ES256 on P-256).
    fn public_key(&self) -> Vec<u8> {
        let point = self.pair.public_key().as_ref();
        let (x, y) = (&point[1..33], &point[33..65]);
        [&b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"[..], x, b"\x22\x58\x20", y].concat()
    }

    fn answer(&self, response: &Value) -> Value {
        let id = base64url(&self.id);
        json!({"id": id, "rawId": id, "type": "public-key", "response": response,
            "clientExtensionResults": {}})
    }

    /// Makes the passkey that the options ask for.
    pub(crate) fn create(&self, options: &Value) -> Value {
        let mut data = self.authenticator_data(WITH_KEY);
        data.extend([0; 16]);
        data.extend([0, 32]);
        data.extend(self.id);
        data.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": bytes of a one-byte length}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client = self.client_data("webauthn.create", &options["publicKey"]["challenge"]);
        self.answer(&json!({"attestationObject": base64url(&object),
            "clientDataJSON": base64url(&client)}))
    }

    /// Uses the passkey, and moves its counter on.
    pub(crate) fn get(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let data = self.authenticator_data(0);
        let client = self.client_data("webauthn.get", &options["publicKey"]["challenge"]);
        let signed = [&data[..], &sha256(&client)].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(&json!({"authenticatorData": base64url(&data),
            "clientDataJSON": base64url(&client), "signature": base64url(signature.as_ref())}))
    }
}
