//! The id of a document in a path: `inv_…` of an invoice or `crn_…` of a credit note.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use gaara_application::App;
use gaara_application::invoicing::FindInvoice;
use gaara_invoicing::{DocumentType, Invoice};
use gaara_kernel::{CreditNoteId, DocumentId, Id, InvoiceId};

use crate::caller::Caller;
use crate::code::Code;
use crate::problem::Problem;
use crate::reply::ask;

/// The id of a document in the place `{id}` of a path.
#[derive(Debug, Clone, Copy)]
pub(super) struct DocumentPath(pub(super) DocumentId);

impl FromRequest for DocumentPath {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = request.match_info().get("id").unwrap_or_default();
        let id = DocumentId::parse(text);
        ready(id.map(Self).map_err(|error| Problem::bad_id::<InvoiceId>(&error)))
    }
}

impl DocumentPath {
    /// The document, which must be of the kind that its id says.
    pub(super) async fn find(self, app: &App, caller: &Caller) -> Result<Invoice, Problem> {
        let found = ask(app, &caller.actor, &FindInvoice { id: self.0.key() }).await?;
        let found = found.ok_or_else(Problem::not_found)?;
        if found.content().written.document_id() == self.0 {
            return Ok(found);
        }
        let expected = match found.content().written.document_type() {
            DocumentType::Invoice => InvoiceId::PREFIX,
            DocumentType::CreditNote => CreditNoteId::PREFIX,
        };
        Err(Problem::new(Code::IdWrongKind).param("expected", expected))
    }
}

/// Where a document is found.
pub(super) fn location(id: DocumentId) -> String {
    format!("/api/v1/invoices/{id}")
}
