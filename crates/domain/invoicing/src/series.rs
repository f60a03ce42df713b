//! Number series: what they number, how their numbers look, and when they are closed.

mod counter;
mod gaps;
mod pattern;

use gaara_kernel::{Code, Date, SeriesId, Timestamp, Version};
use thiserror::Error;

use crate::document::{DocumentKind, DocumentType};
use crate::draft::NewInvoice;

pub use counter::{CounterDecrease, DateOutOfOrder, InvoiceNumber, SeriesCounter};
pub use gaps::{NumberGap, NumberRun, gaps_between};
pub use pattern::{NumberPattern, PatternError};

/// What a series numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberedDocument {
    /// Invoices to customers.
    SaleInvoice,
    /// Credit notes to customers.
    SaleCreditNote,
    /// Invoices of suppliers.
    PurchaseInvoice,
    /// Credit notes of suppliers.
    PurchaseCreditNote,
}

impl NumberedDocument {
    /// Every kind.
    pub const ALL: [Self; 4] =
        [Self::SaleInvoice, Self::SaleCreditNote, Self::PurchaseInvoice, Self::PurchaseCreditNote];

    /// What a document is to the number series.
    #[must_use]
    pub const fn of(written: &NewInvoice) -> Self {
        match (written.kind(), written.document_type()) {
            (DocumentKind::Sale, DocumentType::Invoice) => Self::SaleInvoice,
            (DocumentKind::Sale, DocumentType::CreditNote) => Self::SaleCreditNote,
            (DocumentKind::Purchase, DocumentType::Invoice) => Self::PurchaseInvoice,
            (DocumentKind::Purchase, DocumentType::CreditNote) => Self::PurchaseCreditNote,
        }
    }

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SaleInvoice => "sale_invoice",
            Self::SaleCreditNote => "sale_credit_note",
            Self::PurchaseInvoice => "purchase_invoice",
            Self::PurchaseCreditNote => "purchase_credit_note",
        }
    }

    /// Finds a kind by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|document| document.code() == code)
    }

    /// The code of the series that every organisation begins with.
    #[must_use]
    pub const fn first_series(self) -> &'static str {
        match self {
            Self::SaleInvoice => "INV",
            Self::SaleCreditNote => "CRN",
            Self::PurchaseInvoice => "BILL",
            Self::PurchaseCreditNote => "DBN",
        }
    }
}

/// When a series counts from 1 again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SeriesReset {
    /// Each year.
    Yearly,
    /// Never.
    Never,
}

impl SeriesReset {
    /// Both, in the order documents name them.
    pub const ALL: [Self; 2] = [Self::Yearly, Self::Never];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yearly => "yearly",
            Self::Never => "never",
        }
    }

    /// Finds one by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reset| reset.code() == code)
    }

    /// The year in which a document of this date is counted; 0 where years make no difference.
    #[must_use]
    pub fn counted_year(self, date: Date) -> i16 {
        match self {
            Self::Yearly => date.year(),
            Self::Never => 0,
        }
    }
}

/// How the numbers of a series look and when they begin anew, so that none comes twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering {
    pattern: NumberPattern,
    reset: SeriesReset,
}

/// A series that begins anew each year does not show the year, so its numbers would come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a series that begins anew each year shows the year")]
pub struct YearMissing;

impl Numbering {
    /// Joins a pattern and a reset.
    ///
    /// # Errors
    /// [`YearMissing`] when numbers would come again next year.
    pub fn try_new(pattern: NumberPattern, reset: SeriesReset) -> Result<Self, YearMissing> {
        if reset == SeriesReset::Yearly && !pattern.shows_year() {
            return Err(YearMissing);
        }
        Ok(Self { pattern, reset })
    }

    /// How numbers look.
    #[must_use]
    pub const fn pattern(&self) -> &NumberPattern {
        &self.pattern
    }

    /// When they begin anew.
    #[must_use]
    pub const fn reset(&self) -> SeriesReset {
        self.reset
    }
}

/// A number series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberSeries {
    /// The id.
    pub id: SeriesId,
    /// The code it is named by; unique.
    pub code: Code,
    /// What it numbers.
    pub document: NumberedDocument,
    /// How its numbers look; no two series share a pattern.
    pub numbering: Numbering,
    /// Whether documents of its kind take their number from it when they name no series; at most
    /// one of a kind does.
    pub is_default: bool,
    /// When it was closed; `None` while it gives numbers.
    pub closed_at: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

/// A series as it stands, with its counters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesStanding {
    /// The series.
    pub series: NumberSeries,
    /// How far it has come, the latest year first.
    pub counters: Vec<SeriesCounter>,
}

impl SeriesStanding {
    /// The sequence that a document of this date would take.
    #[must_use]
    pub fn next_sequence(&self, date: Date) -> u32 {
        let year = self.series.numbering.reset().counted_year(date);
        let counter = self.counters.iter().find(|counter| counter.year == year);
        counter.map_or(1, |counter| counter.last_sequence.saturating_add(1))
    }

    /// Whether it ever gave a number.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.counters.iter().any(SeriesCounter::is_used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for document in NumberedDocument::ALL {
            assert_eq!(NumberedDocument::from_code(document.code()), Some(document));
        }
        for reset in SeriesReset::ALL {
            assert_eq!(SeriesReset::from_code(reset.code()), Some(reset));
        }
        assert_eq!(NumberedDocument::from_code("invoice"), None);
    }

    #[test]
    fn a_series_that_begins_anew_shows_the_year() {
        let without = NumberPattern::parse("INV-{sequence:05}").unwrap();
        assert_eq!(Numbering::try_new(without.clone(), SeriesReset::Yearly), Err(YearMissing));
        assert!(Numbering::try_new(without, SeriesReset::Never).is_ok());
        let with = NumberPattern::parse("INV-{year}-{sequence:05}").unwrap();
        assert!(Numbering::try_new(with, SeriesReset::Yearly).is_ok());
    }
}
