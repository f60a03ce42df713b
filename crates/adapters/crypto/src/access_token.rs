//! Access tokens: JSON Web Tokens signed with Ed25519 (RFC 9068, RFC 8037).
//!
//! The library checks the signature and nothing else; its defaults let much through, and it reads
//! the machine's clock. Every other check stands here, against the instant the caller gives.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gaara_identity::{AccessClaims, TokenError, TokenSigner};
use gaara_kernel::{Entropy, SessionId, Timestamp, UserId, parse_id};
use gaara_security_policy::ACCESS_TOKEN_LIFETIME;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Validation};
use serde::{Deserialize, Serialize};

use crate::entropy::SystemEntropy;
use crate::signing_key::{self, KeyError, PublicJwk};

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
    iat: u64,
    nbf: u64,
    exp: u64,
}

struct TrustedKey {
    decoding: DecodingKey,
    jwk: PublicJwk,
}

/// Signs access tokens with one Ed25519 key and accepts those of a closed set of keys.
///
/// A token carries whole seconds, so the instants that are read back are rounded down.
pub struct Ed25519Signer {
    signing: EncodingKey,
    kid: String,
    trusted: BTreeMap<String, TrustedKey>,
    issuer: String,
    audience: String,
}

impl fmt::Debug for Ed25519Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ed25519Signer").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Ed25519Signer {
    /// Signs with a private key in PKCS#8, for one issuer and one audience.
    ///
    /// # Errors
    /// [`KeyError`] when the bytes are not such a key.
    pub fn from_pkcs8(
        pkcs8: &[u8],
        issuer: impl Into<String>,
        audience: impl Into<String>,
    ) -> Result<Self, KeyError> {
        let public_key = signing_key::public_key(pkcs8)?;
        let signer = Self {
            signing: EncodingKey::from_ed_der(pkcs8),
            kid: PublicJwk::new(&public_key).kid,
            trusted: BTreeMap::new(),
            issuer: issuer.into(),
            audience: audience.into(),
        };
        signer.trusting(&public_key)
    }

    /// Accepts the tokens of one more key, given its public half: the next one, or one that has
    /// just been retired.
    ///
    /// # Errors
    /// [`KeyError`] when there are not 32 bytes.
    pub fn trusting(mut self, public_key: &[u8]) -> Result<Self, KeyError> {
        if public_key.len() != 32 {
            return Err(KeyError);
        }
        let jwk = PublicJwk::new(public_key);
        let key = TrustedKey { decoding: DecodingKey::from_ed_der(public_key), jwk };
        self.trusted.insert(key.jwk.kid.clone(), key);
        Ok(self)
    }

    /// The public keys whose tokens are accepted, for anybody to check them with.
    #[must_use]
    pub fn jwks(&self) -> Vec<PublicJwk> {
        self.trusted.values().map(|key| key.jwk.clone()).collect()
    }

    /// Finds the key by its name; what the token says about algorithms only has to agree.
    fn key_of(&self, token: &str) -> Option<&DecodingKey> {
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
        self.trusted.get(&header.kid).map(|key| &key.decoding)
    }

    fn signed_claims(&self, token: &str) -> Option<Claims> {
        if token.len() > TOKEN_BYTES_MAX {
            return None;
        }
        let key = self.key_of(token)?;
        jsonwebtoken::decode(token, key, &signature_only()).ok().map(|token| token.claims)
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

impl TokenSigner for Ed25519Signer {
    fn sign(&self, claims: &AccessClaims) -> Result<String, TokenError> {
        let (iat, exp) = (seconds(claims.issued_at), seconds(claims.expires_at));
        if !is_lifetime_ours(iat, exp) {
            return Err(TokenError::Invalid);
        }
        let mut jti = [0; 16];
        SystemEntropy.fill(&mut jti);
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
            sub: claims.user.to_string(),
            sid: claims.session.to_string(),
            jti: URL_SAFE_NO_PAD.encode(jti),
            iat,
            nbf: iat,
            exp,
        };
        let mut header = jsonwebtoken::Header::new(Algorithm::EdDSA);
        header.typ = Some(TOKEN_TYPE.to_owned());
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, &claims, &self.signing).map_err(|_| TokenError::Invalid)
    }

    fn verify(&self, token: &str, now: Timestamp) -> Result<AccessClaims, TokenError> {
        let claims = self.signed_claims(token).ok_or(TokenError::Invalid)?;
        let user = parse_id::<UserId>(&claims.sub).map_err(|_| TokenError::Invalid)?;
        let session = parse_id::<SessionId>(&claims.sid).map_err(|_| TokenError::Invalid)?;

        let begins_by = seconds(now).saturating_add(LEEWAY_SECONDS);
        let is_ours = claims.iss == self.issuer
            && claims.aud == self.audience
            && !claims.jti.is_empty()
            && claims.iat <= begins_by
            && claims.nbf <= begins_by
            && is_lifetime_ours(claims.iat, claims.exp);
        if !is_ours {
            return Err(TokenError::Invalid);
        }
        // The last check: a token that was never good has not expired.
        if seconds(now) >= claims.exp.saturating_add(LEEWAY_SECONDS) {
            return Err(TokenError::Expired);
        }
        Ok(AccessClaims {
            user,
            session,
            issued_at: instant(claims.iat),
            expires_at: instant(claims.exp),
        })
    }
}
