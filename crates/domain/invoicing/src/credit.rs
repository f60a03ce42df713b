//! Credit notes: what is taken back of an invoice, line by line, never more than it asked for.

mod amounts;
mod base;
mod note;

use gaara_kernel::{Date, InvoiceId, Money, Quantity};
use thiserror::Error;

pub use note::Credited;

use crate::details::Reference;
use crate::totals::TaxGroup;

/// Which invoice a credit note corrects, and why (EN 16931 BG-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its number (BT-25).
    pub number: String,
    /// Its date (BT-26).
    pub issue_date: Date,
    /// The code of the reason; Gulf profiles have lists of them.
    pub reason_code: Option<Reference>,
    /// The reason in words (KSA-10).
    pub reason: Option<Reference>,
}

/// How much of one line is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreditLine {
    /// The line of the invoice, from 0.
    pub line: usize,
    /// How much, in the unit of the line.
    pub quantity: Quantity,
}

/// What is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreditScope {
    /// Everything that was not taken back before.
    Full,
    /// Some of some lines; what is said of one line twice counts together.
    Lines(Vec<CreditLine>),
}

/// What issued credit notes took back of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreditedLine {
    /// The line of the invoice, from 0.
    pub line: usize,
    /// How much, in the unit of the line.
    pub quantity: Quantity,
    /// What it came to, in the terms of the invoice's prices: [`crate::totals::LineTotals::gross`]
    /// of the notes' lines.
    pub amount: Money,
}

/// What issued credit notes came to in the currency of the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreditedBase {
    /// The sum of their tax.
    pub tax: Money,
    /// The sum of their totals with tax.
    pub total: Money,
    /// The sum of what they are worth.
    pub payable: Money,
}

/// What issued credit notes took back of an invoice so far; voided notes are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreditedSoFar {
    /// By line of the invoice, each once.
    pub lines: Vec<CreditedLine>,
    /// By tax group, each once.
    pub groups: Vec<TaxGroup>,
    /// The sum of their rounding amounts; `None` when there are no notes.
    pub rounding: Option<Money>,
    /// What they came to in the books; `None` when there are no notes.
    pub base: Option<CreditedBase>,
}

/// Why nothing can be taken back. Lines count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CreditError {
    /// No line is named.
    #[error("a credit note needs a line")]
    Empty,
    /// The invoice has no such line.
    #[error("the invoice has no line {line}")]
    LineUnknown {
        /// The line that was asked for.
        line: usize,
    },
    /// A quantity is zero or less.
    #[error("line {line}: the quantity must be greater than zero")]
    QuantityNotPositive {
        /// The line.
        line: usize,
    },
    /// More is taken back than is left.
    #[error("line {line}: only {remaining} is left")]
    ExceedsRemaining {
        /// The line.
        line: usize,
        /// How much is left of it, in its unit.
        remaining: Quantity,
    },
    /// Everything was taken back before.
    #[error("nothing is left")]
    NothingLeft,
    /// An amount leaves its range.
    #[error("an amount is out of range")]
    OutOfRange,
}
