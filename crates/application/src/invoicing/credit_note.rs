//! Credit notes as they are written: what is taken back of an invoice that was issued.

use gaara_invoicing::details::Reference;
use gaara_invoicing::{
    Annotations, Correction, CreditError, CreditLine, CreditScope, CreditedSoFar, DocumentKind,
    DocumentType, DraftError, InvoiceContent, InvoiceDetails, IssuedInvoice, NewInvoice,
};
use gaara_kernel::{CreditNoteId, Currency, Date, InvoiceId, StoreError, WarehouseId};
use thiserror::Error;

use super::correct::rewrite;
use super::issue::IssueInvoiceError;
use super::state::{InvoiceStateError, from_state, lock_issued};
use crate::failure::failure;
use crate::inventory::{PlaceError, hold_places};
use crate::ports::UnitOfWork;

/// A credit note as it is written.
#[derive(Debug, Clone)]
pub struct WrittenCreditNote {
    /// The id a client chose; a draft that is written again keeps its own.
    pub id: Option<CreditNoteId>,
    /// The invoice; a draft that is written again keeps its own.
    pub invoice: InvoiceId,
    /// What is taken back.
    pub scope: CreditScope,
    /// The currency the client believes the invoice to be in.
    pub currency: Option<Currency>,
    /// Whether the goods go back to where they came from.
    pub restock: bool,
    /// Where to, when not to the warehouse of the invoice.
    pub warehouse: Option<WarehouseId>,
    /// The issue date wished for.
    pub issue_date: Option<Date>,
    /// The code of the reason.
    pub reason_code: Option<Reference>,
    /// The reason in words.
    pub reason: Option<Reference>,
    /// What the supplier calls the document; only on purchases.
    pub supplier_reference: Option<Reference>,
    /// What it says besides its amounts; what the invoice says when absent.
    pub details: Option<InvoiceDetails>,
    /// What people note on it.
    pub annotations: Annotations,
}

impl WrittenCreditNote {
    /// A credit note over a part of an invoice, with nothing else said about it.
    #[must_use]
    pub fn new(invoice: InvoiceId, scope: CreditScope) -> Self {
        Self {
            id: None,
            invoice,
            scope,
            currency: None,
            restock: false,
            warehouse: None,
            issue_date: None,
            reason_code: None,
            reason: None,
            supplier_reference: None,
            details: None,
            annotations: Annotations::default(),
        }
    }

    /// The credit note that a stored document holds, to be written again; `None` for an invoice.
    #[must_use]
    pub fn again(written: &NewInvoice) -> Option<Self> {
        let correction = written.corrects.as_ref()?;
        let line = |line: &gaara_invoicing::NewLine| {
            Some(CreditLine { line: line.corrects_line?, quantity: line.input.quantity })
        };
        let lines = written.lines.iter().map(line).collect::<Option<Vec<_>>>()?;
        Some(Self {
            currency: Some(written.currency),
            restock: written.warehouse.is_some(),
            warehouse: written.warehouse,
            issue_date: written.issue_date,
            reason_code: correction.reason_code.clone(),
            reason: correction.reason.clone(),
            supplier_reference: written.supplier_reference.clone(),
            details: Some(written.details.clone()),
            annotations: written.annotations.clone(),
            ..Self::new(correction.invoice, CreditScope::Lines(lines))
        })
    }
}

/// Why a credit note was not written. Lines count from 0.
#[derive(Debug, Error)]
pub enum CreditNoteError {
    /// The invoice is not issued, or the note is no draft.
    #[error(transparent)]
    State(InvoiceStateError),
    /// A credit note is corrected by voiding it.
    #[error("a credit note cannot be credited")]
    OfCreditNote,
    /// The invoice is in another currency.
    #[error("the invoice is in {invoice}")]
    CurrencyMismatch {
        /// The currency of the invoice.
        invoice: Currency,
    },
    /// What is taken back is not there.
    #[error(transparent)]
    Credit(#[from] CreditError),
    /// The goods of the invoice did not move, so none can come back.
    #[error("the goods of the invoice did not move")]
    NothingToRestock,
    /// Goods cannot come back there.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// The document breaks a rule.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// The document was not issued.
    #[error(transparent)]
    Issue(Box<IssueInvoiceError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CreditNoteError);
from_state!(CreditNoteError);

impl From<IssueInvoiceError> for CreditNoteError {
    fn from(error: IssueInvoiceError) -> Self {
        match error {
            IssueInvoiceError::Store(error) => Self::Store(error),
            error => Self::Issue(Box::new(error)),
        }
    }
}

impl WrittenCreditNote {
    /// Locks the invoice, and works out what the note says.
    pub(super) async fn complete(
        &self,
        unit: &mut dyn UnitOfWork,
        id: InvoiceId,
        invoice: InvoiceId,
    ) -> Result<InvoiceContent, CreditNoteError> {
        let invoice = lock_issued(unit, invoice, None).await?;
        if invoice.content.written.document_type() == DocumentType::CreditNote {
            return Err(CreditNoteError::OfCreditNote);
        }
        let sold = &invoice.content.written;
        if self.currency.is_some_and(|currency| currency != sold.currency) {
            return Err(CreditNoteError::CurrencyMismatch { invoice: sold.currency });
        }
        if self.supplier_reference.is_some() && sold.kind() == DocumentKind::Sale {
            return Err(DraftError::SupplierReferenceUnexpected.into());
        }
        let warehouse = self.warehouse(unit, sold).await?;
        let so_far: CreditedSoFar = unit.invoices().credited(sold.id).await?;
        let credited = invoice.content.credit(&self.scope, &so_far)?;
        Ok(rewrite(self.head(id, &invoice, warehouse), credited))
    }

    /// Where the goods go back to; nowhere when they stay where they are.
    async fn warehouse(
        &self,
        unit: &mut dyn UnitOfWork,
        sold: &NewInvoice,
    ) -> Result<Option<WarehouseId>, CreditNoteError> {
        if !self.restock {
            return Ok(None);
        }
        let usual = sold.warehouse.ok_or(CreditNoteError::NothingToRestock)?;
        let warehouse = self.warehouse.unwrap_or(usual);
        hold_places(unit, warehouse, None).await??;
        Ok(Some(warehouse))
    }

    /// Everything the note says but its lines.
    fn head(
        &self,
        id: InvoiceId,
        invoice: &IssuedInvoice,
        warehouse: Option<WarehouseId>,
    ) -> NewInvoice {
        let sold = &invoice.content.written;
        let inherited = || InvoiceDetails {
            type_code: None,
            payment_means: Vec::new(),
            payment_terms: None,
            tax_point: None,
            ..sold.details.clone()
        };
        NewInvoice {
            corrects: Some(Correction {
                invoice: sold.id,
                number: invoice.number.text(),
                issue_date: invoice.issue_date,
                reason_code: self.reason_code.clone(),
                reason: self.reason.clone(),
            }),
            supplier_reference: self.supplier_reference.clone(),
            warehouse,
            issue_date: self.issue_date,
            prices_include_tax: sold.prices_include_tax,
            details: self.details.clone().unwrap_or_else(inherited),
            annotations: self.annotations.clone().sorted(),
            ..NewInvoice::new(id, sold.party, sold.currency, Vec::new())
        }
    }
}
