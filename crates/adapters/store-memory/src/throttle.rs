//! Counters of tries, in this process.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use gaara_kernel::Timestamp;
use gaara_security_policy::{Throttle, ThrottleError, ThrottleRule, ThrottleState, Verdict};

/// How many keys may be remembered before idle ones are forgotten.
const KEYS_BEFORE_SWEEP: usize = 10_000;

/// Counts tries in this process alone.
#[derive(Debug, Default)]
pub struct MemoryThrottle(Mutex<HashMap<String, ThrottleState>>);

impl MemoryThrottle {
    /// A throttle that has counted nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn states(&self) -> MutexGuard<'_, HashMap<String, ThrottleState>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Throttle for MemoryThrottle {
    async fn take(
        &self,
        key: &str,
        rule: ThrottleRule,
        now: Timestamp,
    ) -> Result<Verdict, ThrottleError> {
        let mut states = self.states();
        if states.len() >= KEYS_BEFORE_SWEEP {
            states.retain(|_, state| state.idle_at > now);
        }
        let (verdict, next) = ThrottleState::decide(states.get(key).copied(), rule, now);
        if verdict == Verdict::Allowed {
            states.insert(key.to_owned(), next);
        }
        Ok(verdict)
    }

    async fn refund(
        &self,
        key: &str,
        rule: ThrottleRule,
        _: Timestamp,
    ) -> Result<(), ThrottleError> {
        if let Some(state) = self.states().get_mut(key) {
            *state = state.refund(rule);
        }
        Ok(())
    }

    async fn forget(&self, key: &str) -> Result<(), ThrottleError> {
        self.states().remove(key);
        Ok(())
    }
}
