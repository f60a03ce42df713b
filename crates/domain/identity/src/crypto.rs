//! What identity needs from cryptography, as ports.

use std::fmt;

use async_trait::async_trait;
use gaara_kernel::{SessionId, Timestamp, UserId, Version};
use thiserror::Error;

use crate::signing_key::KeyNumber;
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

    /// Whether a hash was made in another way than new ones are.
    fn is_outdated(&self, hash: &PasswordHash) -> bool;
}

/// The name of one access token (`jti`): 128 random bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenId([u8; 16]);

impl TokenId {
    /// Takes 16 random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads 32 small hexadecimal digits; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let fits = text.len() == 32 && text.bytes().all(is_plain);
        u128::from_str_radix(text, 16).ok().filter(|_| fits).map(|bits| Self(bits.to_be_bytes()))
    }
}

impl fmt::Display for TokenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

/// How often a user and its role were saved when a token was made: what the user may do is not
/// older than that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PermissionVersion {
    /// The version of the user.
    pub user: Version,
    /// The version of the user's role.
    pub role: Version,
}

impl PermissionVersion {
    /// Whether somebody who knows only `known` has missed a change.
    #[must_use]
    pub fn is_beyond(self, known: Self) -> bool {
        self.user > known.user || (self.user == known.user && self.role > known.role)
    }
}

/// What an access token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessClaims {
    /// The name of the token.
    pub id: TokenId,
    /// Who signed in.
    pub user: UserId,
    /// In which session.
    pub session: SessionId,
    /// What the permissions are at least as new as.
    pub permissions: PermissionVersion,
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

/// The public half of an Ed25519 key, as a JSON Web Key shows it (RFC 8037).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// The key's name: the thumbprint of its public half (RFC 7638).
    pub kid: String,
    /// The public half, 32 bytes in base64url.
    pub x: String,
}

/// Signs access tokens and reads them back, with keys that are known by their numbers.
pub trait TokenSigner: Send + Sync {
    /// Signs with a key.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] when the key cannot sign.
    fn sign(&self, key: KeyNumber, claims: &AccessClaims) -> Result<String, TokenError>;

    /// Checks every claim of a token at an instant; only these keys may have signed it.
    ///
    /// # Errors
    /// Every variant of [`TokenError`].
    fn verify(
        &self,
        token: &str,
        keys: &[KeyNumber],
        now: Timestamp,
    ) -> Result<AccessClaims, TokenError>;

    /// The public half of a key, for anybody to check tokens with.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] when the key cannot be had.
    fn public_key(&self, key: KeyNumber) -> Result<PublicKey, TokenError>;
}
