//! A throttle that never opens: shared counters first, this process's own when they are gone.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_kernel::Timestamp;
use gaara_security_policy::{Throttle, ThrottleError, ThrottleRule, Verdict};

/// Counts in the shared throttle, and in the local one whenever the shared one cannot be reached.
pub struct FallbackThrottle {
    shared: Arc<dyn Throttle>,
    local: Arc<dyn Throttle>,
}

impl FallbackThrottle {
    /// Puts the two together.
    #[must_use]
    pub fn new(shared: Arc<dyn Throttle>, local: Arc<dyn Throttle>) -> Self {
        Self { shared, local }
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
        match self.shared.take(key, rule, now).await {
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
        match self.shared.refund(key, rule, now).await {
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
