//! Putting a second factor in force by its first code.

use gaara_identity::{
    Permission, Revoked, SealedSecret, SecondFactor, TokenDigest, TotpCode, TotpStep,
};
use gaara_kernel::{SessionId, UserId};

use super::{SecondFactorError, SecondFactorFailure, own};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::Refusal;
use crate::identity::revoke::revoke;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

impl App {
    /// Puts the second factor of the user who asks in force, ends every other session of that
    /// user, and answers the recovery codes, which are shown once.
    ///
    /// # Errors
    /// Every variant of [`SecondFactorFailure`]; nothing is written then.
    pub async fn confirm_second_factor(
        &self,
        actor: &Actor,
        code: &str,
    ) -> Result<Vec<String>, SecondFactorFailure> {
        let (id, session) = own(actor).ok_or(Refusal::Forbidden(Permission::UseOwnAccount))?;
        let factor = self.awaiting_factor(id).await?;
        let tried = self.count_code(id).await?;
        let code = TotpCode::parse(code).ok_or(SecondFactorFailure::WrongCode)?;
        let step = self.step_of(&factor, code)?.ok_or(SecondFactorFailure::WrongCode)?;
        let (shown, codes) = self.recovery_codes();
        let use_case =
            ConfirmSecondFactor { user: id, session, secret: factor.secret, step, codes };
        self.execute(actor, &use_case).await?;
        self.take_back(tried).await;
        Ok(shown)
    }

    async fn awaiting_factor(&self, id: UserId) -> Result<SecondFactor, SecondFactorFailure> {
        let now = self.ports.clock.now();
        let mut view = self.ports.store.view().await?;
        let factor = view.find_second_factor(id).await?;
        let refused = match factor {
            Some(factor) if factor.awaits_code(now) => return Ok(factor),
            Some(factor) if factor.is_confirmed() => SecondFactorError::AlreadyOn,
            Some(_) | None => SecondFactorError::NothingToConfirm,
        };
        Err(Refusal::Failed(refused).into())
    }
}

/// Puts a second factor in force whose first code was checked. Only
/// [`App::confirm_second_factor`] can make one.
#[derive(Debug, Clone)]
pub struct ConfirmSecondFactor {
    user: UserId,
    session: SessionId,
    /// The secret that the code was checked against.
    secret: SealedSecret,
    step: TotpStep,
    codes: Vec<TokenDigest>,
}

impl UseCase for ConfirmSecondFactor {
    /// How many other sessions were ended.
    type Output = u64;
    type Error = SecondFactorError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<u64, SecondFactorError> {
        let now = context.now();
        let user = unit.users().lock(self.user).await?;
        let mut user = user.ok_or(SecondFactorError::NoUser)?;
        let factor = unit.second_factors().lock(user.id).await?;
        let awaited = factor.filter(|it| it.awaits_code(now) && it.secret == self.secret);
        let mut factor = awaited.ok_or(SecondFactorError::NothingToConfirm)?;
        factor.confirm(self.step, now);
        unit.second_factors().save(&factor).await?;
        unit.second_factors().put_recovery_codes(user.id, &self.codes).await?;
        user.second_factor_since = factor.confirmed_at;
        user.version = user.version.next();
        unit.users().save(&user).await?;
        let ended = unit.sessions().end_all(user.id, Some(self.session), now).await?;
        if let Some(mut session) = unit.sessions().lock(self.session).await? {
            session.proven_at = session.proven_at.max(now);
            unit.sessions().save(&session).await?;
        }
        revoke(unit, context, Revoked::User(user.id)).await?;
        unit.outbox().add(&Event::new("user.second_factor_on", user.id, context)).await?;
        Ok(ended)
    }

    fn audit(&self, ended: &u64) -> AuditEntry {
        AuditEntry::new("user.second_factor_on", self.user).with("sessions_ended", ended)
    }
}
