//! Instants, exact to the millisecond.

use std::fmt;
use std::time::Duration;

use thiserror::Error;

/// The text is not an RFC 3339 instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not an RFC 3339 instant")]
pub struct TimestampError;

/// An instant in UTC, counted in whole milliseconds since 1970.
///
/// Every store and every edge carries milliseconds, so an instant survives each round trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The last instant of the year 9999: what a four-digit year can print.
    const MILLIS_MAX: i64 = 253_402_207_199_999;

    /// Takes milliseconds since 1970, held within the years 1970 to 9999.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(0, Self::MILLIS_MAX))
    }

    /// Reads an RFC 3339 instant; digits below the millisecond are dropped.
    ///
    /// # Errors
    /// [`TimestampError`] for any other text.
    pub fn parse(text: &str) -> Result<Self, TimestampError> {
        let instant: jiff::Timestamp = text.parse().map_err(|_| TimestampError)?;
        Ok(Self::from_millis(instant.as_millisecond()))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The instant this much later.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// The instant this much earlier; the earliest there is when that is out of range.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self::from_millis(self.0.saturating_sub(millis))
    }

    /// How much time has passed since an earlier instant; zero when it is not earlier.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0 - earlier.0).unwrap_or(0))
    }

    pub(crate) fn as_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.as_jiff())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_prints_milliseconds_in_utc() {
        let instant = Timestamp::parse("2026-11-23T15:00:00.5+03:00").unwrap();
        assert_eq!(instant.to_string(), "2026-11-23T12:00:00.500Z");
        assert_eq!(Timestamp::parse(&instant.to_string()), Ok(instant));
    }

    #[test]
    fn time_only_adds_up_forward() {
        let start = Timestamp::from_millis(1_000);
        let later = start.plus(Duration::from_secs(2));
        assert_eq!(later.since(start), Duration::from_secs(2));
        assert_eq!(start.since(later), Duration::ZERO);
    }
}
