//! Changing one's own password.

use std::time::Duration;

use gaara_identity::{HashError, PasswordHash, Permission, Revoked, User};
use gaara_kernel::{SessionId, StoreError, UserId};
use gaara_security_policy::{PasswordFault, ThrottleRule};
use thiserror::Error;

use crate::actor::{Actor, Principal};
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{Refusal, failure};
use crate::identity::password::{OwnNames, password_failure};
use crate::identity::revoke::revoke;
use crate::identity::tries::TryError;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// The present password and the one to come.
#[derive(Clone)]
pub struct PasswordChange {
    /// The present password, to show that it is the user who asks.
    pub current: String,
    /// The new password.
    pub new: String,
}

/// Why a password was not changed, before or in the transaction.
#[derive(Debug, Error)]
pub enum ChangePasswordFailure {
    /// The present password is another one.
    #[error("wrong password")]
    WrongCurrent,
    /// The new password breaks the policy.
    #[error("the password breaks the policy")]
    Password(Vec<PasswordFault>),
    /// The passwords cannot be checked or hashed now.
    #[error(transparent)]
    Hash(HashError),
    /// Too many wrong tries.
    #[error("too many tries")]
    Throttled {
        /// When to try again.
        retry_after: Duration,
    },
    /// The transaction was refused.
    #[error(transparent)]
    Refused(#[from] Refusal<ChangePasswordError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

password_failure!(ChangePasswordFailure);

impl From<HashError> for ChangePasswordFailure {
    fn from(error: HashError) -> Self {
        Self::Hash(error)
    }
}

impl From<TryError> for ChangePasswordFailure {
    fn from(error: TryError) -> Self {
        match error {
            TryError::TooMany { retry_after } => Self::Throttled { retry_after },
            TryError::Store(error) => Self::Store(error),
        }
    }
}

impl App {
    /// Changes the password of the user who asks, and ends every other session of that user.
    ///
    /// # Errors
    /// Every variant of [`ChangePasswordFailure`]; nothing is written then.
    pub async fn change_password(
        &self,
        actor: &Actor,
        change: &PasswordChange,
    ) -> Result<(), ChangePasswordFailure> {
        let Principal::User { id, session } = actor.principal() else {
            return Err(Refusal::Forbidden(Permission::UseOwnAccount).into());
        };
        let tried = self.count_try(format!("password:{id}"), ThrottleRule::SIGN_IN).await?;
        let (user, past) = self.passwords_of(id).await?;
        let current = self.password_form(&change.current);
        let current = current.ok_or(ChangePasswordFailure::WrongCurrent)?;
        if !self.ports.hasher.verify(&current, Some(&user.password_hash)).await? {
            return Err(ChangePasswordFailure::WrongCurrent);
        }
        self.take_back(tried).await;
        let password_hash = self.hash_changed_password(&user, &past, &change.new).await?;
        let checked = user.password_hash;
        let kept = self.past_passwords_kept();
        let use_case = ChangePassword { user: id, session, checked, password_hash, kept };
        self.execute(actor, &use_case).await?;
        Ok(())
    }

    /// How many passwords are kept beside the present one.
    pub(crate) const fn past_passwords_kept(&self) -> usize {
        self.password_policy.kept.saturating_sub(1)
    }

    pub(crate) async fn passwords_of(
        &self,
        id: UserId,
    ) -> Result<(User, Vec<PasswordHash>), ChangePasswordFailure> {
        let mut view = self.ports.store.view().await?;
        let user = view.find_user(id).await?;
        let user = user.ok_or(Refusal::Failed(ChangePasswordError::NoUser))?;
        let past = view.list_past_passwords(id, self.past_passwords_kept()).await?;
        Ok((user, past))
    }

    /// Hashes a password that is none of the last. Each of those was hashed with salt of its own,
    /// so that each has to be tried.
    pub(crate) async fn hash_changed_password(
        &self,
        user: &User,
        past: &[PasswordHash],
        password: &str,
    ) -> Result<PasswordHash, ChangePasswordFailure> {
        let company = self.company_name().await?;
        let User { username, email, .. } = user;
        let names = OwnNames { username, email, company: company.as_ref() };
        let form = self.accept_password(password, &names)?;
        for hash in std::iter::once(&user.password_hash).chain(past) {
            if self.ports.hasher.verify(&form, Some(hash)).await? {
                let kept = self.password_policy.kept;
                return Err(ChangePasswordFailure::Password(vec![PasswordFault::Reused { kept }]));
            }
        }
        Ok(self.ports.hasher.hash(&form).await?)
    }
}

/// Changes a password that was checked. Only [`App::change_password`] can make one.
#[derive(Debug, Clone)]
pub struct ChangePassword {
    user: UserId,
    session: SessionId,
    /// The hash that the present password was checked against.
    checked: PasswordHash,
    password_hash: PasswordHash,
    kept: usize,
}

/// Why a password was not changed.
#[derive(Debug, Error)]
pub enum ChangePasswordError {
    /// The actor is no user.
    #[error("there is no user whose password it is")]
    NoUser,
    /// Somebody changed the password meanwhile.
    #[error("the password was changed meanwhile")]
    Changed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangePasswordError);

impl UseCase for ChangePassword {
    /// The user, and how many other sessions were ended.
    type Output = (User, u64);
    type Error = ChangePasswordError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangePasswordError> {
        let user = unit.users().lock(self.user).await?;
        let mut user = user.ok_or(ChangePasswordError::NoUser)?;
        if user.password_hash != self.checked {
            return Err(ChangePasswordError::Changed);
        }
        let past = user.change_password(self.password_hash.clone(), context.now());
        unit.users().save(&user).await?;
        unit.users().add_past_password(&past, self.kept).await?;
        unit.links().remove(user.id).await?;
        let ended = unit.sessions().end_all(user.id, Some(self.session), context.now()).await?;
        revoke(unit, context, Revoked::User(user.id)).await?;
        let event = Event::new("user.password_changed", user.id, context);
        unit.outbox().add(&event).await?;
        Ok((user, ended))
    }

    fn audit(&self, (user, ended): &Self::Output) -> AuditEntry {
        AuditEntry::new("user.password_changed", user.id).with("sessions_ended", ended)
    }
}
