//! Stand-ins for cryptography and counters: fast, readable, and worth nothing outside tests.

use async_trait::async_trait;
use gaara_identity::{
    AccessClaims, Digest, HashError, HmacSha1, KeyedDigest, PasswordHash, PasswordHasher,
    SealError, Sealing, TextForm, TokenDigest, TokenError, TokenSigner,
};
use gaara_kernel::{Timestamp, parse_id};
use gaara_security_policy::{Throttle, ThrottleError, ThrottleRule, Verdict};

/// "Hashes" a password by putting a word before it.
#[derive(Debug, Default)]
pub struct PlainHasher;

#[async_trait]
impl PasswordHasher for PlainHasher {
    async fn hash(&self, password: &str) -> Result<PasswordHash, HashError> {
        Ok(PasswordHash::new(format!("plain:{password}")))
    }

    async fn verify(&self, password: &str, hash: Option<&PasswordHash>) -> Result<bool, HashError> {
        Ok(hash.is_some_and(|hash| hash.expose() == format!("plain:{password}")))
    }
}

/// Derives by putting purpose and bytes together under [`PlainDigest`].
#[derive(Debug, Default)]
pub struct PlainKeyed;

impl KeyedDigest for PlainKeyed {
    fn keyed_digest(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        *PlainDigest.digest(&[purpose.as_bytes(), b":", bytes].concat()).as_bytes()
    }
}

/// Computes a code by [`PlainDigest`] of the key and the message.
#[derive(Debug, Default)]
pub struct PlainHmac;

impl HmacSha1 for PlainHmac {
    fn hmac_sha1(&self, key: &[u8], message: &[u8]) -> [u8; 20] {
        let digest = PlainDigest.digest(&[key, b":", message].concat());
        let mut code = [0; 20];
        code.iter_mut().zip(digest.as_bytes()).for_each(|(to, from)| *to = *from);
        code
    }
}

/// "Seals" a secret by writing its place before it.
#[derive(Debug, Default)]
pub struct PlainSealing;

impl Sealing for PlainSealing {
    fn seal(&self, place: &str, secret: &[u8]) -> Result<Vec<u8>, SealError> {
        Ok([place.as_bytes(), b"|", secret].concat())
    }

    fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let rest = sealed.strip_prefix(place.as_bytes()).and_then(|it| it.strip_prefix(b"|"));
        rest.map(<[u8]>::to_vec).ok_or(SealError)
    }
}

/// Puts the wide Latin letters of East Asian keyboards into their usual form, and nothing else.
#[derive(Debug, Default)]
pub struct PlainForm;

impl TextForm for PlainForm {
    fn nfkc(&self, text: &str) -> String {
        let narrow = |letter: char| match letter {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
            other => other,
        };
        text.chars().map(narrow).collect()
    }
}

/// "Signs" a token by writing its claims down.
#[derive(Debug, Default)]
pub struct PlainSigner;

impl TokenSigner for PlainSigner {
    fn sign(&self, claims: &AccessClaims) -> Result<String, TokenError> {
        let AccessClaims { user, session, issued_at, expires_at } = claims;
        let (issued, expires) = (issued_at.as_millis(), expires_at.as_millis());
        Ok(format!("plain.{user}.{session}.{issued}.{expires}"))
    }

    fn verify(&self, token: &str, now: Timestamp) -> Result<AccessClaims, TokenError> {
        let parts: Vec<&str> = token.split('.').collect();
        let ["plain", user, session, issued, expires] = parts.as_slice() else {
            return Err(TokenError::Invalid);
        };
        let instant =
            |text: &str| text.parse().map(Timestamp::from_millis).map_err(|_| TokenError::Invalid);
        let claims = AccessClaims {
            user: parse_id(user).map_err(|_| TokenError::Invalid)?,
            session: parse_id(session).map_err(|_| TokenError::Invalid)?,
            issued_at: instant(issued)?,
            expires_at: instant(expires)?,
        };
        if now >= claims.expires_at { Err(TokenError::Expired) } else { Ok(claims) }
    }
}

/// Digests by four rounds of FNV-1a.
#[derive(Debug, Default)]
pub struct PlainDigest;

impl Digest for PlainDigest {
    fn digest(&self, bytes: &[u8]) -> TokenDigest {
        let mut digest = [0; 32];
        for (round, part) in (0_u64..).zip(digest.chunks_exact_mut(8)) {
            let start = 0xcbf2_9ce4_8422_2325_u64.wrapping_add(round);
            let hash = bytes
                .iter()
                .fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
            part.copy_from_slice(&hash.to_be_bytes());
        }
        TokenDigest::new(digest)
    }
}

/// Allows every try.
#[derive(Debug, Default)]
pub struct OpenThrottle;

#[async_trait]
impl Throttle for OpenThrottle {
    async fn take(&self, _: &str, _: ThrottleRule, _: Timestamp) -> Result<Verdict, ThrottleError> {
        Ok(Verdict::Allowed)
    }

    async fn refund(&self, _: &str, _: ThrottleRule, _: Timestamp) -> Result<(), ThrottleError> {
        Ok(())
    }
}
