//! The throttle whose counters all instances share.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use gaara_kernel::{Cause, Timestamp};
use gaara_security_policy::{Throttle, ThrottleError, ThrottleRule, Verdict};
use redis::Script;

use crate::link::Link;

/// How long one call may take.
const CALL_MAX: Duration = Duration::from_millis(250);
/// What every key of ours starts with.
const KEY_PREFIX: &str = "gaara:throttle:";
/// How much longer than needed a counter is remembered: by how much the clocks of two instances,
/// or of an instance and Redis, may differ before a limit is forgotten too early.
const GRACE_MS: i64 = 60_000;

/// Keeps the counters in Redis, so that a limit holds however many instances there are.
///
/// Each try is one script, so no two tries see the same counter. The instant is the caller's and
/// not the one of Redis: a decision is then a function of the request's single instant, the same
/// as in every other throttle, and tests can stop the clock. The price is that an instance whose
/// clock is ahead by a second makes the others wait a second longer; keep clocks in step.
///
/// A call takes 250 ms at most, connecting included. The connection is made by the first call and
/// again after any failure, so the server may start, and restart, later than its users.
pub struct RedisThrottle {
    link: Link,
    take: Script,
    refund: Script,
    forget: Script,
}

impl fmt::Debug for RedisThrottle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisThrottle").finish_non_exhaustive()
    }
}

impl RedisThrottle {
    /// Prepares to use the server at an address like `redis://user:password@host:6379/0`.
    ///
    /// # Errors
    /// [`ThrottleError`] when the text is not an address of a Redis server. Whether there is one
    /// is what [`RedisThrottle::check`] tells.
    pub fn connect(url: &str) -> Result<Self, ThrottleError> {
        Ok(Self {
            link: Link::new(url, CALL_MAX).map_err(|error| ThrottleError(error.into()))?,
            take: Script::new(include_str!("take.lua")),
            refund: Script::new(include_str!("refund.lua")),
            forget: Script::new("return redis.call('DEL', KEYS[1])"),
        })
    }

    /// Gives each call this much time in place of 250 ms.
    #[must_use]
    pub fn with_call_max(mut self, call_max: Duration) -> Self {
        self.link.call_max = call_max;
        self
    }

    /// Tries whether the server answers and runs scripts; for the start and for readiness.
    ///
    /// # Errors
    /// [`ThrottleError`] when it does not.
    pub async fn check(&self) -> Result<(), ThrottleError> {
        let script = Script::new("return 0");
        let answer: Result<i64, Cause> = self.link.run(&script.prepare_invoke()).await;
        answer.map(|_| ()).map_err(ThrottleError)
    }
}

#[async_trait]
impl Throttle for RedisThrottle {
    async fn take(
        &self,
        key: &str,
        rule: ThrottleRule,
        now: Timestamp,
    ) -> Result<Verdict, ThrottleError> {
        let mut call = self.take.key(format!("{KEY_PREFIX}{key}"));
        call.arg(now.as_millis())
            .arg(rule.pace_ms())
            .arg(rule.burst_ms())
            .arg(Timestamp::from_millis(i64::MAX).as_millis())
            .arg(GRACE_MS);
        let wait_ms: i64 = self.link.run(&call).await.map_err(ThrottleError)?;
        match u64::try_from(wait_ms) {
            Ok(0) => Ok(Verdict::Allowed),
            Ok(wait_ms) => Ok(Verdict::Refused { retry_after: Duration::from_millis(wait_ms) }),
            Err(error) => Err(ThrottleError(Cause::from(error))),
        }
    }

    async fn refund(
        &self,
        key: &str,
        rule: ThrottleRule,
        now: Timestamp,
    ) -> Result<(), ThrottleError> {
        let mut call = self.refund.key(format!("{KEY_PREFIX}{key}"));
        call.arg(now.as_millis()).arg(rule.pace_ms()).arg(GRACE_MS);
        let _: i64 = self.link.run(&call).await.map_err(ThrottleError)?;
        Ok(())
    }

    async fn forget(&self, key: &str) -> Result<(), ThrottleError> {
        let call = self.forget.key(format!("{KEY_PREFIX}{key}"));
        let _: i64 = self.link.run(&call).await.map_err(ThrottleError)?;
        Ok(())
    }
}
