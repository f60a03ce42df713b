//! Adding and removing one's own passkeys.

use std::time::Duration;

use gaara_identity::{
    Ceremony, CeremonyPurpose, NewCredential, Passkey, PasskeyError, Permission, Revoked,
    TokenDigest,
};
use gaara_kernel::{PasskeyId, SessionId, StoreError, UserId};
use thiserror::Error;

use super::ceremony::{AskPasskeyError, AskedPasskey, PasskeyAnswer, broken};
use super::own;
use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{ReadError, Refusal, failure};
use crate::identity::revoke::revoke;
use crate::identity::tries::TryError;
use crate::outbox::Event;
use crate::ports::{ReadView, UnitOfWork};
use crate::use_case::{Query, UseCase};

/// Why no device was asked, or no passkey was added, before or in the transaction.
#[derive(Debug, Error)]
pub enum PasskeyFailure {
    /// Nobody checks passkeys here.
    #[error("passkeys are not available")]
    NotAvailable,
    /// The actor is no user.
    #[error("there is no user whose passkey it is")]
    NoUser,
    /// The user has no passkey.
    #[error("there is no passkey")]
    NoPasskey,
    /// The challenge is unknown, too old, answered, or was missed too often.
    #[error("the challenge is over")]
    Expired,
    /// The device answered something else, or for another page.
    #[error("the answer does not fit")]
    Invalid,
    /// Too many tries from this address.
    #[error("too many tries")]
    Throttled {
        /// When to try again.
        retry_after: Duration,
    },
    /// The question was not kept.
    #[error(transparent)]
    NotAsked(Refusal<AskPasskeyError>),
    /// The transaction was refused.
    #[error(transparent)]
    Refused(#[from] Refusal<OwnPasskeyError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TryError> for PasskeyFailure {
    fn from(error: TryError) -> Self {
        match error {
            TryError::TooMany { retry_after } => Self::Throttled { retry_after },
            TryError::Store(error) => Self::Store(error),
        }
    }
}

/// Why a passkey was not added or removed; nothing is written then.
#[derive(Debug, Error)]
pub enum OwnPasskeyError {
    /// The actor is no user.
    #[error("there is no user whose passkey it is")]
    NoUser,
    /// There is no such passkey.
    #[error("no such passkey")]
    NotFound,
    /// The user has no second factor, which comes first.
    #[error("there is no second factor")]
    NoSecondFactor,
    /// The user has as many as anybody may have.
    #[error("there are {max} passkeys")]
    TooMany {
        /// How many that is.
        max: usize,
    },
    /// Nobody was asked for this passkey, or too long ago, or it was answered.
    #[error("nobody was asked for this passkey")]
    NothingToConfirm,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(OwnPasskeyError);

impl App {
    /// Asks a device for a new passkey of the user who asks.
    ///
    /// # Errors
    /// Every variant of [`PasskeyFailure`] but those about answers; nothing is written then.
    pub async fn start_passkey(&self, actor: &Actor) -> Result<AskedPasskey, PasskeyFailure> {
        let verifier = self.passkey_verifier()?;
        let (id, _) = own(actor).ok_or(PasskeyFailure::NoUser)?;
        let mut view = self.ports.store.view().await?;
        let user = view.find_user(id).await?.ok_or(PasskeyFailure::NoUser)?;
        let known = view.list_passkeys(id).await?;
        drop(view);
        if user.second_factor_since.is_none() {
            return Err(Refusal::Failed(OwnPasskeyError::NoSecondFactor).into());
        }
        if known.len() >= Passkey::COUNT_MAX {
            let max = Passkey::COUNT_MAX;
            return Err(Refusal::Failed(OwnPasskeyError::TooMany { max }).into());
        }
        let account = user.username.as_str();
        let question = verifier.start_registration(id, account, &known).map_err(|_| broken())?;
        self.keep_registration(actor, id, question).await.map_err(PasskeyFailure::NotAsked)
    }

    /// Adds the passkey that a device has made, and ends every other session of its user.
    ///
    /// # Errors
    /// Every variant of [`PasskeyFailure`]; nothing is written then.
    pub async fn add_passkey(
        &self,
        actor: &Actor,
        name: &str,
        answer: &PasskeyAnswer,
    ) -> Result<Passkey, PasskeyFailure> {
        let verifier = self.passkey_verifier()?;
        let (user, session) = own(actor).ok_or(PasskeyFailure::NoUser)?;
        let purpose = CeremonyPurpose::Registration;
        let asked = self.standing_ceremony(&answer.ceremony, user, purpose).await?;
        let nothing = || Refusal::Failed(OwnPasskeyError::NothingToConfirm);
        let Ceremony { digest, state, .. } = asked.ok_or_else(nothing)?;
        let made = verifier.finish_registration(&state, &answer.credential);
        let made = made.map_err(|error| match error {
            PasskeyError::Refused(_) | PasskeyError::Cloned => PasskeyFailure::Invalid,
            PasskeyError::Broken(_) => broken().into(),
        })?;
        let use_case = AddPasskey { user, session, ceremony: digest, name: name.to_owned(), made };
        Ok(self.execute(actor, &use_case).await?)
    }
}

/// Lists the passkeys of the user who asks, the first added first.
#[derive(Debug, Clone)]
pub struct ListMyPasskeys;

impl Query for ListMyPasskeys {
    type Output = Vec<Passkey>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<Self::Output, ReadError> {
        match own(context.actor()) {
            Some((id, _)) => Ok(view.list_passkeys(id).await?),
            None => Ok(Vec::new()),
        }
    }
}

/// Adds a passkey that was checked. Only [`App::add_passkey`] can make one.
#[derive(Debug, Clone)]
pub struct AddPasskey {
    user: UserId,
    session: SessionId,
    ceremony: TokenDigest,
    name: String,
    made: NewCredential,
}

/// Takes a passkey of the user who asks away, and ends every other session of that user.
#[derive(Debug, Clone)]
pub struct RemovePasskey {
    /// Which.
    pub id: PasskeyId,
}

/// Ends what was opened before the passkeys of a user changed, and tells whoever listens.
async fn changed(
    unit: &mut dyn UnitOfWork,
    context: &Context,
    (user, session): (UserId, SessionId),
    event: &'static str,
) -> Result<(), StoreError> {
    unit.sessions().end_all(user, Some(session), context.now()).await?;
    revoke(unit, context, Revoked::User(user)).await?;
    unit.outbox().add(&Event::new(event, user, context)).await
}

impl UseCase for AddPasskey {
    type Output = Passkey;
    type Error = OwnPasskeyError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Passkey, OwnPasskeyError> {
        let user = unit.users().lock(self.user).await?.ok_or(OwnPasskeyError::NoUser)?;
        if user.second_factor_since.is_none() {
            return Err(OwnPasskeyError::NoSecondFactor);
        }
        if !unit.passkeys().take_ceremony(&self.ceremony).await? {
            return Err(OwnPasskeyError::NothingToConfirm);
        }
        let passkey = Passkey {
            id: context.new_id(),
            user_id: user.id,
            name: self.name.clone(),
            credential: self.made.credential.clone(),
            record: self.made.record.clone(),
            created_at: context.now(),
            last_used_at: None,
        };
        unit.passkeys().add(&passkey).await?;
        changed(unit, context, (user.id, self.session), "user.passkey_added").await?;
        Ok(passkey)
    }

    fn audit(&self, passkey: &Passkey) -> AuditEntry {
        AuditEntry::new("user.passkey_added", self.user)
            .with("passkey", &passkey.id)
            .with("name", &passkey.name)
    }
}

impl UseCase for RemovePasskey {
    /// Whose it was.
    type Output = UserId;
    type Error = OwnPasskeyError;
    const PERMISSION: Permission = Permission::UseOwnAccount;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<UserId, OwnPasskeyError> {
        let (id, session) = own(context.actor()).ok_or(OwnPasskeyError::NoUser)?;
        let user = unit.users().lock(id).await?.ok_or(OwnPasskeyError::NoUser)?;
        if !unit.passkeys().remove(user.id, self.id).await? {
            return Err(OwnPasskeyError::NotFound);
        }
        changed(unit, context, (user.id, session), "user.passkey_removed").await?;
        Ok(user.id)
    }

    fn audit(&self, user: &UserId) -> AuditEntry {
        AuditEntry::new("user.passkey_removed", *user).with("passkey", &self.id)
    }
}
