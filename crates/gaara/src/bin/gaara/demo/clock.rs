//! A clock that stands where the story has come to.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use gaara::kernel::{Clock, Timestamp};

/// A clock that moves only when it is told to.
pub(super) struct SteppedClock {
    end: Timestamp,
    millis: AtomicI64,
}

impl SteppedClock {
    /// Starts so many days before the end of the story.
    pub(super) fn days_before(end: Timestamp, days: u32) -> Self {
        let start = end.as_millis() - i64::from(days) * 86_400_000;
        Self { end, millis: AtomicI64::new(start) }
    }

    /// When the story ends.
    pub(super) const fn end(&self) -> Timestamp {
        self.end
    }

    /// Moves to an instant.
    pub(super) fn set(&self, at: Timestamp) {
        self.millis.store(at.as_millis(), Ordering::Relaxed);
    }

    /// The instants that part the rest of the story into so many equal steps.
    pub(super) fn steps(&self, count: u32) -> impl Iterator<Item = Timestamp> + use<> {
        let start = self.now();
        let step = self.end.since(start) / count.max(1);
        (0..count).map(move |index| start.plus(Duration::saturating_mul(step, index)))
    }
}

impl Clock for SteppedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.millis.load(Ordering::Relaxed))
    }
}
