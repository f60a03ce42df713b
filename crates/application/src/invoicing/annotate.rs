//! Noting something on a document, whether it was issued or not.

use gaara_identity::Permission;
use gaara_invoicing::details::Reference;
use gaara_invoicing::{Annotations, Invoice};
use gaara_kernel::{BilingualText, InvoiceId, StoreError, Version};
use thiserror::Error;

use super::state::{InvoiceStateError, check_version, from_state};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given of the notes on a document and keeps the rest; `Some(None)` takes a note
/// away.
#[derive(Debug, Clone)]
pub struct AnnotateInvoice {
    /// Which document.
    pub id: InvoiceId,
    /// The version the change was made on.
    pub expected: Version,
    /// A note to the other side.
    pub note: Option<Option<BilingualText>>,
    /// Words to find the document by, all of them.
    pub tags: Option<Vec<Reference>>,
    /// What was agreed about the due date.
    pub due_note: Option<Option<BilingualText>>,
}

/// Why a document was not annotated.
#[derive(Debug, Error)]
pub enum AnnotateInvoiceError {
    /// There is no such document, it is void, or another one than was decided on.
    #[error(transparent)]
    State(InvoiceStateError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(AnnotateInvoiceError);
from_state!(AnnotateInvoiceError);

impl UseCase for AnnotateInvoice {
    /// The document before and after.
    type Output = (Invoice, Invoice);
    type Error = AnnotateInvoiceError;
    const PERMISSION: Permission = Permission::DraftInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, AnnotateInvoiceError> {
        let before = unit.invoices().lock(self.id).await?.ok_or(InvoiceStateError::NotFound)?;
        if let Invoice::Void(voided) = &before {
            let number = voided.issued.number.text();
            return Err(InvoiceStateError::Void { number }.into());
        }
        check_version(before.version(), Some(self.expected))?;
        let annotations = self.merged(&before.content().written.annotations);
        let after = before.clone().annotated(annotations, context.now());
        let after = after.ok_or(InvoiceStateError::NotFound)?;
        unit.invoices().save_annotations(&after).await?;
        let id = after.content().written.document_id().to_string();
        unit.outbox().add(&Event::about("invoice.annotated", &id, context)).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let (old, new) = (&before.content().written, &after.content().written);
        let id = new.document_id().to_string();
        let (old, new) = (&old.annotations, &new.annotations);
        let entry = AuditEntry::about("invoice.annotated", &id);
        let entry = entry.with_change("tags", &tags(old), &tags(new));
        let entry = said(entry, "note", (&old.note, &new.note));
        said(entry, "due_note", (&old.due_note, &new.due_note))
    }
}

/// A text before and after, language by language.
fn said(
    entry: AuditEntry,
    name: &str,
    (old, new): (&Option<BilingualText>, &Option<BilingualText>),
) -> AuditEntry {
    let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
    let arabic = |it: &Option<BilingualText>| text(it.as_ref().and_then(BilingualText::ar));
    let english = |it: &Option<BilingualText>| text(it.as_ref().and_then(BilingualText::en));
    entry.with_change(&format!("{name}.ar"), &arabic(old), &arabic(new)).with_change(
        &format!("{name}.en"),
        &english(old),
        &english(new),
    )
}

impl AnnotateInvoice {
    fn merged(&self, before: &Annotations) -> Annotations {
        Annotations {
            note: self.note.clone().unwrap_or_else(|| before.note.clone()),
            tags: self.tags.clone().unwrap_or_else(|| before.tags.clone()),
            due_note: self.due_note.clone().unwrap_or_else(|| before.due_note.clone()),
        }
    }
}

fn tags(annotations: &Annotations) -> String {
    let tags: Vec<&str> = annotations.tags.iter().map(Reference::as_str).collect();
    tags.join(", ")
}
