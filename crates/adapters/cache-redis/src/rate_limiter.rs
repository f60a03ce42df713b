//! The limiter of requests whose counters all instances share.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use gaara_application::{RateLimitError, RateLimiter};
use gaara_kernel::Timestamp;
use gaara_security_policy::{RateDecision, RateRule, RateState};
use redis::Script;

use crate::link::Link;

/// How long one call may take; every request waits for it.
const CALL_MAX: Duration = Duration::from_millis(20);
/// What every key of ours starts with.
const KEY_PREFIX: &str = "gaara:rate:";
/// How much longer than needed a counter is remembered.
const GRACE_MS: i64 = 1_000;

/// Counts requests in Redis, so that a limit holds however many instances there are.
///
/// Each request is one call of one script, which looks at both windows and charges both or
/// neither. It goes by the clock of Redis, so that instances whose clocks differ agree. A call that
/// takes longer than 20 ms is given up; somebody else has to count then.
pub struct RedisRateLimiter {
    link: Link,
    charge: Script,
}

impl fmt::Debug for RedisRateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisRateLimiter").finish_non_exhaustive()
    }
}

impl RedisRateLimiter {
    /// Prepares to use the server at an address like `redis://user:password@host:6379/0`.
    ///
    /// # Errors
    /// [`RateLimitError`] when the text is not an address of a Redis server.
    pub fn connect(url: &str) -> Result<Self, RateLimitError> {
        let link = Link::new(url, CALL_MAX).map_err(|error| RateLimitError(error.into()))?;
        Ok(Self { link, charge: Script::new(include_str!("charge.lua")) })
    }

    /// Gives each call this much time in place of 20 ms.
    #[must_use]
    pub fn with_call_max(mut self, call_max: Duration) -> Self {
        self.link.call_max = call_max;
        self
    }
}

#[async_trait]
impl RateLimiter for RedisRateLimiter {
    async fn charge(
        &self,
        key: &str,
        rule: RateRule,
        _: Timestamp,
    ) -> Result<RateDecision, RateLimitError> {
        let mut call = self.charge.key(format!("{KEY_PREFIX}{key}"));
        call.arg("").arg(GRACE_MS);
        for (_, window) in rule.windows() {
            call.arg(window.pace_ms()).arg(window.burst_ms());
        }
        let told: (i64, i64, i64, u64) = self.link.run(&call).await.map_err(RateLimitError)?;
        let (now, minute, hour, wait) = told;
        let state = RateState {
            minute_idle_at: Timestamp::from_millis(minute),
            hour_idle_at: Timestamp::from_millis(hour),
        };
        let retry_after = (wait > 0).then(|| Duration::from_millis(wait));
        Ok(state.tell(rule, retry_after, Timestamp::from_millis(now)))
    }
}
