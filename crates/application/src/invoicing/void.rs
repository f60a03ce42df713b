//! Voiding documents that were issued by mistake: number and amounts stay, the goods go back.

use gaara_identity::{Organization, Permission};
use gaara_inventory::{Movement, PostError};
use gaara_invoicing::details::Reference;
use gaara_invoicing::{DocumentType, IssuedInvoice, VoidedInvoice};
use gaara_kernel::{Date, InvoiceId, MoneyError, MovementId, StoreError, Version};
use thiserror::Error;

use super::state::{InvoiceStateError, from_state, lock_issued};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::inventory::{ReverseMovementError, posting_day, reverse};
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Voids an issued document, be it an invoice or a credit note.
#[derive(Debug, Clone)]
pub struct VoidInvoice {
    /// Which document.
    pub id: InvoiceId,
    /// The version the decision was made on, where the caller cares.
    pub expected: Option<Version>,
    /// Why.
    pub reason: Option<Reference>,
}

/// Why a document was not voided.
#[derive(Debug, Error)]
pub enum VoidInvoiceError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// It is not issued, or another one than was decided on.
    #[error(transparent)]
    State(InvoiceStateError),
    /// Payments are allocated to it; they are taken off first.
    #[error("payments are allocated to the document")]
    HasAllocations,
    /// Credit notes take parts of it back; they are voided first.
    #[error("the invoice has credit notes")]
    HasCreditNotes,
    /// Its date lies in a period that is closed.
    #[error("the books are closed through {locked_through}")]
    PeriodLocked {
        /// The last day of the closed period.
        locked_through: Date,
    },
    /// Its goods cannot go back.
    #[error(transparent)]
    Stock(Box<ReverseMovementError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(VoidInvoiceError);
from_state!(VoidInvoiceError);

impl From<ReverseMovementError> for VoidInvoiceError {
    fn from(error: ReverseMovementError) -> Self {
        match error {
            ReverseMovementError::Store(error) => Self::Store(error),
            error => Self::Stock(Box::new(error)),
        }
    }
}

/// A voided document and what became of what it had to do with.
#[derive(Debug, Clone)]
pub struct Voiding {
    /// The document.
    pub voided: VoidedInvoice,
    /// The movement that brought its goods back to where they were.
    pub reversal: Option<MovementId>,
}

impl UseCase for VoidInvoice {
    type Output = Voiding;
    type Error = VoidInvoiceError;
    const PERMISSION: Permission = Permission::VoidInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Voiding, VoidInvoiceError> {
        // A document and the books are large; they live on the heap while they wait.
        Box::pin(void(unit, self, context)).await
    }

    fn audit(&self, output: &Voiding) -> AuditEntry {
        let issued = &output.voided.issued;
        let entry = AuditEntry::about(
            event_kind(issued),
            &issued.content.written.document_id().to_string(),
        )
        .with("number", &issued.number.text());
        let entry = match &output.voided.reason {
            Some(reason) => entry.with("reason", reason),
            None => entry,
        };
        match output.reversal {
            Some(reversal) => entry.with("reversed_by", &reversal),
            None => entry,
        }
    }
}

async fn void(
    unit: &mut dyn UnitOfWork,
    asked: &VoidInvoice,
    context: &Context,
) -> Result<Voiding, VoidInvoiceError> {
    let issued = lock_issued(unit, asked.id, asked.expected).await?;
    if issued.paid.is_positive() {
        return Err(VoidInvoiceError::HasAllocations);
    }
    if !unit.invoices().credited(asked.id).await?.lines.is_empty() {
        return Err(VoidInvoiceError::HasCreditNotes);
    }
    let organization = unit.organization().find().await?;
    let organization = organization.ok_or(VoidInvoiceError::NotSetUp)?;
    check_period(unit, &issued, &organization, context).await?;
    give_back(unit, &issued, context).await?;
    let reversal = reverse_goods(unit, &issued, &organization, context).await?;
    let voided = issued.void(asked.reason.clone(), context.now());
    unit.invoices().save_voided(&voided).await?;
    announce(unit, &voided, context).await?;
    Ok(Voiding { voided, reversal })
}

/// A document of a closed period stands in reports that were handed in.
async fn check_period(
    unit: &mut dyn UnitOfWork,
    issued: &IssuedInvoice,
    organization: &Organization,
    context: &Context,
) -> Result<(), VoidInvoiceError> {
    let date = Some(issued.issue_date);
    let day = posting_day(unit, organization, date, context).await?;
    match day.effective_date(date) {
        Err(PostError::PeriodLocked { locked_through }) => {
            Err(VoidInvoiceError::PeriodLocked { locked_through })
        }
        _ => Ok(()),
    }
}

/// Gives an invoice back what a credit note, which is being voided, took off it.
async fn give_back(
    unit: &mut dyn UnitOfWork,
    note: &IssuedInvoice,
    context: &Context,
) -> Result<(), VoidInvoiceError> {
    let Some(correction) = &note.content.written.corrects else { return Ok(()) };
    // An invoice with an issued credit note cannot be voided, so it is issued.
    let invoice = lock_issued(unit, correction.invoice, None).await;
    let mut invoice = invoice.map_err(|error| match error {
        InvoiceStateError::Store(error) => error,
        _ => StoreError::Corrupt { entity: "invoice" },
    })?;
    invoice
        .give_back(note, context.now())
        .map_err(|error: MoneyError| StoreError::Internal(Box::new(error)))?;
    unit.invoices().save_settlements(&[invoice]).await?;
    Ok(())
}

/// Undoes the movement of the document by another one.
async fn reverse_goods(
    unit: &mut dyn UnitOfWork,
    issued: &IssuedInvoice,
    organization: &Organization,
    context: &Context,
) -> Result<Option<MovementId>, VoidInvoiceError> {
    let id = unit.movements().find_of_invoice(issued.content.written.id).await?;
    let Some(id) = id else { return Ok(None) };
    let movement = unit.movements().lock(id).await?;
    let Some(Movement::Posted(posted)) = movement else {
        return Err(StoreError::Corrupt { entity: "movement" }.into());
    };
    let date = posted.effective_date;
    let reversal = reverse(unit, &posted, date, organization, context).await?;
    Ok(Some(reversal.undoing.content.id))
}

const fn event_kind(issued: &IssuedInvoice) -> &'static str {
    match issued.content.written.document_type() {
        DocumentType::Invoice => "invoice.voided",
        DocumentType::CreditNote => "credit_note.voided",
    }
}

async fn announce(
    unit: &mut dyn UnitOfWork,
    voided: &VoidedInvoice,
    context: &Context,
) -> Result<(), StoreError> {
    let id = voided.issued.content.written.document_id().to_string();
    let event = Event::about(event_kind(&voided.issued), &id, context)
        .with("number", &voided.issued.number.text());
    unit.outbox().add(&event).await
}
