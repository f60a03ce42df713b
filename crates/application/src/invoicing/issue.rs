//! Issuing invoices and credit notes: number, stock, audit and events in one transaction.

use gaara_identity::Permission;
use gaara_inventory::PostError;
use gaara_invoicing::{
    CreditError, DocumentType, DraftInvoice, IssueError, IssuedInvoice, TaxationError,
};
use gaara_kernel::{Code, Date, InvoiceId, Money, StoreError, Version};
use thiserror::Error;

use super::issuing;
use super::number_series::NumberError;
use super::rates::RateMissing;
use super::state::{InvoiceStateError, from_state, lock_draft};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::inventory::{MoveStockError, MovementLineError, PlaceError};
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Issues a draft, be it an invoice or a credit note.
#[derive(Debug, Clone)]
pub struct IssueInvoice {
    /// Which draft.
    pub id: InvoiceId,
    /// The version the decision was made on, where the caller cares.
    pub expected: Option<Version>,
    /// What is asked of issuing.
    pub request: IssueRequest,
}

/// What is asked of issuing.
#[derive(Debug, Clone, Default)]
pub struct IssueRequest {
    /// The date; the draft's when absent, else today.
    pub issue_date: Option<Date>,
    /// The number series; the usual one for documents of this kind when absent.
    pub series: Option<Code>,
    /// Whether the customer may owe more than its limit this time; needs
    /// [`Permission::OverrideCreditLimit`].
    pub override_credit_limit: bool,
}

impl IssueInvoice {
    /// Issues a draft as it is, today, in the usual series.
    #[must_use]
    pub fn plainly(id: InvoiceId) -> Self {
        Self { id, expected: None, request: IssueRequest::default() }
    }
}

/// Why a draft was not issued. Lines count from 0.
#[derive(Debug, Error)]
pub enum IssueInvoiceError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// It is no draft, or another one than was decided on.
    #[error(transparent)]
    State(InvoiceStateError),
    /// The invoice that a credit note corrects cannot be corrected any more.
    #[error("the corrected invoice: {0}")]
    Corrected(InvoiceStateError),
    /// A credit note takes back what is not left.
    #[error(transparent)]
    Credit(#[from] CreditError),
    /// More goods come back than went: some came back by themselves.
    #[error("line {line}: more goods come back than went")]
    ReturnExceedsSold {
        /// The line.
        line: usize,
    },
    /// The goods of the invoice did not move, so none can come back.
    #[error("the goods of the invoice did not move")]
    NothingToRestock,
    /// The date has not come yet; a number dated ahead would stop the series until then.
    #[error("today is {today}")]
    DateInFuture {
        /// The business date of today.
        today: Date,
    },
    /// The date lies in a period that is closed.
    #[error("the books are closed through {locked_through}")]
    PeriodLocked {
        /// The last day of the closed period.
        locked_through: Date,
    },
    /// The draft is not complete.
    #[error(transparent)]
    Incomplete(#[from] IssueError),
    /// The customer or the supplier is archived.
    #[error("the party is archived")]
    PartyArchived,
    /// A tax of the invoice cannot be charged that day, or one that is not charged lacks its reason.
    #[error(transparent)]
    Taxation(#[from] TaxationError),
    /// Both sides need a tax number where the buyer owes the tax, and one has none.
    #[error("a reverse charge needs the tax numbers of both sides")]
    TaxIdRequired,
    /// No exchange rate into the books' currency is known.
    #[error(transparent)]
    RateMissing(#[from] RateMissing),
    /// The books cannot hold what the document comes to at the rate of its day.
    #[error("the document is too large for the books")]
    TooLarge,
    /// The goods of a line cannot move.
    #[error("line {line}: {error}")]
    Line {
        /// The line.
        line: usize,
        /// Why not.
        error: MovementLineError,
    },
    /// The goods cannot move there.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// The goods cannot move.
    #[error(transparent)]
    Stock(#[from] PostError),
    /// The customer would owe more than it may.
    #[error("the customer may owe {limit} and would owe {balance}")]
    CreditLimitExceeded {
        /// What the customer may owe.
        limit: Money,
        /// What it would owe.
        balance: Money,
    },
    /// Somebody wants to go beyond the credit limit who may not.
    #[error("going beyond a credit limit is not allowed")]
    OverrideForbidden,
    /// Another issued document of this supplier bears the same reference.
    #[error("the supplier's reference stands on another document")]
    DuplicateSupplierReference,
    /// It is dated before the invoice that it corrects.
    #[error("the corrected invoice is dated {invoice}")]
    BeforeCorrected {
        /// The date of the invoice.
        invoice: Date,
    },
    /// It was given no number.
    #[error(transparent)]
    Number(NumberError),
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
}

failure!(IssueInvoiceError);
from_state!(IssueInvoiceError);

impl From<StoreError> for IssueInvoiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Duplicate { field: "invoice.supplier_reference" } => {
                Self::DuplicateSupplierReference
            }
            error => Self::Store(error),
        }
    }
}

impl From<NumberError> for IssueInvoiceError {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::Store(error) => Self::Store(error),
            error => Self::Number(error),
        }
    }
}

impl From<MoveStockError> for IssueInvoiceError {
    fn from(error: MoveStockError) -> Self {
        match error {
            MoveStockError::UnknownOrigin => Self::NothingToRestock,
            MoveStockError::Post(PostError::ReturnExceeds { line, .. }) => {
                Self::ReturnExceedsSold { line }
            }
            MoveStockError::Post(error) => Self::Stock(error),
            MoveStockError::Store(error) => Self::Store(error),
        }
    }
}

impl UseCase for IssueInvoice {
    type Output = IssuedInvoice;
    type Error = IssueInvoiceError;
    const PERMISSION: Permission = Permission::IssueInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<IssuedInvoice, IssueInvoiceError> {
        let draft = lock_draft(unit, self.id, self.expected).await?;
        issue(unit, draft, &self.request, context).await
    }

    fn audit(&self, output: &IssuedInvoice) -> AuditEntry {
        audit_entry(output)
    }
}

/// What the audit log calls issuing a document of a type.
pub(super) const fn issued_action(of: DocumentType) -> &'static str {
    match of {
        DocumentType::Invoice => "invoice.issued",
        DocumentType::CreditNote => "credit_note.issued",
    }
}

pub(super) fn audit_entry(issued: &IssuedInvoice) -> AuditEntry {
    let written = &issued.content.written;
    let action = issued_action(written.document_type());
    AuditEntry::about(action, &written.document_id().to_string())
        .with("number", &issued.number.text())
        .with("issue_date", &issued.issue_date)
        .with("payable", &issued.content.totals.payable)
        .with("digest", &issued.digest)
}

/// Issues a locked draft.
pub(super) async fn issue(
    unit: &mut dyn UnitOfWork,
    draft: DraftInvoice,
    request: &IssueRequest,
    context: &Context,
) -> Result<IssuedInvoice, IssueInvoiceError> {
    // A document and all it stands on are large; they live on the heap while they wait.
    Box::pin(issuing::issue(unit, draft, request, context)).await
}
