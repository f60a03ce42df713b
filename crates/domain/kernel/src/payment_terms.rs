//! When a document is to be paid, whoever pays it, and in how many parts.

use std::time::Duration;

use thiserror::Error;

use crate::calendar::Date;
use crate::money::{Money, MoneyError};
use crate::rounding::div_half_away;
use crate::scaled::{Percent, SCALE};

/// The whole, in millionths of a percent.
const WHOLE: i128 = 100 * 1_000_000;

/// One part of what is to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Instalment {
    /// How much of the whole.
    pub percent: Percent,
    /// Days from the issue date to its due date.
    pub net_days: u16,
}

/// A part of an amount, and when it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DuePart {
    /// When it is to be paid.
    pub due_date: Date,
    /// How much.
    pub amount: Money,
}

/// Why instalments are no payment terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PaymentTermsError {
    /// There are none, or more than thirty-six.
    #[error("between 1 and {} instalments", PaymentTerms::INSTALMENTS_MAX)]
    Count,
    /// One is no part of the whole.
    #[error("instalment {index} is not above zero")]
    NotPositive {
        /// Which, from 0.
        index: usize,
    },
    /// One is due too late.
    #[error("instalment {index} is due after more than {} days", PaymentTerms::NET_DAYS_MAX)]
    TooLate {
        /// Which, from 0.
        index: usize,
    },
    /// One is due before the one in front of it, or on the same day.
    #[error("instalment {index} is not due after the one before it")]
    OutOfOrder {
        /// Which, from 0.
        index: usize,
    },
    /// Together they are not the whole.
    #[error("the instalments add up to {sum} %")]
    NotWhole {
        /// What they add up to.
        sum: Percent,
    },
}

/// When an invoice is to be paid: at once, after some days, or in instalments.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PaymentTerms {
    net_days: u16,
    /// Empty where the whole is due on one day; else in the order of their days.
    instalments: Vec<Instalment>,
}

impl PaymentTerms {
    /// The most days that may be granted.
    pub const NET_DAYS_MAX: u16 = 3650;
    /// The most instalments there may be.
    pub const INSTALMENTS_MAX: usize = 36;

    /// The whole after some days; more than [`Self::NET_DAYS_MAX`] count as that many.
    #[must_use]
    pub const fn net(days: u16) -> Self {
        let net_days = if days > Self::NET_DAYS_MAX { Self::NET_DAYS_MAX } else { days };
        Self { net_days, instalments: Vec::new() }
    }

    /// In instalments that add up to 100 %, each due later than the one before it.
    ///
    /// # Errors
    /// Every variant of [`PaymentTermsError`].
    pub fn in_instalments(instalments: Vec<Instalment>) -> Result<Self, PaymentTermsError> {
        if !(1..=Self::INSTALMENTS_MAX).contains(&instalments.len()) {
            return Err(PaymentTermsError::Count);
        }
        let (mut sum, mut earlier) = (Percent::ZERO, None);
        for (index, part) in instalments.iter().enumerate() {
            if !part.percent.is_positive() || part.percent.as_millionths() > 100 * SCALE {
                return Err(PaymentTermsError::NotPositive { index });
            }
            if part.net_days > Self::NET_DAYS_MAX {
                return Err(PaymentTermsError::TooLate { index });
            }
            if earlier.is_some_and(|earlier| part.net_days <= earlier) {
                return Err(PaymentTermsError::OutOfOrder { index });
            }
            earlier = Some(part.net_days);
            sum = sum.plus(part.percent).unwrap_or(sum);
        }
        if i128::from(sum.as_millionths()) != WHOLE {
            return Err(PaymentTermsError::NotWhole { sum });
        }
        Ok(Self { net_days: earlier.unwrap_or_default(), instalments })
    }

    /// Days from the issue date to the day on which everything is due.
    #[must_use]
    pub const fn net_days(&self) -> u16 {
        self.net_days
    }

    /// The instalments, the first due first; none where the whole is due on one day.
    #[must_use]
    pub fn instalments(&self) -> &[Instalment] {
        &self.instalments
    }

    /// The date by which an invoice of this date is to be paid as a whole.
    #[must_use]
    pub fn due_date(&self, issue_date: Date) -> Date {
        after(issue_date, self.net_days)
    }

    /// What is due when, of an amount on an invoice of this date.
    ///
    /// Each part is what is due up to it, rounded with halves away from zero, less what was due
    /// before it. So the last takes the remainder, and no part has another sign than the whole.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] never, for an amount that exists.
    pub fn split(&self, total: Money, issue_date: Date) -> Result<Vec<DuePart>, MoneyError> {
        if self.instalments.is_empty() {
            return Ok(vec![DuePart { due_date: self.due_date(issue_date), amount: total }]);
        }
        let (mut percent, mut given) = (0, 0);
        let part = |instalment: &Instalment| {
            percent += i128::from(instalment.percent.as_millionths());
            let due = div_half_away(i128::from(total.minor()) * percent, WHOLE);
            let amount = Money::from_wide(due - given, total.currency())?;
            given = due;
            Ok(DuePart { due_date: after(issue_date, instalment.net_days), amount })
        };
        self.instalments.iter().map(part).collect()
    }
}

fn after(date: Date, days: u16) -> Date {
    date.saturating_add(Duration::from_hours(24 * u64::from(days)))
}

#[cfg(test)]
mod tests;
