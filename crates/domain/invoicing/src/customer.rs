//! Customers.

use gaara_kernel::{
    BilingualText, Country, Currency, CustomerId, Date, EmailAddress, Money, Timestamp, Version,
};

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
        let days = std::time::Duration::from_hours(24 * u64::from(self.net_days));
        issue_date.saturating_add(days)
    }
}

/// Somebody who buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The id.
    pub id: CustomerId,
    /// The name.
    pub name: BilingualText,
    /// Where mail goes; unique among customers.
    pub email: Option<EmailAddress>,
    /// The tax registration number.
    pub tax_id: Option<String>,
    /// Where the customer is registered.
    pub country: Country,
    /// The currency of its invoices.
    pub currency: Currency,
    /// The most it may owe, in its currency; without limit when absent.
    pub credit_limit: Option<Money>,
    /// When its invoices are to be paid.
    pub payment_terms: PaymentTerms,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

#[cfg(test)]
mod tests {
    use gaara_kernel::parse_date;

    use super::*;

    /// Row P-07 of the rules.
    #[test]
    fn net_days_count_calendar_days() {
        for (from, due) in [("2022-01-31", "2022-03-02"), ("2022-01-15", "2022-02-14")] {
            let terms = PaymentTerms { net_days: 30 };
            assert_eq!(terms.due_date(parse_date(from).unwrap()).to_string(), due);
        }
    }
}
