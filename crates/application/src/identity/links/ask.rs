//! Asking for a way back in.

use std::time::Duration;

use gaara_identity::{AccountLink, LinkPurpose, LinkSeed, Permission, TokenDigest};
use gaara_kernel::{StoreError, UserId};
use gaara_security_policy::ThrottleRule;
use thiserror::Error;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{ReadError, Refusal};
use crate::identity::tokens::hex;
use crate::identity::tries::TryError;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// How long a link stands before another one can take its place: whoever asks again and again
/// neither fills a mailbox nor takes the link away that its owner is about to follow.
const ANOTHER_AFTER: Duration = Duration::from_mins(5);

/// What somebody sends who forgot a password.
#[derive(Debug, Clone)]
pub struct PasswordResetRequest {
    /// A user name or an e-mail address.
    pub login: String,
    /// Where the request came from, to count tries by.
    pub address: String,
}

/// Why nothing was done. Whether there is such a user is never told.
#[derive(Debug, Error)]
pub enum PasswordResetFailure {
    /// Too many tries for this name, or from this address.
    #[error("too many tries")]
    Throttled {
        /// When to try again.
        retry_after: Duration,
    },
    /// The transaction was refused.
    #[error(transparent)]
    Refused(#[from] Refusal<ReadError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TryError> for PasswordResetFailure {
    fn from(error: TryError) -> Self {
        match error {
            TryError::TooMany { retry_after } => Self::Throttled { retry_after },
            TryError::Store(error) => Self::Store(error),
        }
    }
}

impl App {
    /// Lets somebody who forgot a password choose another one by a link in a mail. For a name
    /// that nobody has, the same is written and nothing is mailed.
    ///
    /// # Errors
    /// Every variant of [`PasswordResetFailure`].
    pub async fn ask_password_reset(
        &self,
        actor: &Actor,
        request: &PasswordResetRequest,
    ) -> Result<(), PasswordResetFailure> {
        self.count_address(&request.address).await?;
        let login = request.login.trim().to_lowercase();
        let name = hex(self.ports.digest.digest(login.as_bytes()).as_bytes());
        self.count_try(format!("password_reset:{name}"), ThrottleRule::SIGN_IN).await?;
        let known = self.find_login(&request.login).await?.filter(|user| !user.disabled);
        let user = known.filter(|_| self.has_mail()).map(|user| user.id);
        let use_case = AskPasswordReset { user, secret: self.new_link() };
        self.execute(actor, &use_case).await?;
        Ok(())
    }
}

/// Makes a link for a user who forgot a password, if there is one. Only
/// [`App::ask_password_reset`] can make one.
#[derive(Debug, Clone)]
pub struct AskPasswordReset {
    user: Option<UserId>,
    secret: (LinkSeed, TokenDigest),
}

impl UseCase for AskPasswordReset {
    type Output = ();
    type Error = ReadError;
    const PERMISSION: Permission = Permission::SignIn;

    async fn run(&self, unit: &mut dyn UnitOfWork, context: &Context) -> Result<(), ReadError> {
        let Some(id) = self.user else { return Ok(()) };
        let Some(user) = unit.users().lock(id).await? else { return Ok(()) };
        let stays = |link: AccountLink| match link.purpose {
            // Whoever was invited has no password to forget, and a stranger must not take the
            // invitation away.
            LinkPurpose::Invitation => true,
            LinkPurpose::PasswordReset => context.now().since(link.created_at) < ANOTHER_AFTER,
        };
        if unit.links().lock(user.id).await?.is_some_and(stays) {
            return Ok(());
        }
        let purpose = LinkPurpose::PasswordReset;
        let link = AccountLink::new(user.id, purpose, self.secret, context.now());
        unit.links().put(&link).await?;
        let event = Event::new("user.password_reset_asked", user.id, context);
        Ok(unit.outbox().add(&event).await?)
    }

    fn audit(&self, (): &()) -> AuditEntry {
        let action = "user.password_reset_asked";
        self.user.map_or_else(
            || AuditEntry::about(action, "nobody"),
            |user| AuditEntry::new(action, user),
        )
    }
}
