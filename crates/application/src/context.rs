//! What a use case knows besides its own fields.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gaara_identity::{Digest, KeyedDigest};
use gaara_kernel::{Entropy, Id, Timestamp};

use crate::actor::Actor;
use crate::trace::TraceId;

/// Who asks, and when: fixed once, so that all rows of one transaction agree.
#[derive(Clone)]
pub struct Context {
    actor: Actor,
    now: Timestamp,
    entropy: Arc<dyn Entropy>,
    digest: Arc<dyn Digest>,
    keyed_digest: Arc<dyn KeyedDigest>,
    changed_lists: Arc<AtomicBool>,
}

impl Context {
    pub(crate) fn new(
        actor: Actor,
        now: Timestamp,
        entropy: Arc<dyn Entropy>,
        digest: Arc<dyn Digest>,
        keyed_digest: Arc<dyn KeyedDigest>,
    ) -> Self {
        Self { actor, now, entropy, digest, keyed_digest, changed_lists: Arc::default() }
    }

    /// Who asks.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The instant of everything this execution writes.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// The request.
    #[must_use]
    pub const fn trace(&self) -> TraceId {
        self.actor.trace()
    }

    /// A new id, or the one a client chose.
    #[must_use]
    pub fn id_or_new<I: Id>(&self, chosen: Option<I>) -> I {
        chosen.unwrap_or_else(|| self.entropy.new_id(self.now))
    }

    /// A new id.
    #[must_use]
    pub fn new_id<I: Id>(&self) -> I {
        self.id_or_new(None)
    }

    /// Notes that this execution changes a list that every instance keeps a copy of.
    pub(crate) fn note_changed_lists(&self) {
        self.changed_lists.store(true, Ordering::Relaxed);
    }

    /// Whether this execution changed such a list.
    pub(crate) fn has_changed_lists(&self) -> bool {
        self.changed_lists.load(Ordering::Relaxed)
    }

    /// What shows that the program wrote something.
    pub(crate) fn keyed_digest(&self) -> &dyn KeyedDigest {
        &*self.keyed_digest
    }

    /// SHA-256 of the bytes.
    #[must_use]
    pub fn sha256(&self, bytes: &[u8]) -> [u8; 32] {
        *self.digest.digest(bytes).as_bytes()
    }
}
