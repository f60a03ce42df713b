//! `POST /invoices/{id}/issue`: issuing a draft.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::{
    IssueInvoice, IssueInvoiceError, IssueRequest as Issuing, NumberError,
};
use gaara_identity::Permission;
use gaara_inventory::PostError;
use gaara_invoicing::{IssueError, IssuedInvoice, TaxationError};
use gaara_kernel::{Code as Name, Date, DocumentId, InvoiceId, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::credit_note::{credit_problem, nothing_to_restock};
use super::path::DocumentPath;
use super::state::{Action, state_problem};
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::{Check, Field, OptionalBody};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::routes::exchange_rates::rate_problem;
use crate::routes::stock::{dated_shortages, movement_line_problem, place_problem, post_problem};
use crate::views::InvoiceBody;

/// How to issue; the body may be left out.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct IssueRequest {
    /// The date; the draft's when absent, else today.
    #[schema(value_type = Option<String>, example = "2026-11-23")]
    #[serde(default)]
    issue_date: Field<Date>,
    /// The code of the number series; the default one of its kind when absent.
    #[schema(value_type = Option<String>, example = "INV")]
    #[serde(default)]
    series: Field<Name>,
    /// Whether the customer may owe more than its limit this time; needs the permission
    /// `invoices.override_credit_limit`.
    #[schema(value_type = Option<bool>, example = false)]
    #[serde(default)]
    override_credit_limit: Field<bool>,
}

impl IssueRequest {
    fn read(
        self,
        check: &mut Check,
        id: InvoiceId,
        expected: Option<Version>,
    ) -> Option<IssueInvoice> {
        let issue_date = check.optional("/issue_date", self.issue_date);
        let series = check.optional("/series", self.series);
        let over = check.or_default("/override_credit_limit", self.override_credit_limit, false);
        let request =
            Issuing { issue_date: issue_date?, series: series?, override_credit_limit: over? };
        Some(IssueInvoice { id, expected, request })
    }
}

/// Issues a draft of an invoice or of a credit note: number, stock, audit row and event in one
/// transaction.
#[utoipa::path(
    tag = "Invoices",
    operation_id = "issueInvoice",
    params(
        ("id" = String, Path, description = "The document's id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    request_body = Option<IssueRequest>,
    responses((status = 200, description = "Issued", body = InvoiceBody)),
)]
#[post("/invoices/{id}/issue")]
pub(crate) async fn issue_invoice(
    app: web::Data<App>,
    caller: Caller,
    id: DocumentPath,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<IssueRequest>,
) -> Result<HttpResponse, Problem> {
    if let DocumentId::CreditNote(_) = id.0 {
        id.find(&app, &caller).await?;
    }
    let once = idempotency.once(&caller.actor, body.raw());
    let key = id.0.key();
    let use_case = body.into_body().read(|request, check| request.read(check, key, expected.0))?;
    let render = |issued: &IssuedInvoice| changed(issued.version, &InvoiceBody::from(issued));
    respond(&app, &caller.actor, once, &use_case, render, issue_problem).await
}

/// Why a draft was not issued.
pub(super) fn issue_problem(error: IssueInvoiceError) -> Problem {
    match error {
        IssueInvoiceError::NotSetUp => Problem::new(Code::SetupRequired),
        IssueInvoiceError::State(error) | IssueInvoiceError::Corrected(error) => {
            state_problem(error, Action::Other)
        }
        IssueInvoiceError::Credit(error) => credit_problem(error),
        IssueInvoiceError::ReturnExceedsSold { line } => {
            let pointer = format!("/lines/{line}/quantity");
            Problem::at(FieldProblem::new(pointer, Code::CreditReturnExceedsSold))
        }
        IssueInvoiceError::NothingToRestock => nothing_to_restock(),
        IssueInvoiceError::PeriodLocked { locked_through } => period_locked(locked_through),
        IssueInvoiceError::PartyArchived => Problem::new(Code::ResourceArchived),
        IssueInvoiceError::Taxation(error) => taxation_problem(error),
        IssueInvoiceError::TaxIdRequired => Problem::new(Code::InvoiceTaxIdRequired),
        IssueInvoiceError::OverrideForbidden => Problem::new(Code::AuthzDenied)
            .param("permission", Permission::OverrideCreditLimit.code()),
        IssueInvoiceError::BeforeCorrected { invoice } => {
            let fault = FieldProblem::new("/issue_date", Code::CreditBeforeInvoice);
            Problem::at(fault.param("invoice", invoice))
        }
        IssueInvoiceError::DuplicateSupplierReference => {
            let pointer = "/supplier_reference";
            Problem::at(FieldProblem::new(pointer, Code::InvoiceDuplicateSupplierReference))
        }
        IssueInvoiceError::Incomplete(IssueError::Empty) => {
            Problem::at(FieldProblem::new("/lines", Code::InvoiceEmpty))
        }
        IssueInvoiceError::Incomplete(IssueError::DueBeforeIssue { issue_date, due_date }) => {
            let fault = FieldProblem::new("/due_date", Code::InvoiceDueBeforeIssue);
            Problem::at(fault.param("issue_date", issue_date).param("due_date", due_date))
        }
        IssueInvoiceError::DateInFuture { today } => {
            let fault = FieldProblem::new("/issue_date", Code::InvoiceDateInFuture);
            Problem::at(fault.param("today", today))
        }
        IssueInvoiceError::RateMissing(error) => rate_problem(error),
        IssueInvoiceError::TooLarge => Problem::new(Code::ExchangeTooLarge),
        IssueInvoiceError::Place(error) => place_problem(error),
        IssueInvoiceError::Line { line, error } => movement_line_problem(line, error),
        IssueInvoiceError::Stock(error) => stock_problem(error),
        IssueInvoiceError::CreditLimitExceeded { limit, balance } => {
            Problem::new(Code::InvoiceCreditLimitExceeded)
                .param("limit", limit)
                .param("balance", balance)
        }
        IssueInvoiceError::Number(error) => number_problem(error),
        IssueInvoiceError::Store(error) => error.into(),
    }
}

/// Why an invoice cannot be taxed as it is written.
fn taxation_problem(error: TaxationError) -> Problem {
    let fault = match error {
        TaxationError::RateNotEffective { line, code, date } => {
            let pointer = format!("/lines/{line}/tax_rate");
            let fault = FieldProblem::new(pointer, Code::InvoiceTaxRateNotEffective);
            fault.param("code", code).param("date", date)
        }
        TaxationError::ReasonMissing { category } => {
            let fault = FieldProblem::new("/exemptions", Code::InvoiceExemptionReasonMissing);
            fault.param("category", category.code())
        }
    };
    Problem::at(fault)
}

/// Why a document was given no number.
fn number_problem(error: NumberError) -> Problem {
    let at_series = |code| FieldProblem::new("/series", code);
    match error {
        NumberError::Unknown(_) => Problem::at(at_series(Code::ValidationReference)),
        NumberError::NoDefault(document) => {
            Problem::new(Code::SeriesNoDefault).param("document", document.code())
        }
        NumberError::OtherDocument { numbers, .. } => {
            Problem::at(at_series(Code::SeriesOtherDocument).param("numbers", numbers.code()))
        }
        NumberError::Closed(_) => Problem::new(Code::SeriesClosed),
        NumberError::DateOutOfOrder(error) => {
            let fault = FieldProblem::new("/issue_date", Code::InvoiceDateOutOfOrder);
            Problem::at(fault.param("last", error.last))
        }
        NumberError::Store(error) => error.into(),
    }
}

/// Why the goods of an invoice cannot leave: its own date decides when they do.
fn stock_problem(error: PostError) -> Problem {
    match error {
        PostError::PeriodLocked { locked_through } => period_locked(locked_through),
        PostError::InsufficientAtDate(shortages) => dated_shortages("/issue_date", &shortages),
        error => post_problem(error),
    }
}

fn period_locked(locked_through: Date) -> Problem {
    let fault = FieldProblem::new("/issue_date", Code::InvoicePeriodLocked);
    Problem::at(fault.param("locked_through", locked_through))
}
