//! Taking a second factor away: one's own, or that of somebody who lost it.

use gaara_identity::{Permission, Revoked, User};
use gaara_kernel::{SessionId, StoreError, UserId, Version};
use thiserror::Error;

use super::{SecondFactorError, own};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::identity::grant::{GrantError, hold_role};
use crate::identity::revoke::revoke;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Takes away the second factor of the user who asks, and ends every other session of that user.
#[derive(Debug, Clone)]
pub struct RemoveSecondFactor;

/// Takes away the second factor of a user who lost it, and ends every session of that user.
#[derive(Debug, Clone)]
pub struct ResetSecondFactor {
    /// Whose.
    pub user: UserId,
    /// The version the decision was made on, where the client says so.
    pub expected: Option<Version>,
}

/// Why a second factor was not reset.
#[derive(Debug, Error)]
pub enum ResetSecondFactorError {
    /// There is no such user.
    #[error("no such user")]
    NotFound,
    /// Somebody changed the user meanwhile.
    #[error("the user is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The user has no second factor.
    #[error("there is no second factor")]
    NotOn,
    /// The user's role allows something that the actor may not do.
    #[error("{} is beyond the actor", .0.code())]
    BeyondOwn(Permission),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ResetSecondFactorError);

impl From<GrantError> for ResetSecondFactorError {
    fn from(error: GrantError) -> Self {
        match error {
            // A user without a role is a broken reference, which no store has.
            GrantError::UnknownRole => Self::Store(StoreError::Corrupt { entity: "user" }),
            GrantError::BeyondOwn(permission) => Self::BeyondOwn(permission),
            GrantError::Store(error) => Self::Store(error),
        }
    }
}

/// Takes the factor of a locked user away, and ends the sessions that it opened; answers how many.
async fn take_away(
    unit: &mut dyn UnitOfWork,
    context: &Context,
    user: &mut User,
    but: Option<SessionId>,
) -> Result<u64, StoreError> {
    unit.passkeys().remove_all(user.id).await?;
    unit.second_factors().remove(user.id).await?;
    unit.second_factors().remove_challenges(user.id).await?;
    user.second_factor_since = None;
    user.version = user.version.next();
    unit.users().save(user).await?;
    let ended = unit.sessions().end_all(user.id, but, context.now()).await?;
    revoke(unit, context, Revoked::User(user.id)).await?;
    unit.outbox().add(&Event::new("user.second_factor_off", user.id, context)).await?;
    Ok(ended)
}

impl UseCase for RemoveSecondFactor {
    /// Whose, and how many other sessions were ended.
    type Output = (UserId, u64);
    type Error = SecondFactorError;
    const PERMISSION: Permission = Permission::UseOwnAccount;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, SecondFactorError> {
        let (id, session) = own(context.actor()).ok_or(SecondFactorError::NoUser)?;
        let mut user = unit.users().lock(id).await?.ok_or(SecondFactorError::NoUser)?;
        if user.second_factor_since.is_none() {
            return Err(SecondFactorError::NotOn);
        }
        let ended = take_away(unit, context, &mut user, Some(session)).await?;
        Ok((id, ended))
    }

    fn audit(&self, (user, ended): &Self::Output) -> AuditEntry {
        AuditEntry::new("user.second_factor_off", *user).with("sessions_ended", ended)
    }
}

impl UseCase for ResetSecondFactor {
    /// The user, and how many sessions were ended.
    type Output = (User, u64);
    type Error = ResetSecondFactorError;
    const PERMISSION: Permission = Permission::EditUsers;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ResetSecondFactorError> {
        let user = unit.users().lock(self.user).await?;
        let mut user = user.ok_or(ResetSecondFactorError::NotFound)?;
        if self.expected.is_some_and(|expected| expected != user.version) {
            return Err(ResetSecondFactorError::Stale { current: user.version });
        }
        hold_role(unit, context, &user.role).await?;
        if user.second_factor_since.is_none() {
            return Err(ResetSecondFactorError::NotOn);
        }
        let ended = take_away(unit, context, &mut user, None).await?;
        Ok((user, ended))
    }

    fn audit(&self, (user, ended): &Self::Output) -> AuditEntry {
        AuditEntry::new("user.second_factor_reset", user.id).with("sessions_ended", ended)
    }
}
