//! The keys that sign access tokens: publishing the next one, and showing those that are good.

use std::time::Duration;

use gaara_identity::{
    KeyNumber, KeySchedule, KeyState, Permission, PublicKey, SigningKey, TokenError,
};
use gaara_kernel::{StoreError, Timestamp};
use thiserror::Error;

use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Publishes the key that takes over next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RotateSigningKey {
    /// When the one that signs has done so for ninety days.
    WhenDue,
    /// Now; it takes over in an hour, when everybody who keeps a list of keys has it.
    Soon,
    /// Now, and it takes over at once: the one before may be known to somebody.
    AtOnce,
}

/// Why no key was published.
#[derive(Debug, Error)]
pub enum RotateSigningKeyError {
    /// The key that signs has not done so long enough.
    #[error("no key is due")]
    NotDue,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(RotateSigningKeyError);

impl UseCase for RotateSigningKey {
    type Output = SigningKey;
    type Error = RotateSigningKeyError;
    const PERMISSION: Permission = Permission::RotateSigningKeys;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<SigningKey, RotateSigningKeyError> {
        let (schedule, now) = (unit.signing_keys().lock().await?, context.now());
        let key = match self {
            Self::WhenDue => schedule.due(now).ok_or(RotateSigningKeyError::NotDue)?,
            Self::Soon => schedule.following(now, KeySchedule::PUBLISHED),
            Self::AtOnce => schedule.following(now, Duration::ZERO),
        };
        context.note_changed_lists();
        unit.signing_keys().add(&key).await?;
        let number = key.number.number().to_string();
        unit.outbox().add(&Event::about("signing_key.published", &number, context)).await?;
        Ok(key)
    }

    fn audit(&self, key: &SigningKey) -> AuditEntry {
        AuditEntry::about("signing_key.published", &key.number.number().to_string())
            .with("active_from", &key.active_from)
    }
}

/// A key as it is shown to those who check tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownKey {
    /// When it was published, and from when on it signs.
    pub key: SigningKey,
    /// What it is for now.
    pub state: KeyState,
    /// Its public half.
    pub public: PublicKey,
}

/// Why keys could not be shown.
#[derive(Debug, Error)]
pub enum ShowKeysError {
    /// A key cannot be derived.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// The public keys whose tokens are good now or soon, for anybody to check them with.
    ///
    /// # Errors
    /// Every variant of [`ShowKeysError`].
    pub async fn public_keys(&self) -> Result<Vec<ShownKey>, ShowKeysError> {
        let now = self.ports.clock.now();
        self.catch_up(now).await?;
        let schedule = self.looks.schedule();
        let shown = |key: &SigningKey| match schedule.state(key, now) {
            KeyState::Gone => None,
            state => {
                let public = self.ports.signer.public_key(key.number);
                Some(public.map(|public| ShownKey { key: *key, state, public }))
            }
        };
        Ok(schedule.keys().filter_map(shown).collect::<Result<_, _>>()?)
    }

    /// The key that signs at an instant, after the next one was published where that is due.
    pub(crate) async fn signing_key(&self, now: Timestamp) -> Result<KeyNumber, ShowKeysError> {
        self.catch_up(now).await?;
        let schedule = self.looks.schedule();
        if schedule.due(now).is_some() {
            // Somebody else may have done it, or the store may be busy: there is an hour left, and
            // whoever signs in next tries again.
            drop(self.execute(&self.system(), &RotateSigningKey::WhenDue).await);
        }
        Ok(schedule.active(now).ok_or(TokenError::Invalid)?)
    }
}
