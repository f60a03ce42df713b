//! Drafts: documents that may still change, and what they need to be issued.

use gaara_kernel::{
    BilingualText, Code, Currency, CustomerId, Date, InvoiceId, Money, PaymentTerms, ProductId,
    ReservationId, Timestamp, Version, WarehouseId,
};
use thiserror::Error;

use crate::issued::IssuedInvoice;
use crate::series::InvoiceNumber;
use crate::totals::{
    DocumentAdjustment, DocumentInput, LineInput, LineTotals, Totals, TotalsError, TotalsPolicy,
    calculate,
};

/// A line as it is written, before totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// The product; `None` for a line in free text.
    pub product: Option<ProductId>,
    /// What the line is for, frozen with the document.
    pub description: BilingualText,
    /// The unit of the quantity.
    pub unit: Code,
    /// Quantity, price, allowances, charges and tax.
    pub input: LineInput,
    /// The promise of stock that the line keeps when the goods leave.
    pub reservation: Option<ReservationId>,
}

/// A document as it is written, before totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvoice {
    /// The id.
    pub id: InvoiceId,
    /// Who buys.
    pub customer: CustomerId,
    /// Where the goods leave from; no stock moves when absent.
    pub warehouse: Option<WarehouseId>,
    /// The currency of every amount.
    pub currency: Currency,
    /// The issue date wished for; the day of issuing when absent.
    pub issue_date: Option<Date>,
    /// The due date wished for; by the customer's terms when absent.
    pub due_date: Option<Date>,
    /// Whether line prices hold the tax.
    pub prices_include_tax: bool,
    /// The lines.
    pub lines: Vec<NewLine>,
    /// Allowances on the whole document.
    pub allowances: Vec<DocumentAdjustment>,
    /// Charges on the whole document.
    pub charges: Vec<DocumentAdjustment>,
    /// What was paid before (EN 16931 BT-113).
    pub prepaid: Money,
    /// What is added to the amount due to make it round (EN 16931 BT-114).
    pub rounding: Money,
}

/// Why a document cannot be stored. Lines count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DraftError {
    /// A quantity is zero or less: returns are credit notes.
    #[error("line {line}: the quantity must be greater than zero")]
    QuantityNotPositive {
        /// The line.
        line: usize,
    },
    /// A line's allowances are more than it is worth.
    #[error("line {line}: the net amount is below zero")]
    NetNegative {
        /// The line.
        line: usize,
    },
    /// The document comes to less than nothing.
    #[error("the total is below zero")]
    TotalNegative,
    /// What was paid before is below zero.
    #[error("the prepaid amount is below zero")]
    PrepaidNegative,
    /// What makes the amount due round is more than that takes.
    #[error("the rounding amount is more than {minor_max} minor units")]
    RoundingTooLarge {
        /// The most it may be, in minor units, either way.
        minor_max: i64,
    },
    /// The totals cannot be calculated.
    #[error(transparent)]
    Totals(#[from] TotalsError),
}

/// The most that rounding may move the amount due, in minor units: the coarsest cash increment.
const ROUNDING_MINOR_MAX: i64 = 100;

impl NewInvoice {
    /// What the totals are calculated from.
    #[must_use]
    pub fn document(&self) -> DocumentInput {
        let lines = self.lines.iter().map(|line| line.input.clone()).collect();
        DocumentInput {
            prices_include_tax: self.prices_include_tax,
            allowances: self.allowances.clone(),
            charges: self.charges.clone(),
            prepaid: self.prepaid,
            rounding: self.rounding,
            ..DocumentInput::new(self.currency, lines)
        }
    }

    /// Calculates the totals and makes a draft of it.
    ///
    /// # Errors
    /// Every variant of [`DraftError`].
    pub fn into_draft(self, now: Timestamp) -> Result<DraftInvoice, DraftError> {
        let not_positive = |line: &NewLine| !line.input.quantity.is_positive();
        if let Some(line) = self.lines.iter().position(not_positive) {
            return Err(DraftError::QuantityNotPositive { line });
        }
        if self.prepaid.is_negative() {
            return Err(DraftError::PrepaidNegative);
        }
        if self.rounding.minor().abs() > ROUNDING_MINOR_MAX {
            return Err(DraftError::RoundingTooLarge { minor_max: ROUNDING_MINOR_MAX });
        }
        let totals = calculate(&self.document(), &TotalsPolicy::for_currency(self.currency))?;
        if let Some(line) = totals.lines.iter().position(|line| line.net.is_negative()) {
            return Err(DraftError::NetNegative { line });
        }
        if totals.tax_inclusive.is_negative() || totals.payable.is_negative() {
            return Err(DraftError::TotalNegative);
        }
        let content = InvoiceContent { written: self, totals };
        Ok(DraftInvoice { content, created_at: now, updated_at: now, version: Version::FIRST })
    }
}

/// What a document says: what was written, and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceContent {
    /// The document as it was written.
    pub written: NewInvoice,
    /// What it comes to; stored, never calculated again.
    pub totals: Totals,
}

impl InvoiceContent {
    /// The lines with their totals.
    pub fn lines(&self) -> impl Iterator<Item = (&NewLine, &LineTotals)> {
        self.written.lines.iter().zip(&self.totals.lines)
    }
}

/// A document that may still change. It has no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftInvoice {
    /// What it says.
    pub content: InvoiceContent,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

/// Why a draft cannot be issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IssueError {
    /// The draft has no lines.
    #[error("an invoice needs a line")]
    Empty,
    /// The due date lies before the issue date.
    #[error("the due date {due_date} lies before the issue date {issue_date}")]
    DueBeforeIssue {
        /// The issue date.
        issue_date: Date,
        /// The due date.
        due_date: Date,
    },
}

impl DraftInvoice {
    /// Fixes the dates and checks everything that needs no number.
    ///
    /// # Errors
    /// Every variant of [`IssueError`].
    pub fn prepare(
        self,
        issue_date: Date,
        terms: &PaymentTerms,
    ) -> Result<PreparedInvoice, IssueError> {
        let written = &self.content.written;
        if written.lines.is_empty() {
            return Err(IssueError::Empty);
        }
        let due_date = written.due_date.unwrap_or_else(|| terms.due_date(issue_date));
        if due_date < issue_date {
            return Err(IssueError::DueBeforeIssue { issue_date, due_date });
        }
        Ok(PreparedInvoice { draft: self, issue_date, due_date })
    }
}

/// A draft that lacks nothing but its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedInvoice {
    draft: DraftInvoice,
    issue_date: Date,
    due_date: Date,
}

impl PreparedInvoice {
    /// What it says.
    #[must_use]
    pub const fn content(&self) -> &InvoiceContent {
        &self.draft.content
    }

    /// The date it will bear.
    #[must_use]
    pub const fn issue_date(&self) -> Date {
        self.issue_date
    }

    /// Issues the document: from now on it never changes.
    #[must_use]
    pub fn issue(self, number: InvoiceNumber, now: Timestamp) -> IssuedInvoice {
        let DraftInvoice { content, created_at, version, .. } = self.draft;
        let nothing = Money::zero(content.written.currency);
        IssuedInvoice {
            content,
            number,
            issue_date: self.issue_date,
            due_date: self.due_date,
            issued_at: now,
            paid: nothing,
            credited: nothing,
            created_at,
            updated_at: now,
            version: version.next(),
        }
    }
}
