//! Checking a password against the policy, and hashing it.

use gaara_identity::{HashError, PasswordHash, Username};
use gaara_kernel::{BilingualText, EmailAddress, StoreError};
use gaara_security_policy::{PasswordFault, PasswordPolicy, Strength};

use crate::app::App;

/// Why a password cannot be used.
pub(crate) enum PasswordRefused {
    /// It breaks the policy.
    Faults(Vec<PasswordFault>),
    /// It cannot be hashed now.
    Hash(HashError),
}

/// The names that a password of somebody must not hold.
pub(crate) struct OwnNames<'a> {
    pub(crate) username: &'a Username,
    pub(crate) email: &'a EmailAddress,
    pub(crate) company: Option<&'a BilingualText>,
}

impl OwnNames<'_> {
    fn list(&self) -> Vec<&str> {
        let own = [self.username.as_str(), self.email.local_part()];
        let company = self.company.into_iter().flat_map(|name| [name.ar(), name.en()]).flatten();
        own.into_iter().chain(company).collect()
    }
}

impl App {
    /// Puts a password into the form in which it is hashed; `None` when it is too long to be one,
    /// which is found out before it is read.
    pub(crate) fn password_form(&self, password: &str) -> Option<String> {
        if PasswordPolicy::is_beyond_reading(password) {
            return None;
        }
        let form = self.ports.text_form.nfkc(password);
        (form.chars().count() <= self.password_policy.characters_max).then_some(form)
    }

    /// Finds every fault of a new password, and puts it into its form.
    pub(crate) fn accept_password(
        &self,
        password: &str,
        names: &OwnNames<'_>,
    ) -> Result<String, PasswordRefused> {
        let characters_max = self.password_policy.characters_max;
        let too_long = || PasswordRefused::Faults(vec![PasswordFault::TooLong { characters_max }]);
        let form = self.password_form(password).ok_or_else(too_long)?;
        let faults = self.password_policy.faults(&form, &names.list());
        if faults.is_empty() { Ok(form) } else { Err(PasswordRefused::Faults(faults)) }
    }

    /// Hashes a new password, once the policy accepts it. Hashing is slow on purpose, so it
    /// happens before any transaction is opened.
    pub(crate) async fn hash_new_password(
        &self,
        password: &str,
        names: &OwnNames<'_>,
    ) -> Result<PasswordHash, PasswordRefused> {
        let form = self.accept_password(password, names)?;
        self.ports.hasher.hash(&form).await.map_err(PasswordRefused::Hash)
    }

    /// The name of the company, which no password may hold.
    pub(crate) async fn company_name(&self) -> Result<Option<BilingualText>, StoreError> {
        let mut view = self.ports.store.view().await?;
        Ok(view.find_organization().await?.map(|organization| organization.name))
    }

    /// What is wrong with a password of somebody with these names, and how strong it is; for
    /// somebody who is choosing one. Nothing is stored and nobody is asked.
    #[must_use]
    pub fn judge_password(&self, password: &str, names: &[&str]) -> (Vec<PasswordFault>, Strength) {
        let Some(form) = self.password_form(password) else {
            let characters_max = self.password_policy.characters_max;
            return (vec![PasswordFault::TooLong { characters_max }], Strength::of("", names));
        };
        (self.password_policy.faults(&form, names), Strength::of(&form, names))
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
