//! Limits on how often something may be tried: the generic cell rate algorithm (GCRA).

use std::time::Duration;

use async_trait::async_trait;
use gaara_kernel::Timestamp;
use thiserror::Error;

/// How often something may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThrottleRule {
    /// How many times in a window.
    pub times: u32,
    /// How long the window is.
    pub window: Duration,
}

impl ThrottleRule {
    /// Sign-in: five times a minute.
    pub const SIGN_IN: Self = Self { times: 5, window: Duration::from_mins(1) };
    /// Signing in from one address, whoever is meant: twenty times a minute.
    pub const FROM_ADDRESS: Self = Self { times: 20, window: Duration::from_mins(1) };

    /// Refreshing from one address: two hundred times a minute. Nobody guesses 256 bits, and an
    /// office behind one address refreshes at the same time; this only bounds the work.
    pub const REFRESH: Self = Self { times: 200, window: Duration::from_mins(1) };

    /// Signing in with one name from wherever, on devices that are not known: a hundred times an
    /// hour (NIST SP 800-63B, section 3.2.2).
    pub const FOR_NAME: Self = Self { times: 100, window: Duration::from_hours(1) };
    /// Codes of a second factor of one user, wherever from: ten in a quarter of an hour, which is
    /// one chance in three hundred a day for whoever knows the password.
    pub const SECOND_FACTOR: Self = Self { times: 10, window: Duration::from_mins(15) };

    /// The time between two tries at an even pace, in milliseconds.
    #[must_use]
    pub fn pace_ms(&self) -> i64 {
        let window = i64::try_from(self.window.as_millis()).unwrap_or(i64::MAX);
        window / i64::from(self.times.max(1))
    }

    /// How far ahead of the even pace a burst may run, in milliseconds.
    #[must_use]
    pub fn burst_ms(&self) -> i64 {
        self.pace_ms().saturating_mul(i64::from(self.times.max(1)))
    }
}

/// What is remembered of one key: when it would be idle again (the theoretical arrival time).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThrottleState {
    /// When the key would be idle again.
    pub idle_at: Timestamp,
}

/// Whether one more try is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is, and has been counted.
    Allowed,
    /// It is not; nothing has been counted.
    Refused {
        /// When to try again.
        retry_after: Duration,
    },
}

impl ThrottleState {
    /// Decides on one more try and answers what to remember when it is allowed.
    #[must_use]
    pub fn decide(state: Option<Self>, rule: ThrottleRule, now: Timestamp) -> (Verdict, Self) {
        let start = state.map_or(now, |state| state.idle_at.max(now));
        let pace = Duration::from_millis(u64::try_from(rule.pace_ms()).unwrap_or(0));
        let next = Self { idle_at: start.plus(pace) };
        let ahead = next.idle_at.as_millis() - now.as_millis();
        let excess = ahead - rule.burst_ms();
        if excess > 0 {
            let retry_after = Duration::from_millis(u64::try_from(excess).unwrap_or(0));
            (Verdict::Refused { retry_after }, Self { idle_at: start })
        } else {
            (Verdict::Allowed, next)
        }
    }

    /// Takes one counted try back, for a try that turned out well.
    #[must_use]
    pub fn refund(self, rule: ThrottleRule) -> Self {
        Self { idle_at: Timestamp::from_millis(self.idle_at.as_millis() - rule.pace_ms()) }
    }
}

/// The counters cannot be reached.
#[derive(Debug, Error)]
#[error("the throttle is unavailable")]
pub struct ThrottleError(#[source] pub gaara_kernel::Cause);

/// Keeps counters by key, in one process or shared between instances.
#[async_trait]
pub trait Throttle: Send + Sync {
    /// Counts one try for a key, if the rule allows it.
    ///
    /// # Errors
    /// [`ThrottleError`] when the counters cannot be reached.
    async fn take(
        &self,
        key: &str,
        rule: ThrottleRule,
        now: Timestamp,
    ) -> Result<Verdict, ThrottleError>;

    /// Takes one counted try back.
    ///
    /// # Errors
    /// [`ThrottleError`] when the counters cannot be reached.
    async fn refund(
        &self,
        key: &str,
        rule: ThrottleRule,
        now: Timestamp,
    ) -> Result<(), ThrottleError>;

    /// Forgets every try that was counted for a key.
    ///
    /// # Errors
    /// [`ThrottleError`] when the counters cannot be reached.
    async fn forget(&self, key: &str) -> Result<(), ThrottleError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millis(1_000_000 + ms)
    }

    /// Tries at each instant and answers how many were allowed.
    fn allowed(instants: impl IntoIterator<Item = i64>) -> usize {
        let mut state = None;
        instants
            .into_iter()
            .filter(|ms| {
                let (verdict, next) = ThrottleState::decide(state, ThrottleRule::SIGN_IN, at(*ms));
                state = Some(next);
                verdict == Verdict::Allowed
            })
            .count()
    }

    #[test]
    fn five_at_once_and_then_one_every_twelve_seconds() {
        assert_eq!(allowed([0, 0, 0, 0, 0, 0, 0]), 5);
        assert_eq!(allowed([0, 0, 0, 0, 0, 11_999]), 5);
        assert_eq!(allowed([0, 0, 0, 0, 0, 12_000]), 6);
    }

    #[test]
    fn a_refusal_says_when_to_come_back_and_costs_nothing() {
        let mut state = None;
        for _ in 0..5 {
            state = Some(ThrottleState::decide(state, ThrottleRule::SIGN_IN, at(0)).1);
        }

        let (verdict, after) = ThrottleState::decide(state, ThrottleRule::SIGN_IN, at(2_000));

        assert_eq!(verdict, Verdict::Refused { retry_after: Duration::from_secs(10) });
        assert_eq!(Some(after), state);
    }

    #[test]
    fn a_refunded_try_was_never_made() {
        let (_, once) = ThrottleState::decide(None, ThrottleRule::SIGN_IN, at(0));
        assert_eq!(once.refund(ThrottleRule::SIGN_IN).idle_at, at(0));
    }

    #[test]
    fn no_window_holds_more_than_twice_the_limit() {
        let minute = (0..60_000).step_by(100);
        assert!(allowed(minute) <= 10);
    }
}
