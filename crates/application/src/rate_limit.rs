//! Counting requests by who makes them, in one process or shared between instances.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use gaara_kernel::{Cause, Timestamp};
use gaara_security_policy::{RateDecision, RateRule};
use thiserror::Error;

use crate::breaker::Guard;

/// The counters cannot be reached.
#[derive(Debug, Error)]
#[error("the counters of requests are unavailable")]
pub struct RateLimitError(#[source] pub Cause);

/// Keeps counters of requests by key.
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Counts one request for a key, if the rule allows it: in both windows or in neither.
    ///
    /// Counters that are shared may take the present from where they are kept.
    ///
    /// # Errors
    /// [`RateLimitError`] when the counters cannot be reached.
    async fn charge(
        &self,
        key: &str,
        rule: RateRule,
        now: Timestamp,
    ) -> Result<RateDecision, RateLimitError>;
}

/// How many keys that asked too often are remembered at most.
const REFUSALS_MAX: usize = 10_000;

/// Who asked too often, until when, and what they were told.
///
/// A refusal is not counted, so its end is known, and nobody need be asked before that.
#[derive(Debug, Default)]
struct Refusals(Mutex<HashMap<String, (Timestamp, RateDecision)>>);

impl Refusals {
    /// What is still to be told to a key.
    fn standing(&self, key: &str, now: Timestamp) -> Option<RateDecision> {
        let (told_at, decision) = *self.kept().get(key)?;
        let decision = decision.later(now.since(told_at));
        decision.retry_after.map(|_| decision)
    }

    fn note(&self, key: &str, decision: RateDecision, now: Timestamp) {
        let mut kept = self.kept();
        if kept.len() >= REFUSALS_MAX {
            kept.retain(|_, (told_at, told)| told.later(now.since(*told_at)).retry_after.is_some());
        }
        if kept.len() < REFUSALS_MAX {
            kept.insert(key.to_owned(), (now, decision));
        }
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<String, (Timestamp, RateDecision)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts in shared counters, and in its own while those cannot be reached.
///
/// It then applies its share of the limit alone, for the other instances do the same.
pub struct FallbackRateLimiter {
    shared: Arc<dyn RateLimiter>,
    local: Arc<dyn RateLimiter>,
    guard: Arc<Guard>,
    instances: u32,
    refusals: Refusals,
}

impl FallbackRateLimiter {
    /// Puts the two together, for one of so many instances.
    #[must_use]
    pub fn new(
        shared: Arc<dyn RateLimiter>,
        local: Arc<dyn RateLimiter>,
        guard: Arc<Guard>,
        instances: u32,
    ) -> Self {
        Self { shared, local, guard, instances, refusals: Refusals::default() }
    }
}

#[async_trait]
impl RateLimiter for FallbackRateLimiter {
    async fn charge(
        &self,
        key: &str,
        rule: RateRule,
        now: Timestamp,
    ) -> Result<RateDecision, RateLimitError> {
        if let Some(refused) = self.refusals.standing(key, now) {
            return Ok(refused);
        }
        let Ok(decision) = self.guard.call(self.shared.charge(key, rule, now)).await else {
            return self.local.charge(key, rule.shared_by(self.instances), now).await;
        };
        if decision.retry_after.is_some() {
            self.refusals.note(key, decision, now);
        }
        Ok(decision)
    }
}
