//! Following a link: choosing a password with it.

use std::time::Duration;

use gaara_identity::{HashError, PasswordHash, Permission, Revoked, TokenDigest, User};
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
use crate::identity::tries::TryError;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// What somebody sends who followed a link.
#[derive(Clone)]
pub struct LinkAnswer {
    /// The secret out of the link.
    pub token: String,
    /// The password to come.
    pub password: String,
    /// Where the request came from, to count tries by.
    pub address: String,
}

/// Why no password was chosen, before or in the transaction.
#[derive(Debug, Error)]
pub enum FollowLinkFailure {
    /// The link is unknown, too old, used, or was replaced by a later one.
    #[error("the link is over")]
    Over,
    /// The new password breaks the policy.
    #[error("the password breaks the policy")]
    Password(Vec<PasswordFault>),
    /// The password cannot be checked or hashed now.
    #[error(transparent)]
    Hash(HashError),
    /// Too many tries from this address.
    #[error("too many tries")]
    Throttled {
        /// When to try again.
        retry_after: Duration,
    },
    /// The transaction was refused.
    #[error(transparent)]
    Refused(#[from] Refusal<FollowLinkError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TryError> for FollowLinkFailure {
    fn from(error: TryError) -> Self {
        match error {
            TryError::TooMany { retry_after } => Self::Throttled { retry_after },
            TryError::Store(error) => Self::Store(error),
        }
    }
}

impl From<ChangePasswordFailure> for FollowLinkFailure {
    fn from(failure: ChangePasswordFailure) -> Self {
        match failure {
            ChangePasswordFailure::Password(faults) => Self::Password(faults),
            ChangePasswordFailure::Hash(error) => Self::Hash(error),
            ChangePasswordFailure::Throttled { retry_after } => Self::Throttled { retry_after },
            ChangePasswordFailure::Store(error) => Self::Store(error),
            ChangePasswordFailure::WrongCurrent | ChangePasswordFailure::Refused(_) => Self::Over,
        }
    }
}

impl App {
    /// Chooses a password with a link, and ends every session of its user. Signing in comes
    /// after, with the second factor where there is one.
    ///
    /// # Errors
    /// Every variant of [`FollowLinkFailure`]; nothing is written then, and the link still works.
    pub async fn follow_link(
        &self,
        actor: &Actor,
        answer: &LinkAnswer,
    ) -> Result<(), FollowLinkFailure> {
        let tried = self.count_address(&answer.address).await?;
        let digest = self.ports.digest.digest(answer.token.as_bytes());
        let now = self.ports.clock.now();
        let mut view = self.ports.store.view().await?;
        let link = view.find_link(&digest).await?.filter(|link| link.works(now));
        drop(view);
        let user = link.ok_or(FollowLinkFailure::Over)?.user_id;
        let (user, past) = self.passwords_of(user).await?;
        let password_hash = self.hash_changed_password(&user, &past, &answer.password).await?;
        let kept = self.past_passwords_kept();
        let use_case = FollowLink { user: user.id, digest, password_hash, kept };
        self.execute(actor, &use_case).await.map_err(|refusal| match refusal {
            Refusal::Failed(FollowLinkError::Over) => FollowLinkFailure::Over,
            refusal => FollowLinkFailure::Refused(refusal),
        })?;
        self.take_back(tried).await;
        Ok(())
    }
}

/// Puts a password in place with a link. Only [`App::follow_link`] can make one.
#[derive(Debug, Clone)]
pub struct FollowLink {
    user: UserId,
    digest: TokenDigest,
    password_hash: PasswordHash,
    kept: usize,
}

/// Why no password was put in place.
#[derive(Debug, Error)]
pub enum FollowLinkError {
    /// The link was used or replaced meanwhile, or its user was disabled.
    #[error("the link is over")]
    Over,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(FollowLinkError);

impl UseCase for FollowLink {
    /// The user, and how many sessions were ended.
    type Output = (User, u64);
    type Error = FollowLinkError;
    const PERMISSION: Permission = Permission::SignIn;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, FollowLinkError> {
        let now = context.now();
        let user = unit.users().lock(self.user).await?.filter(|user| !user.disabled);
        let mut user = user.ok_or(FollowLinkError::Over)?;
        let link = unit.links().lock(user.id).await?;
        let good = link.is_some_and(|link| link.digest == self.digest && link.works(now));
        if !good {
            return Err(FollowLinkError::Over);
        }
        unit.links().remove(user.id).await?;
        let past = user.change_password(self.password_hash.clone(), now);
        unit.users().save(&user).await?;
        unit.users().add_past_password(&past, self.kept).await?;
        let ended = unit.sessions().end_all(user.id, None, now).await?;
        revoke(unit, context, Revoked::User(user.id)).await?;
        let event = Event::new("user.password_changed", user.id, context);
        unit.outbox().add(&event).await?;
        Ok((user, ended))
    }

    fn audit(&self, (user, ended): &Self::Output) -> AuditEntry {
        AuditEntry::new("user.password_changed", user.id)
            .with("by", &"link")
            .with("sessions_ended", ended)
    }
}
