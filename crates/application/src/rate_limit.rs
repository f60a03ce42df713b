//! Counting requests by who makes them, in one process or shared between instances.

use std::sync::Arc;

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

/// Counts in shared counters, and in its own while those cannot be reached.
///
/// It then applies its share of the limit alone, for the other instances do the same.
pub struct FallbackRateLimiter {
    shared: Arc<dyn RateLimiter>,
    local: Arc<dyn RateLimiter>,
    guard: Arc<Guard>,
    instances: u32,
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
        Self { shared, local, guard, instances }
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
        match self.guard.call(self.shared.charge(key, rule, now)).await {
            Ok(decision) => Ok(decision),
            Err(_) => self.local.charge(key, rule.shared_by(self.instances), now).await,
        }
    }
}
