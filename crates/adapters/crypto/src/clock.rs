//! The machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use gaara_kernel::{Clock, Timestamp};

/// Reads the machine's clock, to the millisecond.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the machine's clock"
    )]
    fn now(&self) -> Timestamp {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_knows_what_century_it_is() {
        let now = SystemClock.now();
        assert!(now > Timestamp::parse("2026-01-01T00:00:00Z").unwrap());
        assert!(now < Timestamp::parse("2126-01-01T00:00:00Z").unwrap());
    }
}
