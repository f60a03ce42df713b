//! The days that a report is about.

use gaara_kernel::Date;
use thiserror::Error;

/// Some days, the first and the last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: Date,
    to: Date,
}

/// The last day of a period lies before its first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a period that begins on {from} cannot end on {to}")]
pub struct PeriodError {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Period {
    /// The days between two days, both included.
    ///
    /// # Errors
    /// [`PeriodError`] when the last lies before the first.
    pub fn try_new(from: Date, to: Date) -> Result<Self, PeriodError> {
        if to < from { Err(PeriodError { from, to }) } else { Ok(Self { from, to }) }
    }

    /// The first day.
    #[must_use]
    pub const fn from(self) -> Date {
        self.from
    }

    /// The last day.
    #[must_use]
    pub const fn to(self) -> Date {
        self.to
    }

    /// Whether a day is one of them.
    #[must_use]
    pub fn holds(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_belong_to_a_period_and_it_never_runs_backward() {
        let [first, last] = [Date::constant(2026, 2, 1), Date::constant(2026, 2, 28)];
        let period = Period::try_new(first, last).unwrap();

        assert!(period.holds(first) && period.holds(last));
        assert!(!period.holds(Date::constant(2026, 1, 31)));
        assert!(!period.holds(Date::constant(2026, 3, 1)));
        assert!(Period::try_new(first, first).is_ok());
        assert_eq!(Period::try_new(last, first), Err(PeriodError { from: last, to: first }));
    }
}
