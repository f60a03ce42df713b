//! Writing credit notes.

use gaara_identity::Permission;
use gaara_invoicing::{DraftInvoice, IssuedInvoice};
use gaara_kernel::{DocumentId, InvoiceId, StoreError, Version};

use super::change::{changed, save};
use super::credit_note::{CreditNoteError, WrittenCreditNote};
use super::draft::drafted;
use super::issue::{IssueRequest, audit_entry, issue};
use super::state::{InvoiceStateError, lock_draft};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Writes a draft of a credit note. What it comes to is worked out anew when it is issued.
#[derive(Debug, Clone)]
pub struct CreateCreditNote(pub WrittenCreditNote);

/// Writes a credit note and issues it in the same transaction.
#[derive(Debug, Clone)]
pub struct CreateAndIssueCreditNote(pub WrittenCreditNote);

/// Writes a draft of a credit note again. Whoever wants to change a part begins with
/// [`WrittenCreditNote::again`].
#[derive(Debug, Clone)]
pub struct ChangeCreditNote {
    /// Which draft.
    pub id: InvoiceId,
    /// The version the change was made on.
    pub expected: Version,
    /// All that the draft says from now on; id and invoice in it are ignored.
    pub written: WrittenCreditNote,
}

impl UseCase for CreateCreditNote {
    type Output = DraftInvoice;
    type Error = CreditNoteError;
    const PERMISSION: Permission = Permission::DraftInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<DraftInvoice, CreditNoteError> {
        write(unit, &self.0, context).await
    }

    fn audit(&self, output: &DraftInvoice) -> AuditEntry {
        drafted(output).with("corrects", &self.0.invoice)
    }
}

impl UseCase for CreateAndIssueCreditNote {
    type Output = IssuedInvoice;
    type Error = CreditNoteError;
    const PERMISSION: Permission = Permission::IssueInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<IssuedInvoice, CreditNoteError> {
        let draft = write(unit, &self.0, context).await?;
        Ok(issue(unit, draft, &IssueRequest::default(), context).await?)
    }

    fn audit(&self, output: &IssuedInvoice) -> AuditEntry {
        audit_entry(output).with("corrects", &self.0.invoice)
    }
}

impl UseCase for ChangeCreditNote {
    /// The draft before and after.
    type Output = (DraftInvoice, DraftInvoice);
    type Error = CreditNoteError;
    const PERMISSION: Permission = Permission::DraftInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, CreditNoteError> {
        let before = lock_draft(unit, self.id, Some(self.expected)).await?;
        let correction = before.content.written.corrects.as_ref();
        let correction = correction.ok_or(InvoiceStateError::NotFound)?;
        let said = self.written.complete(unit, self.id, correction.invoice).await?;
        let after = before.clone().rewritten(said, context.now());
        save(unit, &after, context).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        changed(before, after)
    }
}

async fn write(
    unit: &mut dyn UnitOfWork,
    written: &WrittenCreditNote,
    context: &Context,
) -> Result<DraftInvoice, CreditNoteError> {
    let id = DocumentId::CreditNote(context.id_or_new(written.id));
    let said = written.complete(unit, id.key(), written.invoice).await?;
    let draft = DraftInvoice::new(said, context.now());
    unit.invoices().add_draft(&draft).await?;
    announce(unit, id, context).await?;
    Ok(draft)
}

async fn announce(
    unit: &mut dyn UnitOfWork,
    id: DocumentId,
    context: &Context,
) -> Result<(), StoreError> {
    unit.outbox().add(&Event::about("credit_note.drafted", &id.to_string(), context)).await
}
