//! What identity needs from cryptography, as ports.

use async_trait::async_trait;
use gaara_kernel::{SessionId, Timestamp, UserId};
use thiserror::Error;

use crate::user::PasswordHash;

/// The digest of a secret token; the token itself is never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// Takes 32 bytes of SHA-256.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A one-way digest for tokens that carry at least 128 random bits (ASVS 6.5.2).
pub trait Digest: Send + Sync {
    /// SHA-256 of the bytes.
    fn digest(&self, bytes: &[u8]) -> TokenDigest;
}

/// Derives secrets from a key that only the program has.
pub trait KeyedDigest: Send + Sync {
    /// HMAC-SHA-256 (RFC 2104) of the bytes, of its own for each purpose.
    fn keyed_digest(&self, purpose: &str, bytes: &[u8]) -> [u8; 32];
}

/// Puts texts into one form.
pub trait TextForm: Send + Sync {
    /// The form NFKC (Unicode, annex 15), in which a password is the same whichever keyboard and
    /// system it was typed on. Nothing is taken off.
    fn nfkc(&self, text: &str) -> String;
}

/// Why a password could not be hashed or checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum HashError {
    /// Too many others are waiting; try again in a second.
    #[error("too many passwords are being checked")]
    Busy,
    /// The hash is not one this hasher made, or its parameters are beyond all bounds.
    #[error("the stored hash cannot be checked")]
    Unusable,
}

/// Hashes passwords slowly, on purpose, and off the async threads.
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// Hashes a password with fresh salt.
    ///
    /// # Errors
    /// [`HashError::Busy`] when the queue is full.
    async fn hash(&self, password: &str) -> Result<PasswordHash, HashError>;

    /// Checks a password against a stored hash; against a dummy one when there is none, so that
    /// an unknown name takes as long as a known one.
    ///
    /// # Errors
    /// Every variant of [`HashError`].
    async fn verify(&self, password: &str, hash: Option<&PasswordHash>) -> Result<bool, HashError>;
}

/// What an access token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessClaims {
    /// Who signed in.
    pub user: UserId,
    /// In which session.
    pub session: SessionId,
    /// When the token was made.
    pub issued_at: Timestamp,
    /// When it stops working.
    pub expires_at: Timestamp,
}

/// Why an access token was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenError {
    /// The token is not one we signed, or says something it must not.
    #[error("invalid token")]
    Invalid,
    /// The token was good once.
    #[error("expired token")]
    Expired,
}

/// Signs access tokens and reads them back.
pub trait TokenSigner: Send + Sync {
    /// Signs.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] when the key cannot sign.
    fn sign(&self, claims: &AccessClaims) -> Result<String, TokenError>;

    /// Checks every claim of a token at an instant.
    ///
    /// # Errors
    /// Every variant of [`TokenError`].
    fn verify(&self, token: &str, now: Timestamp) -> Result<AccessClaims, TokenError>;
}
