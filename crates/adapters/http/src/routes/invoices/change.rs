//! `PATCH /invoices/{id}`: changing a draft, or the notes on any document that is not void.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::invoicing::{
    AnnotateInvoice, AnnotateInvoiceError, ChangeCreditNote, ChangeInvoice, ChangeInvoiceError,
    WrittenCreditNote, WrittenInvoice,
};
use gaara_invoicing::{DraftInvoice, Invoice};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::create::create_problem;
use super::credit_note::{CreditNoteRequest, credit_note_problem};
use super::notes::{NOTES, NoteMembers};
use super::path::DocumentPath;
use super::state::{Action, state_problem};
use super::write::InvoiceRequest;
use crate::caller::Caller;
use crate::headers::IfMatch;
use crate::json::{AnyObject, Body, Check};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::views::InvoiceBody;

/// What changes of an invoice; what is absent stays (RFC 7396), and `null` empties.
pub(crate) struct ChangeInvoiceRequest;

impl PartialSchema for ChangeInvoiceRequest {
    fn schema() -> RefOr<Schema> {
        let mut schema = InvoiceRequest::schema();
        if let RefOr::T(Schema::Object(object)) = &mut schema {
            // The members of a new invoice, none of which must be there.
            object.required.clear();
            object.properties.remove("id");
            object.properties.remove("issue");
        }
        schema
    }
}

impl ToSchema for ChangeInvoiceRequest {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        InvoiceRequest::schemas(schemas);
    }
}

/// Changes a draft; `note`, `tags` and `due_note` alone may change after issuing too. The draft of
/// a credit note takes the members that it is written with.
#[utoipa::path(
    tag = "Invoices",
    operation_id = "changeInvoice",
    params(("id" = String, Path, description = "The document's id")),
    request_body(content = ChangeInvoiceRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = InvoiceBody)),
)]
#[patch("/invoices/{id}")]
pub(crate) async fn change_invoice(
    app: web::Data<App>,
    caller: Caller,
    id: DocumentPath,
    expected: IfMatch,
    body: Body<AnyObject>,
) -> Result<HttpResponse, Problem> {
    let before = id.find(&app, &caller).await?;
    if body.has_only(&NOTES) {
        return annotate(&app, &caller, &before, expected, body).await;
    }
    let written = &before.content().written;
    let id = written.id;
    let render = |(_, after): &(DraftInvoice, DraftInvoice)| {
        changed(after.version, &InvoiceBody::from(after))
    };
    if let Some(note) = WrittenCreditNote::again(written) {
        let body = body.typed::<CreditNoteRequest>()?;
        let written = body.read(|request, check| request.read_changed(check, note))?;
        let use_case = ChangeCreditNote { id, expected: expected.0, written };
        let problem = |error| credit_note_problem(error, Action::Change);
        return respond(&app, &caller.actor, None, &use_case, render, problem).await;
    }
    let again = WrittenInvoice::again(written);
    let body = body.typed::<InvoiceRequest>()?;
    let written = body.read(|request, check| request.read_changed(check, &again))?;
    let use_case = ChangeInvoice { id, expected: expected.0, written };
    respond(&app, &caller.actor, None, &use_case, render, change_problem).await
}

/// Changes nothing but the notes, in whatever state the document is.
async fn annotate(
    app: &App,
    caller: &Caller,
    before: &Invoice,
    expected: IfMatch,
    body: Body<AnyObject>,
) -> Result<HttpResponse, Problem> {
    let written = &before.content().written;
    let read =
        |request: NoteMembers, check: &mut Check| request.read(check, written.annotations.clone());
    let notes = body.typed::<NoteMembers>()?.read(read)?;
    let use_case = AnnotateInvoice {
        id: written.id,
        expected: expected.0,
        note: Some(notes.note),
        tags: Some(notes.tags),
        due_note: Some(notes.due_note),
    };
    let render =
        |(_, after): &(Invoice, Invoice)| changed(after.version(), &InvoiceBody::from(after));
    let problem = |error| match error {
        AnnotateInvoiceError::State(error) => state_problem(error, Action::Other),
        AnnotateInvoiceError::Store(error) => error.into(),
    };
    respond(app, &caller.actor, None, &use_case, render, problem).await
}

fn change_problem(error: ChangeInvoiceError) -> Problem {
    match error {
        ChangeInvoiceError::State(error) => state_problem(error, Action::Change),
        ChangeInvoiceError::Written(error) => create_problem(*error),
        ChangeInvoiceError::Store(error) => error.into(),
    }
}
