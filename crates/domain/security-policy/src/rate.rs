//! How many requests one principal may make: two windows, charged together or not at all.

#[cfg(test)]
mod tests;

use std::time::Duration;

use gaara_kernel::Timestamp;

use crate::throttle::ThrottleRule;

/// How many requests may be made in a minute and in an hour.
///
/// Both are kept by the generic cell rate algorithm: at once as many as the limit, and never more
/// than twice as many in any window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateRule {
    /// In a minute.
    pub minute: ThrottleRule,
    /// In an hour.
    pub hour: ThrottleRule,
}

impl RateRule {
    /// What holds where nothing else is said: 100 a minute and 2,000 an hour.
    pub const STANDARD: Self = Self::new(100, 2_000);

    /// So many a minute and an hour, one at least.
    #[must_use]
    pub const fn new(per_minute: u32, per_hour: u32) -> Self {
        Self {
            minute: ThrottleRule { times: per_minute, window: Duration::from_mins(1) },
            hour: ThrottleRule { times: per_hour, window: Duration::from_hours(1) },
        }
    }

    /// The share of one of so many instances that count each for itself; one at least.
    #[must_use]
    pub fn shared_by(self, instances: u32) -> Self {
        let share = |rule: ThrottleRule| ThrottleRule {
            times: (rule.times / instances.max(1)).max(1),
            window: rule.window,
        };
        Self { minute: share(self.minute), hour: share(self.hour) }
    }

    /// Both windows, by the names that clients see.
    #[must_use]
    pub const fn windows(&self) -> [(&'static str, ThrottleRule); 2] {
        [("min", self.minute), ("hour", self.hour)]
    }
}

/// What is remembered of one key: when each window would be idle again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateState {
    /// Of the minute.
    pub minute_idle_at: Timestamp,
    /// Of the hour.
    pub hour_idle_at: Timestamp,
}

/// How one window stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowStanding {
    /// How many more requests may be made at once.
    pub remaining: u32,
    /// How long until all of the limit is there again.
    pub full_after: Duration,
}

/// Whether a request may be made, and how its principal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateDecision {
    /// The rule that was applied.
    pub rule: RateRule,
    /// When to try again; `None` when the request may be made, and has been counted.
    pub retry_after: Option<Duration>,
    /// How the minute stands.
    pub minute: WindowStanding,
    /// How the hour stands.
    pub hour: WindowStanding,
}

impl RateDecision {
    /// The same decision some time later, as long as nothing else was counted: waits are shorter,
    /// and the one that is over is none.
    #[must_use]
    pub fn later(self, passed: Duration) -> Self {
        let waiting = |wait: Duration| Some(wait.saturating_sub(passed)).filter(|it| !it.is_zero());
        let standing = |standing: WindowStanding| WindowStanding {
            full_after: standing.full_after.saturating_sub(passed),
            ..standing
        };
        Self {
            retry_after: self.retry_after.and_then(waiting),
            minute: standing(self.minute),
            hour: standing(self.hour),
            ..self
        }
    }
}

/// One window after a request was looked at.
struct Looked {
    start: Timestamp,
    next: Timestamp,
    wait: Duration,
}

fn millis(value: i64) -> Duration {
    Duration::from_millis(u64::try_from(value).unwrap_or(0))
}

fn look(idle_at: Option<Timestamp>, rule: ThrottleRule, now: Timestamp) -> Looked {
    let latest = now.plus(millis(rule.burst_ms()));
    // What lies further ahead than any burst was written by a clock that has been put back.
    let start = idle_at.map_or(now, |idle_at| idle_at.min(latest).max(now));
    let next = start.plus(millis(rule.pace_ms()));
    Looked { start, next, wait: next.since(latest) }
}

fn standing(idle_at: Timestamp, rule: ThrottleRule, now: Timestamp) -> WindowStanding {
    let full_after = idle_at.since(now);
    let ahead = i64::try_from(full_after.as_millis()).unwrap_or(i64::MAX);
    let left = (rule.burst_ms() - ahead).max(0) / rule.pace_ms().max(1);
    WindowStanding { remaining: u32::try_from(left).unwrap_or(u32::MAX), full_after }
}

impl RateState {
    /// Decides on one more request and answers what to remember: both windows are charged, or
    /// neither is.
    #[must_use]
    pub fn decide(state: Option<Self>, rule: RateRule, now: Timestamp) -> (RateDecision, Self) {
        let minute = look(state.map(|state| state.minute_idle_at), rule.minute, now);
        let hour = look(state.map(|state| state.hour_idle_at), rule.hour, now);
        let wait = minute.wait.max(hour.wait);
        let (retry_after, next) = if wait.is_zero() {
            (None, Self { minute_idle_at: minute.next, hour_idle_at: hour.next })
        } else {
            (Some(wait), Self { minute_idle_at: minute.start, hour_idle_at: hour.start })
        };
        (next.tell(rule, retry_after, now), next)
    }

    /// The decision that led to this state.
    #[must_use]
    pub fn tell(
        self,
        rule: RateRule,
        retry_after: Option<Duration>,
        now: Timestamp,
    ) -> RateDecision {
        RateDecision {
            rule,
            retry_after,
            minute: standing(self.minute_idle_at, rule.minute, now),
            hour: standing(self.hour_idle_at, rule.hour, now),
        }
    }

    /// Whether nothing is left to be remembered.
    #[must_use]
    pub fn is_idle(self, now: Timestamp) -> bool {
        self.minute_idle_at.max(self.hour_idle_at) <= now
    }
}
