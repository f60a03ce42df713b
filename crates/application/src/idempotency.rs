//! Idempotency keys: a request that is sent again has its effect once.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use gaara_kernel::{StoreError, Timestamp};
use thiserror::Error;

/// A client's key, within its scope.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdempotencyKey {
    /// Who asks, as [`crate::Principal::label`] prints it.
    pub principal: String,
    /// Where: method and route.
    pub route: String,
    /// The key itself.
    pub key: String,
}

/// The digest of what was asked, to tell a repeated request from a different one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub [u8; 32]);

/// A reply as it was first given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReply {
    /// The status.
    pub status: u16,
    /// The headers that belong to the effect: `location`, `etag`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A key, what it was used for, and the reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyRecord {
    /// The key.
    pub key: IdempotencyKey,
    /// What was asked.
    pub fingerprint: Fingerprint,
    /// What was answered.
    pub reply: StoredReply,
    /// When it was first answered.
    pub created_at: Timestamp,
    /// When the key may be used for something else.
    pub expires_at: Timestamp,
}

impl IdempotencyRecord {
    /// How long a key is remembered.
    pub const LIFETIME: Duration = Duration::from_hours(24);
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// Nothing; it is this unit's from now on.
    Free,
    /// Another unit is using it at this moment.
    Held,
    /// It was used before.
    Done(Box<IdempotencyRecord>),
}

/// Keeps idempotency records.
#[async_trait]
pub trait IdempotencyRepository: Send {
    /// Claims a key until the unit ends. A record that has expired is removed and counts as none.
    async fn claim(&mut self, key: &IdempotencyKey, now: Timestamp) -> Result<Claim, StoreError>;

    /// Adds the record of a claimed key, and forgets some whose time is over.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another unit added one meanwhile.
    async fn add(&mut self, record: &IdempotencyRecord) -> Result<(), StoreError>;
}

/// Asks an execution to have its effect once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// The key.
    pub key: IdempotencyKey,
    /// What is asked.
    pub fingerprint: Fingerprint,
}

/// Why a key was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OnceError {
    /// The key was used for a different request.
    #[error("the idempotency key was used for a different request")]
    Reused,
    /// The first request with this key is still running.
    #[error("the first request with this idempotency key is still running")]
    InProgress,
}

/// A reply, and whether it was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The effect happened now.
    Fresh(StoredReply),
    /// The effect had happened before.
    Replayed(StoredReply),
}

/// The keys this process is working on; a second request with one of them need not wait.
#[derive(Debug, Default)]
pub(crate) struct KeysInProgress(Mutex<HashSet<IdempotencyKey>>);

impl KeysInProgress {
    /// Enters a key; it leaves when the answer is dropped, however the execution ends.
    pub(crate) fn enter(&self, key: &IdempotencyKey) -> Result<KeyInProgress<'_>, OnceError> {
        let entered = self.lock().insert(key.clone());
        if entered {
            Ok(KeyInProgress { keys: self, key: key.clone() })
        } else {
            Err(OnceError::InProgress)
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashSet<IdempotencyKey>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) struct KeyInProgress<'a> {
    keys: &'a KeysInProgress,
    key: IdempotencyKey,
}

impl Drop for KeyInProgress<'_> {
    fn drop(&mut self) {
        self.keys.lock().remove(&self.key);
    }
}
