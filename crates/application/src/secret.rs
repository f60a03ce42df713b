//! Secrets, wherever they are kept.

use std::fmt;

use async_trait::async_trait;
use thiserror::Error;

/// Why a secret could not be had.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SecretError {
    /// The backend holds no secret of this name, or does not show it.
    #[error("the secret {name} is missing or denied in {backend}")]
    Missing {
        /// The name.
        name: String,
        /// The backend.
        backend: &'static str,
    },
    /// The backend does not answer, or not in a way that can be used.
    #[error("the secret {name} cannot be read from {backend}: {reason}")]
    Unreadable {
        /// The name.
        name: String,
        /// The backend.
        backend: &'static str,
        /// What went wrong, without the value.
        reason: String,
    },
}

/// A secret's bytes; they never print.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretValue(Vec<u8>);

impl SecretValue {
    /// Takes the bytes.
    #[must_use]
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes, for the one who needs them.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SecretValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Where secrets are kept.
#[async_trait]
pub trait SecretStore: Send + Sync {
    /// The secret of this name: small letters, digits and underscores.
    ///
    /// # Errors
    /// Every variant of [`SecretError`].
    async fn get(&self, name: &str) -> Result<SecretValue, SecretError>;

    /// The secret of this name; `initial` is kept under it first when there is none.
    ///
    /// # Errors
    /// [`SecretError::Missing`] where the backend cannot be written to.
    async fn get_or_keep(
        &self,
        name: &str,
        initial: &SecretValue,
    ) -> Result<SecretValue, SecretError>;
}
