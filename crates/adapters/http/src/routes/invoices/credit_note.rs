//! `POST /invoices/{id}/credit-notes`: taking back what an invoice asked for.

mod request;

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::{CreateAndIssueCreditNote, CreateCreditNote, CreditNoteError};
use gaara_invoicing::{CreditError, DraftInvoice, IssuedInvoice};

use super::create::draft_problem;
use super::issue::issue_problem;
use super::path::{DocumentPath, location};
use super::state::{Action, state_problem};
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::Body;
use crate::problem::{FieldProblem, Problem};
use crate::reply::{created, respond};
use crate::routes::stock::place_problem;
use crate::views::InvoiceBody;

pub(super) use request::CreditNoteRequest;

/// Writes a credit note over an issued invoice, or with `issue` one that is issued in the same
/// transaction. Any number of notes over all of an invoice come to it exactly.
#[utoipa::path(
    tag = "Invoices",
    operation_id = "createCreditNote",
    params(("id" = String, Path, description = "The invoice's id")),
    request_body = CreditNoteRequest,
    responses((status = 201, description = "Written", body = InvoiceBody)),
)]
#[post("/invoices/{id}/credit-notes")]
pub(crate) async fn create_credit_note(
    app: web::Data<App>,
    caller: Caller,
    id: DocumentPath,
    idempotency: Idempotency,
    body: Body<CreditNoteRequest>,
) -> Result<HttpResponse, Problem> {
    let invoice = id.find(&app, &caller).await?;
    let once = idempotency.once(&caller.actor, body.raw());
    let sold = &invoice.content().written;
    let (written, issue) = body.read(|request, check| request.read_new(check, sold))?;
    let actor = &caller.actor;
    let problem = |error| credit_note_problem(error, Action::Other);
    if issue {
        let render = |note: &IssuedInvoice| {
            let place = location(note.content.written.document_id());
            created(place, note.version, &InvoiceBody::from(note))
        };
        let use_case = CreateAndIssueCreditNote(written);
        return respond(&app, actor, once, &use_case, render, problem).await;
    }
    let render = |note: &DraftInvoice| {
        let place = location(note.content.written.document_id());
        created(place, note.version, &InvoiceBody::from(note))
    };
    respond(&app, actor, once, &CreateCreditNote(written), render, problem).await
}

/// Why a credit note was not written.
pub(super) fn credit_note_problem(error: CreditNoteError, action: Action) -> Problem {
    match error {
        CreditNoteError::State(error) => state_problem(error, action),
        CreditNoteError::OfCreditNote => Problem::new(Code::CreditOfCreditNote),
        CreditNoteError::CurrencyMismatch { invoice } => {
            let fault = FieldProblem::new("/currency", Code::CreditCurrencyMismatch);
            Problem::at(fault.param("expected", invoice))
        }
        CreditNoteError::Credit(error) => credit_problem(error),
        CreditNoteError::NothingToRestock => nothing_to_restock(),
        CreditNoteError::Place(error) => place_problem(error),
        CreditNoteError::Draft(error) => draft_problem(&error),
        CreditNoteError::Issue(error) => issue_problem(*error),
        CreditNoteError::Store(error) => error.into(),
    }
}

/// Why something is not taken back. Lines are those of the invoice, from 1.
pub(super) fn credit_problem(error: CreditError) -> Problem {
    let at = |line: usize, code| FieldProblem::new("/lines", code).param("line", line + 1);
    Problem::at(match error {
        CreditError::Empty => FieldProblem::new("/lines", Code::InvoiceEmpty),
        CreditError::LineUnknown { line } => at(line, Code::CreditLineUnknown),
        CreditError::QuantityNotPositive { line } => at(line, Code::ValidationPositive),
        CreditError::ExceedsRemaining { line, remaining } => {
            at(line, Code::CreditExceedsRemaining).param("remaining", remaining)
        }
        CreditError::NothingLeft => {
            return Problem::new(Code::CreditExceedsRemaining).param("remaining", 0);
        }
        CreditError::OutOfRange => return Problem::internal(error),
    })
}

/// Goods that never went cannot come back.
pub(super) fn nothing_to_restock() -> Problem {
    Problem::at(FieldProblem::new("/restock", Code::CreditNothingToRestock))
}
