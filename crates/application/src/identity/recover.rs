//! Letting somebody back in from the command line, by whoever can reach the books anyway.

use gaara_identity::{HashError, PasswordHash, Permission, Revoked, User};
use gaara_kernel::{StoreError, UserId};
use gaara_security_policy::PasswordFault;
use thiserror::Error;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{Refusal, failure};
use crate::identity::change_password::ChangePasswordFailure;
use crate::identity::revoke::revoke;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Why a password was not put in place, before or in the transaction.
#[derive(Debug, Error)]
pub enum SetPasswordFailure {
    /// The new password breaks the policy.
    #[error("the password breaks the policy")]
    Password(Vec<PasswordFault>),
    /// The password cannot be checked or hashed now.
    #[error(transparent)]
    Hash(HashError),
    /// The transaction was refused.
    #[error(transparent)]
    Refused(#[from] Refusal<SetPasswordError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ChangePasswordFailure> for SetPasswordFailure {
    fn from(failure: ChangePasswordFailure) -> Self {
        match failure {
            ChangePasswordFailure::Password(faults) => Self::Password(faults),
            ChangePasswordFailure::Hash(error) => Self::Hash(error),
            ChangePasswordFailure::Store(error) => Self::Store(error),
            ChangePasswordFailure::WrongCurrent
            | ChangePasswordFailure::Throttled { .. }
            | ChangePasswordFailure::Refused(_) => {
                Self::Refused(Refusal::Failed(SetPasswordError::NotFound))
            }
        }
    }
}

impl App {
    /// Finds a user by a user name or an e-mail address, for the program itself.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn find_user_by_login(&self, login: &str) -> Result<Option<User>, StoreError> {
        self.find_login(login).await
    }

    /// Puts a password in the place of a user's own, and ends every session of that user. Only
    /// the program itself may: nobody else chooses a password for somebody (ASVS 6.4.6).
    ///
    /// # Errors
    /// Every variant of [`SetPasswordFailure`]; nothing is written then.
    pub async fn set_password(
        &self,
        actor: &Actor,
        user: UserId,
        password: &str,
    ) -> Result<User, SetPasswordFailure> {
        if !actor.permissions().allow(SetPassword::PERMISSION) {
            return Err(Refusal::Forbidden(SetPassword::PERMISSION).into());
        }
        let (user, past) = self.passwords_of(user).await?;
        let password_hash = self.hash_changed_password(&user, &past, password).await?;
        let kept = self.past_passwords_kept();
        let use_case = SetPassword { user: user.id, password_hash, kept };
        let (user, _) = self.execute(actor, &use_case).await?;
        Ok(user)
    }
}

/// Puts a password in place that was checked. Only [`App::set_password`] can make one.
#[derive(Debug, Clone)]
pub struct SetPassword {
    user: UserId,
    password_hash: PasswordHash,
    kept: usize,
}

/// Why a password was not put in place.
#[derive(Debug, Error)]
pub enum SetPasswordError {
    /// There is no such user.
    #[error("no such user")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(SetPasswordError);

impl UseCase for SetPassword {
    /// The user, and how many sessions were ended.
    type Output = (User, u64);
    type Error = SetPasswordError;
    const PERMISSION: Permission = Permission::SetPasswords;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, SetPasswordError> {
        let now = context.now();
        let mut user = unit.users().lock(self.user).await?.ok_or(SetPasswordError::NotFound)?;
        let past = user.change_password(self.password_hash.clone(), now);
        unit.users().save(&user).await?;
        unit.users().add_past_password(&past, self.kept).await?;
        unit.links().remove(user.id).await?;
        let ended = unit.sessions().end_all(user.id, None, now).await?;
        revoke(unit, context, Revoked::User(user.id)).await?;
        let event = Event::new("user.password_changed", user.id, context);
        unit.outbox().add(&event).await?;
        Ok((user, ended))
    }

    fn audit(&self, (user, ended): &Self::Output) -> AuditEntry {
        AuditEntry::new("user.password_changed", user.id)
            .with("by", &"operator")
            .with("sessions_ended", ended)
    }
}
