//! Changing what one's own account says: name, address, language.

use gaara_identity::{Permission, User, Username};
use gaara_kernel::{EmailAddress, Language, StoreError, Version};
use thiserror::Error;

use crate::actor::Principal;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::identity::links::forget_mail_to_the_old_address;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given of the user who asks and keeps the rest. What one signs in with changes
/// only after a fresh proof.
#[derive(Debug, Clone)]
pub struct ChangeMe {
    /// The version the change was made on.
    pub expected: Version,
    /// The e-mail address.
    pub email: Option<EmailAddress>,
    /// The user name.
    pub username: Option<Username>,
    /// The language of messages.
    pub language: Option<Language>,
}

/// Why one's own account was not changed.
#[derive(Debug, Error)]
pub enum ChangeMeError {
    /// The actor is no user.
    #[error("there is no user whose account it is")]
    NoUser,
    /// Somebody changed the user meanwhile.
    #[error("the user is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The actor must show again who it is.
    #[error("a fresh proof is needed")]
    ProofNeeded,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeMeError);

impl UseCase for ChangeMe {
    /// The user before and after.
    type Output = (User, User);
    type Error = ChangeMeError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeMeError> {
        let Principal::User { id, .. } = context.actor().principal() else {
            return Err(ChangeMeError::NoUser);
        };
        let before = unit.users().lock(id).await?.ok_or(ChangeMeError::NoUser)?;
        if before.version != self.expected {
            return Err(ChangeMeError::Stale { current: before.version });
        }
        let after = User {
            email: self.email.clone().unwrap_or_else(|| before.email.clone()),
            username: self.username.clone().unwrap_or_else(|| before.username.clone()),
            language: self.language.unwrap_or(before.language),
            version: before.version.next(),
            ..before.clone()
        };
        let other_login = after.email != before.email || after.username != before.username;
        if other_login && !context.actor().is_proven(context.now()) {
            return Err(ChangeMeError::ProofNeeded);
        }
        unit.users().save(&after).await?;
        if after.email != before.email {
            forget_mail_to_the_old_address(unit, context, after.id).await?;
        }
        unit.outbox().add(&Event::new("user.changed", after.id, context)).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        AuditEntry::new("user.changed", after.id)
            .with_change("email", &before.email, &after.email)
            .with_change("username", &before.username.as_str(), &after.username.as_str())
            .with_change("language", &before.language.tag(), &after.language.tag())
    }
}
