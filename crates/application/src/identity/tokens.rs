//! The tokens a session is used with.

use std::fmt;
use std::time::Duration;

use gaara_identity::{AccessClaims, RefreshToken, Session, TokenDigest, TokenError, User};
use gaara_kernel::Timestamp;
use gaara_security_policy::ACCESS_TOKEN_LIFETIME;

use crate::app::App;

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

    pub(crate) fn signed_tokens(
        &self,
        user: User,
        session: &Session,
        refresh: SecretToken,
        stored: &RefreshToken,
        now: Timestamp,
    ) -> Result<SignedTokens, TokenError> {
        let expires_at = now.plus(ACCESS_TOKEN_LIFETIME).min(session.expires_at);
        let claims =
            AccessClaims { user: user.id, session: session.id, issued_at: now, expires_at };
        Ok(SignedTokens {
            access_token: self.ports.signer.sign(&claims)?,
            expires_in: expires_at.since(now),
            refresh_token: refresh.text,
            refresh_expires_in: stored.expires_at.since(now),
            user,
        })
    }
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
    /// Who signed in.
    pub user: User,
}

impl fmt::Debug for SignedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedTokens").field("user", &self.user.id).finish_non_exhaustive()
    }
}
