//! Stand-ins for cryptography and counters: fast, readable, and worth nothing outside tests.

use async_trait::async_trait;
use gaara_application::SealSigner;
use gaara_identity::{
    AccessClaims, Digest, HashError, HmacSha1, KeyNumber, KeyedDigest, PasswordHash,
    PasswordHasher, PermissionVersion, PublicKey, SealError, Sealing, TextForm, TokenDigest,
    TokenError, TokenId, TokenSigner,
};
use gaara_kernel::{Timestamp, Version, parse_id};
use gaara_security_policy::{Throttle, ThrottleError, ThrottleRule, Verdict};

/// "Hashes" a password by putting a word before it: `plain:`, or `old:` in earlier times. A hash
/// that begins otherwise is none.
#[derive(Debug, Default)]
pub struct PlainHasher;

#[async_trait]
impl PasswordHasher for PlainHasher {
    async fn hash(&self, password: &str) -> Result<PasswordHash, HashError> {
        Ok(PasswordHash::new(format!("plain:{password}")))
    }

    async fn verify(&self, password: &str, hash: Option<&PasswordHash>) -> Result<bool, HashError> {
        let Some(hash) = hash else { return Ok(false) };
        match hash.expose().split_once(':') {
            Some(("plain" | "old", hashed)) => Ok(hashed == password),
            _ => Err(HashError::Unusable),
        }
    }

    fn is_outdated(&self, hash: &PasswordHash) -> bool {
        hash.expose().starts_with("old:")
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

/// "Signs" a seal by digesting it under [`PlainDigest`].
#[derive(Debug, Default)]
pub struct PlainSealSigner;

impl SealSigner for PlainSealSigner {
    fn sign(&self, message: &[u8]) -> [u8; 64] {
        let mut signature = [7; 64];
        let digest = PlainDigest.digest(message);
        signature.iter_mut().zip(digest.as_bytes()).for_each(|(to, from)| *to = *from);
        signature
    }

    fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        self.sign(message) == signature
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
    fn sign(&self, key: KeyNumber, claims: &AccessClaims) -> Result<String, TokenError> {
        let AccessClaims { id, user, session, permissions, issued_at, expires_at } = claims;
        let PermissionVersion { user: of_user, role } = permissions;
        let (issued, expires) = (issued_at.as_millis(), expires_at.as_millis());
        let key = key.number();
        Ok(format!("plain.{key}.{id}.{user}.{session}.{of_user}.{role}.{issued}.{expires}"))
    }

    fn verify(
        &self,
        token: &str,
        keys: &[KeyNumber],
        now: Timestamp,
    ) -> Result<AccessClaims, TokenError> {
        let parts: Vec<&str> = token.split('.').collect();
        let ["plain", key, id, user, session, of_user, role, issued, expires] = parts.as_slice()
        else {
            return Err(TokenError::Invalid);
        };
        let bad = |_| TokenError::Invalid;
        let instant = |text: &str| text.parse().map(Timestamp::from_millis).map_err(bad);
        let version = |text: &str| text.parse().map(Version::new).map_err(bad);
        if !keys.contains(&KeyNumber::new(key.parse().map_err(bad)?)) {
            return Err(TokenError::Invalid);
        }
        let claims = AccessClaims {
            id: TokenId::parse(id).ok_or(TokenError::Invalid)?,
            user: parse_id(user).map_err(|_| TokenError::Invalid)?,
            session: parse_id(session).map_err(|_| TokenError::Invalid)?,
            permissions: PermissionVersion { user: version(of_user)?, role: version(role)? },
            issued_at: instant(issued)?,
            expires_at: instant(expires)?,
        };
        if now >= claims.expires_at { Err(TokenError::Expired) } else { Ok(claims) }
    }

    fn public_key(&self, key: KeyNumber) -> Result<PublicKey, TokenError> {
        let number = key.number();
        Ok(PublicKey { kid: format!("key-{number}"), x: format!("public-{number}") })
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

    async fn forget(&self, _: &str) -> Result<(), ThrottleError> {
        Ok(())
    }
}
