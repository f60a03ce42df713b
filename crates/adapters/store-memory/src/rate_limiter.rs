//! Counters of requests, in this process.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use gaara_application::{RateLimitError, RateLimiter};
use gaara_kernel::Timestamp;
use gaara_security_policy::{RateDecision, RateRule, RateState};

/// How many keys may be remembered before idle ones are forgotten.
const KEYS_BEFORE_SWEEP: usize = 10_000;

#[derive(Debug)]
struct Counters {
    states: HashMap<String, RateState>,
    /// At how many keys idle ones are looked for: not at each new key once many are busy.
    sweep_at: usize,
}

/// Counts requests in this process alone.
#[derive(Debug)]
pub struct MemoryRateLimiter(Mutex<Counters>);

impl MemoryRateLimiter {
    /// A limiter that has counted nothing.
    #[must_use]
    pub fn new() -> Self {
        let counters = Counters { states: HashMap::new(), sweep_at: KEYS_BEFORE_SWEEP };
        Self(Mutex::new(counters))
    }
}

impl Default for MemoryRateLimiter {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl RateLimiter for MemoryRateLimiter {
    async fn charge(
        &self,
        key: &str,
        rule: RateRule,
        now: Timestamp,
    ) -> Result<RateDecision, RateLimitError> {
        let mut counters = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counters.states.len() >= counters.sweep_at {
            counters.states.retain(|_, state| !state.is_idle(now));
            counters.sweep_at = KEYS_BEFORE_SWEEP.max(counters.states.len().saturating_mul(2));
        }
        let (decision, next) = RateState::decide(counters.states.get(key).copied(), rule, now);
        if decision.retry_after.is_none() {
            counters.states.insert(key.to_owned(), next);
        }
        Ok(decision)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn what_is_idle_is_forgotten_and_what_is_busy_is_kept() {
        let limiter = MemoryRateLimiter::new();
        let (rule, start) = (RateRule::STANDARD, Timestamp::from_millis(1_000_000));
        for number in 0..KEYS_BEFORE_SWEEP {
            limiter.charge(&format!("idle-{number}"), rule, start).await.unwrap();
        }
        let later = start.plus(Duration::from_secs(2));

        limiter.charge("busy", rule, later).await.unwrap();

        let counters = limiter.0.lock().unwrap();
        assert_eq!(counters.states.len(), 1);
        assert_eq!(counters.sweep_at, KEYS_BEFORE_SWEEP);
    }
}
