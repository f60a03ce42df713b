//! Changing a user: name, address, role, language.

use gaara_identity::{Permission, Revoked, RoleCode, User, Username};
use gaara_kernel::{EmailAddress, Language, StoreError, UserId, Version};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::identity::grant::{GrantError, hold_role};
use crate::identity::links::forget_mail_to_the_old_address;
use crate::identity::revoke::revoke;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given of a user and keeps the rest.
#[derive(Debug, Clone)]
pub struct ChangeUser {
    /// Which user.
    pub id: UserId,
    /// The version the change was made on.
    pub expected: Version,
    /// The e-mail address.
    pub email: Option<EmailAddress>,
    /// The user name.
    pub username: Option<Username>,
    /// The role.
    pub role: Option<RoleCode>,
    /// The language of messages.
    pub language: Option<Language>,
}

/// Why a user was not changed.
#[derive(Debug, Error)]
pub enum ChangeUserError {
    /// There is no such user.
    #[error("no such user")]
    NotFound,
    /// Somebody changed the user meanwhile.
    #[error("the user is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// There is no such role.
    #[error("no such role")]
    UnknownRole,
    /// The role before or after allows something that the actor may not do.
    #[error("{} is beyond the actor", .0.code())]
    BeyondOwn(Permission),
    /// Nobody could see to everything any more.
    #[error("the last administrator")]
    LastAdmin,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeUserError);

impl From<GrantError> for ChangeUserError {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::UnknownRole => Self::UnknownRole,
            GrantError::BeyondOwn(permission) => Self::BeyondOwn(permission),
            GrantError::Store(error) => Self::Store(error),
        }
    }
}

impl UseCase for ChangeUser {
    /// The user before and after.
    type Output = (User, User);
    type Error = ChangeUserError;
    const PERMISSION: Permission = Permission::EditUsers;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeUserError> {
        let admins = unit.users().lock_admins().await?;
        let before = unit.users().lock(self.id).await?.ok_or(ChangeUserError::NotFound)?;
        if before.version != self.expected {
            return Err(ChangeUserError::Stale { current: before.version });
        }
        hold_role(unit, context, &before.role).await?;
        let after = self.apply(&before);
        if after.role != before.role {
            hold_role(unit, context, &after.role).await?;
        }
        if admins == [before.id] && !after.is_acting_admin() {
            return Err(ChangeUserError::LastAdmin);
        }
        unit.users().save(&after).await?;
        if after.email != before.email {
            forget_mail_to_the_old_address(unit, context, after.id).await?;
        }
        revoke(unit, context, Revoked::User(after.id)).await?;
        unit.outbox().add(&Event::new("user.changed", after.id, context)).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        AuditEntry::new("user.changed", after.id)
            .with_change("email", &before.email, &after.email)
            .with_change("username", &before.username.as_str(), &after.username.as_str())
            .with_change("role", &before.role.as_str(), &after.role.as_str())
            .with_change("language", &before.language.tag(), &after.language.tag())
    }
}

impl ChangeUser {
    fn apply(&self, before: &User) -> User {
        let Self { id: _, expected: _, email, username, role, language } = self.clone();
        User {
            email: email.unwrap_or_else(|| before.email.clone()),
            username: username.unwrap_or_else(|| before.username.clone()),
            role: role.unwrap_or_else(|| before.role.clone()),
            language: language.unwrap_or(before.language),
            version: before.version.next(),
            ..before.clone()
        }
    }
}
