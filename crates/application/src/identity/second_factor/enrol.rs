//! Beginning a second factor.

use std::fmt;

use gaara_identity::{Permission, SealedSecret, SecondFactor, TotpSecret};
use gaara_kernel::{StoreError, UserId};

use super::{SecondFactorError, SecondFactorFailure, own};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::Refusal;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Who the codes are for, as phones show it.
const ISSUER: &str = "Gaara";

/// What a phone has to know; it exists only between its making and its sending.
#[derive(Clone)]
pub struct Enrolment {
    /// The secret, to be typed.
    pub secret: String,
    /// The secret with its name, to be read from a picture.
    pub uri: String,
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl App {
    /// Begins a second factor for the user who asks. It counts once a code has confirmed it.
    ///
    /// # Errors
    /// Every variant of [`SecondFactorFailure`] but those about codes; nothing is written then.
    pub async fn enrol_second_factor(
        &self,
        actor: &Actor,
    ) -> Result<Enrolment, SecondFactorFailure> {
        let no_user = || Refusal::Failed(SecondFactorError::NoUser);
        let (id, _) = own(actor).ok_or(Refusal::Forbidden(Permission::UseOwnAccount))?;
        let account = self.account_of(id).await?.ok_or_else(no_user)?;
        let mut bytes = [0; 20];
        self.ports.entropy.fill(&mut bytes);
        let secret = TotpSecret::new(bytes);
        let sealed = self.ports.sealing.seal(&SecondFactor::place(id), secret.expose())?;
        let use_case = EnrolSecondFactor { user: id, secret: SealedSecret::new(sealed) };
        self.execute(actor, &use_case).await?;
        let uri = secret.otpauth_uri(ISSUER, &account);
        Ok(Enrolment { secret: secret.base32(), uri })
    }

    async fn account_of(&self, id: UserId) -> Result<Option<String>, StoreError> {
        let mut view = self.ports.store.view().await?;
        let user = view.find_user(id).await?;
        Ok(user.map(|user| user.email.as_str().to_owned()))
    }
}

/// Keeps a sealed secret until a code confirms it. Only [`App::enrol_second_factor`] can make one.
#[derive(Debug, Clone)]
pub struct EnrolSecondFactor {
    user: UserId,
    secret: SealedSecret,
}

impl UseCase for EnrolSecondFactor {
    type Output = ();
    type Error = SecondFactorError;
    const PERMISSION: Permission = Permission::UseOwnAccount;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<(), SecondFactorError> {
        let user = unit.users().lock(self.user).await?.ok_or(SecondFactorError::NoUser)?;
        if user.second_factor_since.is_some() {
            return Err(SecondFactorError::AlreadyOn);
        }
        let factor = SecondFactor::start(user.id, self.secret.clone(), context.now());
        Ok(unit.second_factors().save(&factor).await?)
    }

    fn audit(&self, (): &()) -> AuditEntry {
        AuditEntry::new("user.second_factor_begun", self.user)
    }
}
