//! Keeping a user out, and letting one back in.

use gaara_identity::{Permission, Revoked, User};
use gaara_kernel::{StoreError, UserId, Version};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::identity::grant::{GrantError, hold_role};
use crate::identity::revoke::revoke;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Keeps a user out and ends every session of that user.
#[derive(Debug, Clone)]
pub struct DisableUser {
    /// Which user.
    pub id: UserId,
    /// The version the decision was made on, where the client says so.
    pub expected: Option<Version>,
}

/// Lets a user sign in again.
#[derive(Debug, Clone)]
pub struct EnableUser {
    /// Which user.
    pub id: UserId,
    /// The version the decision was made on, where the client says so.
    pub expected: Option<Version>,
}

/// Why a user was not kept out or let in.
#[derive(Debug, Error)]
pub enum DisablingError {
    /// There is no such user.
    #[error("no such user")]
    NotFound,
    /// Somebody changed the user meanwhile.
    #[error("the user is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The user's role allows something that the actor may not do.
    #[error("{} is beyond the actor", .0.code())]
    BeyondOwn(Permission),
    /// Nobody could see to everything any more.
    #[error("the last administrator")]
    LastAdmin,
    /// The user is kept out already.
    #[error("the user is disabled")]
    Disabled,
    /// The user may sign in already.
    #[error("the user is not disabled")]
    NotDisabled,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(DisablingError);

impl From<GrantError> for DisablingError {
    fn from(error: GrantError) -> Self {
        match error {
            // A user without a role is a broken reference, which no store has.
            GrantError::UnknownRole => Self::Store(StoreError::Corrupt { entity: "user" }),
            GrantError::BeyondOwn(permission) => Self::BeyondOwn(permission),
            GrantError::Store(error) => Self::Store(error),
        }
    }
}

/// Finds the user and sees whether the actor has power over it.
pub(crate) async fn lock_user(
    unit: &mut dyn UnitOfWork,
    context: &Context,
    id: UserId,
    expected: Option<Version>,
) -> Result<User, DisablingError> {
    let user = unit.users().lock(id).await?.ok_or(DisablingError::NotFound)?;
    if expected.is_some_and(|expected| expected != user.version) {
        return Err(DisablingError::Stale { current: user.version });
    }
    hold_role(unit, context, &user.role).await?;
    Ok(user)
}

impl UseCase for DisableUser {
    type Output = User;
    type Error = DisablingError;
    const PERMISSION: Permission = Permission::EditUsers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<User, DisablingError> {
        let admins = unit.users().lock_admins().await?;
        let mut user = lock_user(unit, context, self.id, self.expected).await?;
        if user.disabled {
            return Err(DisablingError::Disabled);
        }
        if user.is_acting_admin() && admins.len() < 2 {
            return Err(DisablingError::LastAdmin);
        }
        user.disabled = true;
        user.version = user.version.next();
        unit.users().save(&user).await?;
        unit.sessions().end_all(user.id, None, context.now()).await?;
        revoke(unit, context, Revoked::User(user.id)).await?;
        unit.outbox().add(&Event::new("user.disabled", user.id, context)).await?;
        Ok(user)
    }

    fn audit(&self, user: &User) -> AuditEntry {
        AuditEntry::new("user.disabled", user.id)
    }
}

impl UseCase for EnableUser {
    type Output = User;
    type Error = DisablingError;
    const PERMISSION: Permission = Permission::EditUsers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<User, DisablingError> {
        let mut user = lock_user(unit, context, self.id, self.expected).await?;
        if !user.disabled {
            return Err(DisablingError::NotDisabled);
        }
        user.disabled = false;
        user.version = user.version.next();
        unit.users().save(&user).await?;
        revoke(unit, context, Revoked::User(user.id)).await?;
        unit.outbox().add(&Event::new("user.enabled", user.id, context)).await?;
        Ok(user)
    }

    fn audit(&self, user: &User) -> AuditEntry {
        AuditEntry::new("user.enabled", user.id)
    }
}
