//! The key of backups, kept among the secrets.

use gaara::application::{SecretError, SecretStore, SecretValue};
use gaara::identity::KeyedDigest;
use gaara::kernel::Entropy;
use gaara_crypto::{HmacSha256, SystemEntropy};
use gaara_secrets::EnvironmentAndFileSecrets;

use crate::config::{self, Config};
use crate::failure::Failure;

/// The name of the secret.
const NAME: &str = "backup_key";

fn secrets(config: &Config) -> EnvironmentAndFileSecrets {
    let directory = config.data_dir.join("secrets");
    EnvironmentAndFileSecrets::new(Some(directory), config::variables())
}

/// Seals the files of backups, and vouches for what is written beside them.
pub(crate) struct Key(SecretValue);

impl Key {
    /// Finds the key. Another one would vouch for no backup there is, so none is made.
    pub(crate) async fn of(config: &Config) -> Result<Self, Failure> {
        Self::checked(secrets(config).get(NAME).await)
    }

    /// Finds the key, or makes one and keeps it: for the first backup alone.
    pub(crate) async fn of_first(config: &Config) -> Result<Self, Failure> {
        let entropy: &dyn Entropy = &SystemEntropy;
        let fresh = SecretValue::new(entropy.token_bytes().to_vec());
        Self::checked(secrets(config).get_or_keep(NAME, &fresh).await)
    }

    fn checked(found: Result<SecretValue, SecretError>) -> Result<Self, Failure> {
        let key = found.map_err(|error| {
            let line = match error {
                SecretError::Missing { .. } => format!(
                    "the secret {NAME} is missing; put the one back that the backups were made with"
                ),
                SecretError::Unreadable { .. } => error.to_string(),
            };
            Failure::Configuration(vec![line])
        })?;
        if key.expose().len() < 32 {
            let line = format!("the secret {NAME} is shorter than 32 bytes");
            return Err(Failure::Configuration(vec![line]));
        }
        Ok(Self(key))
    }

    pub(crate) fn expose(&self) -> &[u8] {
        self.0.expose()
    }

    /// What nobody can tell of a text without the key.
    pub(crate) fn code_of(&self, text: &str) -> String {
        let code = HmacSha256::new(self.expose()).keyed_digest("backup_manifest", text.as_bytes());
        let digits = code.iter().map(|byte| format!("{byte:02x}"));
        digits.collect::<Vec<_>>().concat()
    }
}
