//! A throttle that never opens: shared counters first, this process's own when they are gone.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_kernel::Timestamp;
use gaara_security_policy::{Throttle, ThrottleError, ThrottleRule, Verdict};

use crate::breaker::Guard;

/// Counts in the shared throttle, and in the local one while the shared one cannot be reached.
pub struct FallbackThrottle {
    shared: Arc<dyn Throttle>,
    local: Arc<dyn Throttle>,
    guard: Arc<Guard>,
}

impl FallbackThrottle {
    /// Puts the two together; the guard remembers that the shared one is away.
    #[must_use]
    pub fn new(shared: Arc<dyn Throttle>, local: Arc<dyn Throttle>, guard: Arc<Guard>) -> Self {
        Self { shared, local, guard }
    }
}

#[async_trait]
impl Throttle for FallbackThrottle {
    async fn take(
        &self,
        key: &str,
        rule: ThrottleRule,
        now: Timestamp,
    ) -> Result<Verdict, ThrottleError> {
        match self.guard.call(self.shared.take(key, rule, now)).await {
            Ok(verdict) => Ok(verdict),
            Err(_) => self.local.take(key, rule, now).await,
        }
    }

    async fn refund(
        &self,
        key: &str,
        rule: ThrottleRule,
        now: Timestamp,
    ) -> Result<(), ThrottleError> {
        match self.guard.call(self.shared.refund(key, rule, now)).await {
            Ok(()) => Ok(()),
            Err(_) => self.local.refund(key, rule, now).await,
        }
    }

    async fn forget(&self, key: &str) -> Result<(), ThrottleError> {
        // Either may have counted.
        self.local.forget(key).await?;
        self.shared.forget(key).await
    }
}
