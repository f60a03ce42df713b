//! How much a breaker puts up with, and ready-made answers for the usual kinds of remote parties.

use std::time::Duration;

use super::window::Window;

/// How much a breaker puts up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerPolicy {
    /// How many of the latest calls are looked at.
    pub window_calls: u32,
    /// How many calls there must be before a rate says anything.
    pub calls_min: u32,
    /// The share of failures at which it opens, in percent.
    pub failures_percent: u32,
    /// From when on a call counts as slow.
    pub slow_after: Duration,
    /// The share of slow calls at which it opens, in percent.
    pub slow_percent: u32,
    /// How long it stays open the first time.
    pub open: Duration,
    /// How long it stays open at most, however often it opened in a row.
    pub open_max: Duration,
    /// How many calls find out whether the remote party is back.
    pub permits: u32,
    /// How long finding out may take.
    pub half_open_max: Duration,
}

impl BreakerPolicy {
    /// What holds where nothing else is said: ten calls at least of the latest twenty, half of
    /// them failed or four in five slower than two seconds.
    pub const STANDARD: Self = Self {
        window_calls: 20,
        calls_min: 10,
        failures_percent: 50,
        slow_after: Duration::from_secs(2),
        slow_percent: 80,
        open: Duration::from_secs(30),
        open_max: Duration::from_mins(5),
        permits: 3,
        half_open_max: Duration::from_secs(30),
    };

    /// Payment providers: they answer within ten seconds, and a doubtful one is left alone sooner.
    pub const PAYMENT: Self = Self {
        calls_min: 5,
        failures_percent: 40,
        slow_after: Duration::from_secs(10),
        ..Self::STANDARD
    };

    /// Mail servers: slow by nature, and mail waits without harm.
    pub const MAIL: Self =
        Self { calls_min: 5, slow_after: Duration::from_secs(10), ..Self::STANDARD };

    /// Other people's programs that are told of events.
    pub const WEBHOOK: Self = Self { slow_after: Duration::from_secs(5), ..Self::STANDARD };

    /// Where secrets are kept: short and cheap calls, tried again soon.
    pub const SECRETS: Self = Self {
        calls_min: 5,
        open: Duration::from_secs(5),
        open_max: Duration::from_mins(1),
        ..Self::STANDARD
    };

    /// Any other service of somebody else's.
    pub const EXTERNAL: Self = Self::STANDARD;

    /// Shared counters that have a stand-in in this process: one failure is enough to use it for
    /// five seconds, and one call finds out whether they are back.
    pub const COUNTERS: Self = Self {
        window_calls: 1,
        calls_min: 1,
        failures_percent: 100,
        slow_after: Duration::from_secs(1),
        slow_percent: 100,
        open: Duration::from_secs(5),
        open_max: Duration::from_secs(5),
        permits: 1,
        half_open_max: Duration::from_secs(5),
    };

    /// How long it stays open after it opened so many times in a row before.
    pub(super) fn interval(&self, before: u32) -> Duration {
        let factor = 2_u32.checked_pow(before).unwrap_or(u32::MAX);
        self.open.saturating_mul(factor).min(self.open_max)
    }

    /// Whether what the window holds is more than is put up with.
    pub(super) fn is_broken(&self, window: &Window) -> bool {
        let reaches = |part: u32, percent: u32| {
            u64::from(part) * 100 >= u64::from(window.calls()) * u64::from(percent)
        };
        reaches(window.failures(), self.failures_percent)
            || reaches(window.slow(), self.slow_percent)
    }
}

/// A part of a duration by which instances differ, so that they do not all come back at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jitter(u8);

impl Jitter {
    /// No difference.
    pub const NONE: Self = Self(128);

    /// Out of a random byte: from ten percent less to ten percent more.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Self {
        Self(byte)
    }

    /// The duration with its difference.
    #[must_use]
    pub fn apply(self, duration: Duration) -> Duration {
        // 1152/1280 is ten percent less, 1408/1280 ten percent more.
        duration.saturating_mul(u32::from(self.0) + 1152) / 1280
    }
}
