//! What a document says besides its amounts, so that an e-invoice can be made of it later.
//!
//! Terms are those of EN 16931 (BT-…, BG-…) and of the Gulf profiles built on it. Which of them a
//! profile demands is for the profile to judge; here they are only well formed.

mod bank;
mod flags;
mod references;
mod type_code;

use gaara_kernel::{Address, BilingualText, Currency, Date};
use thiserror::Error;

pub use bank::{BankError, Bic, Iban, PaymentMeans, PaymentMeansCode};
pub use flags::{TransactionFlag, TransactionFlags, TransactionKind};
pub use references::{DatedReference, Reference, References};
pub use type_code::{TypeCode, UnknownTypeCode};

use crate::totals::TaxCategory;

/// A period ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a period ends before it begins")]
pub struct PeriodError;

/// The days that something was delivered or charged for (BG-14, BG-26), both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: Date,
    to: Date,
}

impl Period {
    /// The days from one to another.
    ///
    /// # Errors
    /// [`PeriodError`] when the last lies before the first. Source: EN 16931 BR-29, BR-30.
    pub fn try_new(from: Date, to: Date) -> Result<Self, PeriodError> {
        if to < from { Err(PeriodError) } else { Ok(Self { from, to }) }
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
}

/// When and where goods or services were delivered (BG-13, BG-15).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivery {
    /// The day, or the first of them (BT-72).
    pub date: Option<Date>,
    /// The last day; needed by Saudi summary invoices and continuous supplies.
    pub end_date: Option<Date>,
    /// Where to (BG-15).
    pub address: Option<Address>,
}

/// Why no tax is charged under a category (BT-120, BT-121).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExemptionReason {
    /// The category.
    pub category: TaxCategory,
    /// The code of a list: VATEX-EU, VATEX-SA, …
    pub code: Option<Reference>,
    /// The reason in words.
    pub text: Option<BilingualText>,
}

/// What a document says besides its amounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InvoiceDetails {
    /// What it is by UNCL1001 (BT-3); usual for its type when absent.
    pub type_code: Option<TypeCode>,
    /// Standard or simplified, and what is special about it.
    pub transaction: TransactionFlags,
    /// What others call the orders, contracts and notes behind it.
    pub references: References,
    /// When and where was delivered.
    pub delivery: Delivery,
    /// The period that is charged for (BG-14).
    pub period: Option<Period>,
    /// How it may be paid (BG-16).
    pub payment_means: Vec<PaymentMeans>,
    /// The terms of payment in words (BT-20).
    pub payment_terms: Option<BilingualText>,
    /// The day on which the tax becomes due (BT-7).
    pub tax_point: Option<Date>,
    /// The currency that the tax is also told in (BT-6).
    pub tax_currency: Option<Currency>,
    /// Why no tax is charged, by category.
    pub exemptions: Vec<ExemptionReason>,
}

/// What people note on a document; it may change after the document was issued.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotations {
    /// A note to the other side (BT-22).
    pub note: Option<BilingualText>,
    /// Words to find the document by; sorted and each once.
    pub tags: Vec<Reference>,
    /// What was agreed about the due date.
    pub due_note: Option<BilingualText>,
}

impl Annotations {
    /// The same with its tags in order and each once.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.tags.sort_unstable();
        self.tags.dedup();
        self
    }
}

#[cfg(test)]
mod tests {
    use gaara_kernel::parse_date;

    use super::*;

    #[test]
    fn a_period_does_not_end_before_it_begins() {
        let (first, last) = (parse_date("2026-11-01").unwrap(), parse_date("2026-11-30").unwrap());

        assert_eq!(Period::try_new(first, last).map(Period::to), Ok(last));
        assert!(Period::try_new(first, first).is_ok());
        assert_eq!(Period::try_new(last, first), Err(PeriodError));
    }

    #[test]
    fn tags_are_kept_in_order_and_once() {
        let tag = |text| Reference::parse(text).unwrap();
        let tags = vec![tag("b"), tag("a"), tag("b")];
        let annotations = Annotations { tags, ..Annotations::default() }.sorted();
        assert_eq!(annotations.tags, [tag("a"), tag("b")]);
    }
}
