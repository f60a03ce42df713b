//! Recovery codes: codes on paper, each of which works once.

use gaara_identity::{Permission, RecoveryCode, TokenDigest};
use gaara_kernel::UserId;

use super::{SecondFactorError, SecondFactorFailure, own};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::Refusal;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

impl App {
    /// Makes fresh codes: as they are shown, and their digests.
    pub(super) fn recovery_codes(&self) -> (Vec<String>, Vec<TokenDigest>) {
        let code = |_| {
            let mut bytes = [0; RecoveryCode::BYTES];
            self.ports.entropy.fill(&mut bytes);
            let code = RecoveryCode::new(bytes);
            (code.shown(), self.ports.digest.digest(code.expose().as_bytes()))
        };
        (0..RecoveryCode::COUNT).map(code).unzip()
    }

    /// Puts new recovery codes in the place of all that the user who asks had. They are shown
    /// once.
    ///
    /// # Errors
    /// [`SecondFactorFailure::Refused`]; nothing is written then.
    pub async fn renew_recovery_codes(
        &self,
        actor: &Actor,
    ) -> Result<Vec<String>, SecondFactorFailure> {
        let (user, _) = own(actor).ok_or(Refusal::Forbidden(Permission::UseOwnAccount))?;
        let (shown, codes) = self.recovery_codes();
        self.execute(actor, &RenewRecoveryCodes { user, codes }).await?;
        Ok(shown)
    }
}

/// Puts new recovery codes in the place of all before. Only [`App::renew_recovery_codes`] can make
/// one.
#[derive(Debug, Clone)]
pub struct RenewRecoveryCodes {
    user: UserId,
    codes: Vec<TokenDigest>,
}

impl UseCase for RenewRecoveryCodes {
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
        if user.second_factor_since.is_none() {
            return Err(SecondFactorError::NotOn);
        }
        unit.second_factors().put_recovery_codes(user.id, &self.codes).await?;
        let event = Event::new("user.recovery_codes_renewed", user.id, context);
        Ok(unit.outbox().add(&event).await?)
    }

    fn audit(&self, (): &()) -> AuditEntry {
        AuditEntry::new("user.recovery_codes_renewed", self.user)
    }
}
