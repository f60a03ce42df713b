//! Secrets for looking at a backup: what is missing is made for the moment and kept nowhere.

use async_trait::async_trait;
use gaara::application::{SecretError, SecretStore, SecretValue};
use gaara_secrets::EnvironmentAndFileSecrets;

use crate::config::{self, Config};

/// Reads secrets and writes none: a key that a refused restore left behind would stand in the way
/// of the one that the books were written with.
pub(super) struct Unkept(EnvironmentAndFileSecrets);

impl Unkept {
    /// Those of an installation.
    pub(super) fn of(config: &Config) -> Self {
        let directory = config.data_dir.join("secrets");
        Self(EnvironmentAndFileSecrets::new(Some(directory), config::variables()))
    }

    /// Whether there is none of this name.
    pub(super) async fn lacks(&self, name: &str) -> bool {
        matches!(self.0.get(name).await, Err(SecretError::Missing { .. }))
    }
}

#[async_trait]
impl SecretStore for Unkept {
    async fn get(&self, name: &str) -> Result<SecretValue, SecretError> {
        self.0.get(name).await
    }

    async fn get_or_keep(
        &self,
        name: &str,
        initial: &SecretValue,
    ) -> Result<SecretValue, SecretError> {
        match self.0.get(name).await {
            Err(SecretError::Missing { .. }) => Ok(SecretValue::new(initial.expose().to_vec())),
            found => found,
        }
    }
}
