//! `POST /invoices`: writing an invoice, and issuing it where that is asked for.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::{CreateAndIssueInvoice, CreateInvoice, CreateInvoiceError};
use gaara_invoicing::{DraftError, DraftInvoice, IssuedInvoice};

use super::issue::issue_problem;
use super::path::location;
use super::write::InvoiceRequest;
use super::{line_problem, totals_problem};
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::Body;
use crate::problem::{FieldProblem, Problem};
use crate::reply::{created, respond};
use crate::views::InvoiceBody;

/// Writes a draft, or with `issue` a draft that is issued in the same transaction.
#[utoipa::path(
    tag = "Invoices",
    operation_id = "createInvoice",
    request_body = InvoiceRequest,
    responses((status = 201, description = "Written", body = InvoiceBody)),
)]
#[post("/invoices")]
pub(crate) async fn create_invoice(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<InvoiceRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let (written, issue) = body.read(InvoiceRequest::read_stored)?;
    let actor = &caller.actor;
    if issue {
        let use_case = CreateAndIssueInvoice(written);
        let render = |issued: &IssuedInvoice| {
            let place = location(issued.content.written.document_id());
            created(place, issued.version, &InvoiceBody::from(issued))
        };
        return respond(&app, actor, once, &use_case, render, create_problem).await;
    }
    let render = |draft: &DraftInvoice| {
        let place = location(draft.content.written.document_id());
        created(place, draft.version, &InvoiceBody::from(draft))
    };
    respond(&app, actor, once, &CreateInvoice(written), render, create_problem).await
}

/// Why an invoice was not written.
pub(super) fn create_problem(error: CreateInvoiceError) -> Problem {
    Problem::at(match error {
        CreateInvoiceError::Line { line, error } => return line_problem(line, error),
        CreateInvoiceError::Draft(error) => return draft_problem(&error),
        CreateInvoiceError::Issue(error) => return issue_problem(*error),
        CreateInvoiceError::Store(error) => return error.into(),
        CreateInvoiceError::UnknownCustomer => {
            FieldProblem::new("/customer_id", Code::ValidationReference)
        }
        CreateInvoiceError::UnknownSupplier => {
            FieldProblem::new("/supplier_id", Code::ValidationReference)
        }
        CreateInvoiceError::PartyArchived { kind } => {
            FieldProblem::new(format!("/{}_id", kind.party_name()), Code::ResourceArchived)
        }
        CreateInvoiceError::UnknownWarehouse => {
            FieldProblem::new("/warehouse_id", Code::ValidationReference)
        }
        CreateInvoiceError::WarehouseArchived => {
            FieldProblem::new("/warehouse_id", Code::ResourceArchived)
        }
        CreateInvoiceError::CurrencyMismatch { party } => {
            let fault = FieldProblem::new("/currency", Code::ValidationCurrencyMismatch);
            fault.param("expected", party)
        }
    })
}

/// Why a document cannot be stored.
pub(super) fn draft_problem(error: &DraftError) -> Problem {
    match error {
        DraftError::SupplierReferenceUnexpected => {
            let pointer = "/supplier_reference";
            Problem::at(FieldProblem::new(pointer, Code::InvoiceReferenceUnexpected))
        }
        DraftError::QuantityNotPositive { line } => {
            let pointer = format!("/lines/{line}/quantity");
            Problem::at(FieldProblem::new(pointer, Code::ValidationPositive))
        }
        DraftError::NetNegative { line } => {
            Problem::at(FieldProblem::new(format!("/lines/{line}"), Code::InvoiceNegativeLine))
        }
        DraftError::PrepaidNegative => {
            Problem::at(FieldProblem::new("/prepaid", Code::ValidationNotNegative))
        }
        DraftError::RoundingTooLarge { minor_max } => {
            let fault = FieldProblem::new("/rounding", Code::InvoiceRoundingTooLarge);
            Problem::at(fault.param("max", minor_max))
        }
        DraftError::AdjustmentNegative { line: None } => {
            Problem::new(Code::InvoiceNegativeAdjustment)
        }
        DraftError::AdjustmentNegative { line: Some(line) } => {
            let pointer = format!("/lines/{line}");
            Problem::at(FieldProblem::new(pointer, Code::InvoiceNegativeAdjustment))
        }
        DraftError::TotalNegative => Problem::new(Code::InvoiceNegativeTotal),
        DraftError::Totals(error) => totals_problem(*error),
    }
}
