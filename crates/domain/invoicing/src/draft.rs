//! Drafts: documents that may still change, and what they need to be issued.

use gaara_kernel::{
    BilingualText, Code, Currency, Date, DocumentId, InvoiceId, Money, ProductId, ReservationId,
    Timestamp, Version, WarehouseId,
};
use thiserror::Error;

use crate::credit::Correction;
use crate::details::{Annotations, InvoiceDetails, Period, Reference};
use crate::document::{DocumentKind, DocumentType, PartyId};
use crate::totals::{
    AdjustmentValue, DocumentAdjustment, DocumentInput, LineInput, LineTotals, Totals, TotalsError,
    TotalsPolicy, calculate,
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
    /// The code that the tax was found by; `None` where it was written on the line.
    pub tax_rate: Option<Code>,
    /// The promise of stock that the line keeps when the goods leave.
    pub reservation: Option<ReservationId>,
    /// A note to the other side (BT-127).
    pub note: Option<BilingualText>,
    /// The period that the line is charged for (BG-26).
    pub period: Option<Period>,
    /// The line of the corrected invoice that it takes back, from 0; only on credit notes.
    pub corrects_line: Option<usize>,
}

impl NewLine {
    /// A line in free text, with nothing else said about it.
    #[must_use]
    pub const fn new(description: BilingualText, unit: Code, input: LineInput) -> Self {
        Self {
            product: None,
            description,
            unit,
            input,
            tax_rate: None,
            reservation: None,
            note: None,
            period: None,
            corrects_line: None,
        }
    }
}

/// A document as it is written, before totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvoice {
    /// The id.
    pub id: InvoiceId,
    /// The other side: who buys, or who sells to us.
    pub party: PartyId,
    /// What it corrects; an invoice corrects nothing.
    pub corrects: Option<Correction>,
    /// What the supplier calls the document.
    pub supplier_reference: Option<Reference>,
    /// Where the goods leave from, come to or, on a credit note, go back to; no stock moves when
    /// absent.
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
    /// What it says besides its amounts.
    pub details: InvoiceDetails,
    /// What people note on it.
    pub annotations: Annotations,
}

/// Why a document cannot be stored. Lines count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DraftError {
    /// Only a supplier gives a document a reference of its own.
    #[error("only a supplier's document bears a supplier's reference")]
    SupplierReferenceUnexpected,
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
    /// An allowance or a charge of a fixed amount is below zero: it would be the other of the two.
    ///
    /// Source: EN 16931 tells the two apart by their names; ZATCA BR-KSA-F-04.
    #[error("an allowance or a charge is below zero")]
    AdjustmentNegative {
        /// The line; `None` where it is on the whole document.
        line: Option<usize>,
    },
    /// The document, or one of its tax groups, comes to less than nothing.
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
    /// An invoice of these lines, with nothing else said about it.
    #[must_use]
    pub fn new(id: InvoiceId, party: PartyId, currency: Currency, lines: Vec<NewLine>) -> Self {
        Self {
            id,
            party,
            corrects: None,
            supplier_reference: None,
            warehouse: None,
            currency,
            issue_date: None,
            due_date: None,
            prices_include_tax: false,
            lines,
            allowances: Vec::new(),
            charges: Vec::new(),
            prepaid: Money::zero(currency),
            rounding: Money::zero(currency),
            details: InvoiceDetails::default(),
            annotations: Annotations::default(),
        }
    }

    /// Whether we sell or buy.
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        self.party.kind()
    }

    /// Whether it asks for money or takes it back.
    #[must_use]
    pub const fn document_type(&self) -> DocumentType {
        if self.corrects.is_some() { DocumentType::CreditNote } else { DocumentType::Invoice }
    }

    /// Its id as it is printed.
    #[must_use]
    pub fn document_id(&self) -> DocumentId {
        match self.document_type() {
            DocumentType::Invoice => DocumentId::Invoice(self.id),
            DocumentType::CreditNote => DocumentId::credit_note(self.id),
        }
    }

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

    /// Calculates the totals of an invoice. A credit note takes its totals from the invoice that it
    /// corrects: see [`InvoiceContent::credit`].
    ///
    /// # Errors
    /// Every variant of [`DraftError`].
    pub fn into_content(self) -> Result<InvoiceContent, DraftError> {
        let not_positive = |line: &NewLine| !line.input.quantity.is_positive();
        if let Some(line) = self.lines.iter().position(not_positive) {
            return Err(DraftError::QuantityNotPositive { line });
        }
        self.check_adjustments()?;
        if self.supplier_reference.is_some() && self.kind() == DocumentKind::Sale {
            return Err(DraftError::SupplierReferenceUnexpected);
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
        let amounts = totals.tax_groups.iter().map(|group| group.taxable);
        if amounts.chain([totals.tax_inclusive, totals.payable]).any(Money::is_negative) {
            return Err(DraftError::TotalNegative);
        }
        Ok(InvoiceContent { written: self, totals })
    }

    fn check_adjustments(&self) -> Result<(), DraftError> {
        let is_negative = |value: AdjustmentValue| match value {
            AdjustmentValue::Amount(amount) => amount.is_negative(),
            AdjustmentValue::Percent { base, .. } => base.is_some_and(Money::is_negative),
        };
        let mut whole = self.allowances.iter().chain(&self.charges);
        if whole.any(|it| is_negative(it.value)) {
            return Err(DraftError::AdjustmentNegative { line: None });
        }
        let has_negative = |line: &NewLine| {
            let mut own = line.input.allowances.iter().chain(&line.input.charges);
            own.any(|it| is_negative(it.value))
        };
        match self.lines.iter().position(has_negative) {
            Some(line) => Err(DraftError::AdjustmentNegative { line: Some(line) }),
            None => Ok(()),
        }
    }

    /// Calculates the totals of an invoice and makes a draft of it.
    ///
    /// # Errors
    /// Every variant of [`DraftError`].
    pub fn into_draft(self, now: Timestamp) -> Result<DraftInvoice, DraftError> {
        Ok(DraftInvoice::new(self.into_content()?, now))
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

impl DraftInvoice {
    /// A draft that was just written.
    #[must_use]
    pub const fn new(content: InvoiceContent, now: Timestamp) -> Self {
        Self { content, created_at: now, updated_at: now, version: Version::FIRST }
    }

    /// The same draft with other content.
    #[must_use]
    pub fn rewritten(self, content: InvoiceContent, now: Timestamp) -> Self {
        Self { content, updated_at: now, version: self.version.next(), ..self }
    }
}
