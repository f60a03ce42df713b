//! Access tokens: JSON Web Tokens signed with Ed25519 (RFC 9068, RFC 8037).
//!
//! The library checks the signature and nothing else; its defaults let much through, and it reads
//! the machine's clock. Every other check stands here, against the instant the caller gives.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gaara_identity::{
    AccessClaims, KeyNumber, KeyedDigest, PermissionVersion, PublicKey, TokenError, TokenId,
    TokenSigner,
};
use gaara_kernel::{SessionId, Timestamp, UserId, Version, parse_id};
use gaara_security_policy::ACCESS_TOKEN_LIFETIME;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Validation};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::signing_key::{self, KeyError};
use checked::{Checked, Signed};

mod checked;

/// The longest token that is looked at, in bytes.
const TOKEN_BYTES_MAX: usize = 4_096;
/// By how much the clocks of two instances may differ, in seconds.
const LEEWAY_SECONDS: u64 = 30;
/// What kind of token this is (RFC 9068 §2.1).
const TOKEN_TYPE: &str = "at+jwt";

/// The whole header; `crit`, `jku`, `jwk`, `x5u` and every other member make a token invalid.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenHeader {
    alg: String,
    typ: String,
    kid: String,
}

/// The claims of a token; each must be there, with a value of exactly this type.
#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    jti: String,
    /// How often the user and its role were saved: `3.1`.
    pv: String,
    iat: u64,
    nbf: u64,
    exp: u64,
}

/// Both halves of a key.
struct KeyPair {
    encoding: EncodingKey,
    decoding: DecodingKey,
    public: PublicKey,
}

impl KeyPair {
    fn new(pkcs8: &[u8]) -> Result<Self, KeyError> {
        let public = signing_key::public_key(pkcs8)?;
        Ok(Self {
            encoding: EncodingKey::from_ed_der(pkcs8),
            decoding: DecodingKey::from_ed_der(&public),
            public: signing_key::named(&public),
        })
    }
}

/// Signs access tokens with Ed25519 keys that are known by their numbers.
///
/// The first key is given; every other one is derived from a secret, so that all instances that
/// share the secret have it as soon as they hear of its number, and none has to be stored.
///
/// A token carries whole seconds, so the instants that are read back are rounded down.
pub struct Ed25519Signer {
    keys: RwLock<BTreeMap<KeyNumber, Arc<KeyPair>>>,
    seeds: Arc<dyn KeyedDigest>,
    validation: Validation,
    issuer: String,
    audience: String,
    checked: Checked,
}

impl fmt::Debug for Ed25519Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ed25519Signer").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl Ed25519Signer {
    /// Signs for one issuer and one audience; the first key is given in PKCS#8.
    ///
    /// # Errors
    /// [`KeyError`] when the bytes are not such a key.
    pub fn from_pkcs8(
        pkcs8: &[u8],
        seeds: Arc<dyn KeyedDigest>,
        issuer: impl Into<String>,
        audience: impl Into<String>,
    ) -> Result<Self, KeyError> {
        let first = Arc::new(KeyPair::new(pkcs8)?);
        Ok(Self {
            keys: RwLock::new(BTreeMap::from([(KeyNumber::FIRST, first)])),
            seeds,
            validation: signature_only(),
            issuer: issuer.into(),
            audience: audience.into(),
            checked: Checked::default(),
        })
    }

    /// The key of a number, derived when it is asked for the first time.
    fn key(&self, number: KeyNumber) -> Result<Arc<KeyPair>, KeyError> {
        let known = self.keys.read().unwrap_or_else(PoisonError::into_inner).get(&number).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let seed = self.seeds.keyed_digest("signing_key", &number.number().to_be_bytes());
        let key = Arc::new(KeyPair::new(&signing_key::pkcs8_of(&Zeroizing::new(seed))?)?);
        let mut keys = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(keys.entry(number).or_insert(key)))
    }

    /// Finds the key by its name; what the token says about algorithms only has to agree.
    fn key_of(&self, token: &str, accepted: &[KeyNumber]) -> Option<(KeyNumber, Arc<KeyPair>)> {
        let mut parts = token.split('.');
        let (header, _claims, _signature) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let header = URL_SAFE_NO_PAD.decode(header).ok()?;
        let header: TokenHeader = serde_json::from_slice(&header).ok()?;
        if header.alg != "EdDSA" || header.typ != TOKEN_TYPE {
            return None;
        }
        let mut keys =
            accepted.iter().filter_map(|number| Some((*number, self.key(*number).ok()?)));
        keys.find(|(_, key)| key.public.kid == header.kid)
    }

    /// Reads a token of ours, whenever it counts.
    fn signed(&self, token: &str, accepted: &[KeyNumber]) -> Option<Arc<Signed>> {
        if token.len() > TOKEN_BYTES_MAX {
            return None;
        }
        if let Some(known) = self.checked.find(token, accepted) {
            return Some(known);
        }
        let (number, key) = self.key_of(token, accepted)?;
        let decoded = jsonwebtoken::decode(token, &key.decoding, &self.validation).ok()?;
        let claims: Claims = decoded.claims;
        let is_ours = claims.iss == self.issuer
            && claims.aud == self.audience
            && is_lifetime_ours(claims.iat, claims.exp);
        let read = claims.read().filter(|_| is_ours)?;
        let signed = Arc::new(Signed { key: number, claims: read, not_before: claims.nbf });
        self.checked.remember(token, &signed);
        Some(signed)
    }
}

/// Leaves every claim to us.
fn signature_only() -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_millis()).unwrap_or(0) / 1_000
}

fn instant(seconds: u64) -> Timestamp {
    let millis = seconds.saturating_mul(1_000);
    Timestamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
}

/// Whether a token from `iat` to `exp` lives no longer than any of ours.
fn is_lifetime_ours(iat: u64, exp: u64) -> bool {
    exp.checked_sub(iat).is_some_and(|lifetime| lifetime <= ACCESS_TOKEN_LIFETIME.as_secs())
}

impl Claims {
    /// Who the token is for, and by what name; `None` when one of the texts is not what it must be.
    fn read(&self) -> Option<AccessClaims> {
        let id: [u8; 16] = URL_SAFE_NO_PAD.decode(&self.jti).ok()?.try_into().ok()?;
        let (user, role) = self.pv.split_once('.')?;
        let version = |text: &str| {
            let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_| is_plain).map(Version::new)
        };
        Some(AccessClaims {
            id: TokenId::new(id),
            user: parse_id::<UserId>(&self.sub).ok()?,
            session: parse_id::<SessionId>(&self.sid).ok()?,
            permissions: PermissionVersion { user: version(user)?, role: version(role)? },
            issued_at: instant(self.iat),
            expires_at: instant(self.exp),
        })
    }
}

impl TokenSigner for Ed25519Signer {
    fn sign(&self, key: KeyNumber, claims: &AccessClaims) -> Result<String, TokenError> {
        let (iat, exp) = (seconds(claims.issued_at), seconds(claims.expires_at));
        if !is_lifetime_ours(iat, exp) {
            return Err(TokenError::Invalid);
        }
        let key = self.key(key).map_err(|KeyError| TokenError::Invalid)?;
        let PermissionVersion { user, role } = claims.permissions;
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            sub: claims.user.to_string(),
            sid: claims.session.to_string(),
            jti: URL_SAFE_NO_PAD.encode(claims.id.as_bytes()),
            pv: format!("{user}.{role}"),
            iat,
            nbf: iat,
            exp,
        };
        let mut header = jsonwebtoken::Header::new(Algorithm::EdDSA);
        header.typ = Some(TOKEN_TYPE.to_owned());
        header.kid = Some(key.public.kid.clone());
        jsonwebtoken::encode(&header, &claims, &key.encoding).map_err(|_| TokenError::Invalid)
    }

    fn verify(
        &self,
        token: &str,
        keys: &[KeyNumber],
        now: Timestamp,
    ) -> Result<AccessClaims, TokenError> {
        let signed = self.signed(token, keys).ok_or(TokenError::Invalid)?;
        let begins_by = seconds(now).saturating_add(LEEWAY_SECONDS);
        let AccessClaims { issued_at, expires_at, .. } = signed.claims;
        if seconds(issued_at) > begins_by || signed.not_before > begins_by {
            return Err(TokenError::Invalid);
        }
        // The last check: a token that was never good has not expired.
        if seconds(now) >= seconds(expires_at).saturating_add(LEEWAY_SECONDS) {
            return Err(TokenError::Expired);
        }
        Ok(signed.claims)
    }

    fn public_key(&self, key: KeyNumber) -> Result<PublicKey, TokenError> {
        let key = self.key(key).map_err(|KeyError| TokenError::Invalid)?;
        Ok(key.public.clone())
    }
}
