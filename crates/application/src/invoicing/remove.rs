//! Removing drafts. They have no number, so no gap stays.

use gaara_identity::Permission;
use gaara_invoicing::DraftInvoice;
use gaara_kernel::{InvoiceId, StoreError, Version};
use thiserror::Error;

use super::state::{InvoiceStateError, from_state, lock_draft};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Removes a draft, be it of an invoice or of a credit note.
#[derive(Debug, Clone)]
pub struct RemoveInvoice {
    /// Which draft.
    pub id: InvoiceId,
    /// The version the decision was made on.
    pub expected: Version,
}

/// Why a draft was not removed.
#[derive(Debug, Error)]
pub enum RemoveInvoiceError {
    /// It is no draft, or another one than was decided on.
    #[error(transparent)]
    State(InvoiceStateError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(RemoveInvoiceError);
from_state!(RemoveInvoiceError);

impl UseCase for RemoveInvoice {
    /// The draft as it was.
    type Output = DraftInvoice;
    type Error = RemoveInvoiceError;
    const PERMISSION: Permission = Permission::DraftInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<DraftInvoice, RemoveInvoiceError> {
        let draft = lock_draft(unit, self.id, Some(self.expected)).await?;
        unit.invoices().remove_draft(self.id).await?;
        let id = draft.content.written.document_id().to_string();
        unit.outbox().add(&Event::about("invoice.draft_removed", &id, context)).await?;
        Ok(draft)
    }

    fn audit(&self, output: &DraftInvoice) -> AuditEntry {
        let written = &output.content.written;
        AuditEntry::about("invoice.draft_removed", &written.document_id().to_string())
            .with_removed(written.kind().party_name(), &written.party)
            .with_removed("payable", &output.content.totals.payable)
    }
}
