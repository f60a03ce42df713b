//! Checking a password against the policy, and hashing it.

use gaara_identity::{HashError, PasswordHash, Username};
use gaara_kernel::EmailAddress;
use gaara_security_policy::{PasswordFault, PasswordPolicy};

use crate::app::App;

/// Why a password cannot be used.
pub(crate) enum PasswordRefused {
    /// It breaks the policy.
    Faults(Vec<PasswordFault>),
    /// It cannot be hashed now.
    Hash(HashError),
}

impl App {
    /// Hashes a new password, once the policy accepts it. Hashing is slow on purpose, so it
    /// happens before any transaction is opened.
    pub(crate) async fn hash_new_password(
        &self,
        password: &str,
        username: &Username,
        email: &EmailAddress,
    ) -> Result<PasswordHash, PasswordRefused> {
        let identity = [username.as_str(), email.local_part()];
        let faults = PasswordPolicy::default().faults(password, &identity);
        if !faults.is_empty() {
            return Err(PasswordRefused::Faults(faults));
        }
        self.ports.hasher.hash(password).await.map_err(PasswordRefused::Hash)
    }
}

/// Gives an error enum its `From<PasswordRefused>`.
macro_rules! password_failure {
    ($error:ty) => {
        impl From<$crate::identity::password::PasswordRefused> for $error {
            fn from(refused: $crate::identity::password::PasswordRefused) -> Self {
                use $crate::identity::password::PasswordRefused as Refused;
                match refused {
                    Refused::Faults(faults) => Self::Password(faults),
                    Refused::Hash(error) => Self::Hash(error),
                }
            }
        }
    };
}
pub(crate) use password_failure;
