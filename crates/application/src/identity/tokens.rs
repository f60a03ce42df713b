//! The tokens a session is used with.

use std::fmt;
use std::time::Duration;

use gaara_identity::{AccessClaims, PermissionVersion, TokenDigest, TokenId, User};
use gaara_kernel::{SessionId, StoreError, Version};
use gaara_security_policy::ACCESS_TOKEN_LIFETIME;

use crate::app::App;
use crate::identity::refresh::Rotation;
use crate::identity::signing_keys::ShowKeysError;
use crate::ports::UnitOfWork;

/// What every refresh token starts with, so that scanners find a leaked one.
const REFRESH_PREFIX: &str = "grt_";

/// The bytes as small hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A secret token in the clear; it exists only between its making and its sending.
pub(crate) struct SecretToken {
    pub(crate) text: String,
    pub(crate) digest: TokenDigest,
}

impl App {
    /// Makes a token of 256 random bits.
    pub(crate) fn secret_token(&self, prefix: &str) -> SecretToken {
        let text = format!("{prefix}{}", hex(&self.ports.entropy.token_bytes()));
        let digest = self.ports.digest.digest(text.as_bytes());
        SecretToken { text, digest }
    }

    pub(crate) fn refresh_token(&self) -> SecretToken {
        self.secret_token(REFRESH_PREFIX)
    }

    /// The token that takes over from another one: always the same for it, so that a lost answer
    /// can be given again, and nobody else can tell which, so that it need not be stored.
    pub(crate) fn successor_of(&self, token: &str) -> SecretToken {
        let derived = self.ports.keyed_digest.keyed_digest("refresh", token.as_bytes());
        let text = format!("{REFRESH_PREFIX}{}", hex(&derived));
        let digest = self.ports.digest.digest(text.as_bytes());
        SecretToken { text, digest }
    }

    pub(crate) async fn signed_tokens(
        &self,
        given: Rotation,
        refresh: SecretToken,
    ) -> Result<SignedTokens, ShowKeysError> {
        let Rotation { user, permissions, session, token, at: now } = given;
        let mut id = [0; 16];
        self.ports.entropy.fill(&mut id);
        let expires_at = now.plus(ACCESS_TOKEN_LIFETIME).min(session.expires_at);
        let claims = AccessClaims {
            id: TokenId::new(id),
            user: user.id,
            session: session.id,
            permissions,
            issued_at: now,
            expires_at,
        };
        let key = self.signing_key(now).await?;
        Ok(SignedTokens {
            access_token: self.ports.signer.sign(key, &claims)?,
            expires_in: expires_at.since(now),
            refresh_token: refresh.text,
            refresh_expires_in: token.expires_at.since(now),
            session: session.id,
            device: None,
            user,
        })
    }
}

/// How often a user and its role were saved; of a built-in role, which stays as it is, once.
pub(crate) async fn permission_version(
    unit: &mut dyn UnitOfWork,
    user: &User,
) -> Result<PermissionVersion, StoreError> {
    let role = if user.role.built_in().is_some() {
        Version::FIRST
    } else {
        let role = unit.roles().hold(&user.role).await?;
        role.ok_or(StoreError::Corrupt { entity: "user" })?.version
    };
    Ok(PermissionVersion { user: user.version, role })
}

/// What somebody who signed in is given.
#[derive(Clone)]
pub struct SignedTokens {
    /// The access token, a JWT.
    pub access_token: String,
    /// How long it works.
    pub expires_in: Duration,
    /// The refresh token, which works once.
    pub refresh_token: String,
    /// How long it works.
    pub refresh_expires_in: Duration,
    /// The session they keep alive.
    pub session: SessionId,
    /// What the device keeps to be known by, where somebody signed in with a password.
    pub device: Option<String>,
    /// Who signed in.
    pub user: User,
}

impl fmt::Debug for SignedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedTokens").field("user", &self.user.id).finish_non_exhaustive()
    }
}
