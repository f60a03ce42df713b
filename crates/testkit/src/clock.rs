//! A clock that moves only when a test says so.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use gaara_kernel::{Clock, Timestamp};

/// The instant tests begin at: noon in Riyadh on 23 November 2026.
const START_MILLIS: i64 = 1_795_424_400_000;

/// A clock that stands still.
#[derive(Debug)]
pub struct StoppedClock(AtomicI64);

impl Default for StoppedClock {
    fn default() -> Self {
        Self(AtomicI64::new(START_MILLIS))
    }
}

impl StoppedClock {
    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        let millis = i64::try_from(by.as_millis()).expect("a test advances by less than an age");
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_begin_at_noon_in_riyadh() {
        assert_eq!(StoppedClock::default().now().to_string(), "2026-11-23T09:00:00.000Z");
    }
}
