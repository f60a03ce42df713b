//! Changing drafts of invoices.

use gaara_identity::Permission;
use gaara_invoicing::{DocumentType, DraftError, DraftInvoice};
use gaara_kernel::{Date, InvoiceId, Money, StoreError, Version};
use thiserror::Error;

use super::cash_rounding::is_by_coin;
use super::state::{InvoiceStateError, from_state, lock_draft};
use super::written::{CreateInvoiceError, WrittenInvoice};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Writes a draft again. Whoever wants to change a part begins with [`WrittenInvoice::again`].
#[derive(Debug, Clone)]
pub struct ChangeInvoice {
    /// Which draft.
    pub id: InvoiceId,
    /// The version the change was made on.
    pub expected: Version,
    /// All that the draft says from now on; an id in it is ignored.
    pub written: WrittenInvoice,
}

/// Why a draft was not changed.
#[derive(Debug, Error)]
pub enum ChangeInvoiceError {
    /// It is no draft of an invoice, or another one than was decided on.
    #[error(transparent)]
    State(InvoiceStateError),
    /// What is written breaks a rule.
    #[error(transparent)]
    Written(Box<CreateInvoiceError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeInvoiceError);
from_state!(ChangeInvoiceError);

impl From<CreateInvoiceError> for ChangeInvoiceError {
    fn from(error: CreateInvoiceError) -> Self {
        match error {
            CreateInvoiceError::Store(error) => Self::Store(error),
            error => Self::Written(Box::new(error)),
        }
    }
}

impl UseCase for ChangeInvoice {
    /// The draft before and after.
    type Output = (DraftInvoice, DraftInvoice);
    type Error = ChangeInvoiceError;
    const PERMISSION: Permission = Permission::DraftInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeInvoiceError> {
        let before = lock_draft(unit, self.id, Some(self.expected)).await?;
        if before.content.written.document_type() != DocumentType::Invoice {
            return Err(ChangeInvoiceError::State(InvoiceStateError::NotFound));
        }
        let said = self.rounded_anew(unit, &before).await?.complete(unit, self.id).await?;
        let after = before.clone().rewritten(said, context.now());
        save(unit, &after, context).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        changed(before, after)
    }
}

impl ChangeInvoice {
    /// What is written from now on; a rounding that the smallest coin made of the draft before is
    /// left for it to make again.
    async fn rounded_anew(
        &self,
        unit: &mut dyn UnitOfWork,
        before: &DraftInvoice,
    ) -> Result<WrittenInvoice, CreateInvoiceError> {
        let mut written = self.written.clone();
        let old = &before.content.written;
        let organization = unit.organization().find().await?;
        let is_kept = written.rounding == old.rounding;
        let by_coin =
            is_by_coin(organization.as_ref(), old.document()).map_err(DraftError::from)?;
        if is_kept && by_coin {
            written.rounding = Money::zero(written.currency);
        }
        Ok(written)
    }
}

/// Saves a draft that was written again.
pub(super) async fn save(
    unit: &mut dyn UnitOfWork,
    draft: &DraftInvoice,
    context: &Context,
) -> Result<(), StoreError> {
    unit.invoices().save_draft(draft).await?;
    let id = draft.content.written.document_id().to_string();
    unit.outbox().add(&Event::about("invoice.draft_changed", &id, context)).await
}

/// What the audit log says of a draft that was written again.
pub(super) fn changed(before: &DraftInvoice, after: &DraftInvoice) -> AuditEntry {
    let (old, new) = (&before.content.written, &after.content.written);
    let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    AuditEntry::about("invoice.draft_changed", &new.document_id().to_string())
        .with_change("party", &old.party, &new.party)
        .with_change("issue_date", &date(old.issue_date), &date(new.issue_date))
        .with_change("due_date", &date(old.due_date), &date(new.due_date))
        .with_change("lines", &old.lines.len(), &new.lines.len())
        .with_change("payable", &before.content.totals.payable, &after.content.totals.payable)
}
