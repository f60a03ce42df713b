//! When a document is to be paid, whoever pays it.

use std::time::Duration;

use crate::calendar::Date;

/// When an invoice is to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PaymentTerms {
    /// Days from the issue date to the due date.
    pub net_days: u16,
}

impl PaymentTerms {
    /// The most days that may be granted.
    pub const NET_DAYS_MAX: u16 = 3650;

    /// The date by which an invoice of this date is to be paid.
    #[must_use]
    pub fn due_date(self, issue_date: Date) -> Date {
        let days = Duration::from_hours(24 * u64::from(self.net_days));
        issue_date.saturating_add(days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_date;

    /// Row P-07 of the rules.
    #[test]
    fn net_days_count_calendar_days() {
        for (from, due) in [("2022-01-31", "2022-03-02"), ("2022-01-15", "2022-02-14")] {
            let terms = PaymentTerms { net_days: 30 };
            assert_eq!(terms.due_date(parse_date(from).unwrap()).to_string(), due);
        }
    }
}
