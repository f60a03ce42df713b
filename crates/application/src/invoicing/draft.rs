//! Writing invoices.

use gaara_identity::Permission;
use gaara_invoicing::{DraftInvoice, IssuedInvoice};

use super::issue::{IssueRequest, issue};
use super::written::{CreateInvoiceError, WrittenInvoice};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Writes a draft.
#[derive(Debug, Clone)]
pub struct CreateInvoice(pub WrittenInvoice);

/// Writes an invoice and issues it in the same transaction.
#[derive(Debug, Clone)]
pub struct CreateAndIssueInvoice(pub WrittenInvoice);

impl UseCase for CreateInvoice {
    type Output = DraftInvoice;
    type Error = CreateInvoiceError;
    const PERMISSION: Permission = Permission::DraftInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<DraftInvoice, CreateInvoiceError> {
        write(unit, &self.0, context).await
    }

    fn audit(&self, output: &DraftInvoice) -> AuditEntry {
        drafted(output)
    }
}

/// What the audit log says of a new draft.
pub(super) fn drafted(draft: &DraftInvoice) -> AuditEntry {
    let written = &draft.content.written;
    AuditEntry::about("invoice.drafted", &written.document_id().to_string())
        .with(written.kind().party_name(), &written.party)
        .with("payable", &draft.content.totals.payable)
}

impl UseCase for CreateAndIssueInvoice {
    type Output = IssuedInvoice;
    type Error = CreateInvoiceError;
    const PERMISSION: Permission = Permission::IssueInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<IssuedInvoice, CreateInvoiceError> {
        let draft = write(unit, &self.0, context).await?;
        Ok(issue(unit, draft, &IssueRequest::default(), context).await?)
    }

    fn audit(&self, output: &IssuedInvoice) -> AuditEntry {
        super::issue::audit_entry(output)
    }
}

async fn write(
    unit: &mut dyn UnitOfWork,
    written: &WrittenInvoice,
    context: &Context,
) -> Result<DraftInvoice, CreateInvoiceError> {
    let said = written.complete(unit, context.id_or_new(written.id)).await?;
    let draft = DraftInvoice::new(said, context.now());
    unit.invoices().add_draft(&draft).await?;
    let id = draft.content.written.document_id();
    unit.outbox().add(&Event::about("invoice.drafted", &id.to_string(), context)).await?;
    Ok(draft)
}
