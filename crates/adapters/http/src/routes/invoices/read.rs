//! `GET /invoices` and `GET /invoices/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::{ListInvoices, ListOverdueInvoices};
use gaara_invoicing::{InvoiceFilter, InvoiceSort};
use gaara_kernel::{Direction, Sort};

use super::path::DocumentPath;
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::IfNoneMatch;
use crate::json::{FieldFault, FromText};
use crate::problem::{FieldProblem, Problem};
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::views::{InvoiceBody, InvoiceSummaryBody};

/// Lists invoices and credit notes, sold and bought.
#[utoipa::path(
    tag = "Invoices",
    operation_id = "listInvoices",
    params(
        ListQuery,
        ("status" = Option<Vec<String>>, Query, description = "Only these states"),
        ("payment_status" = Option<Vec<String>>, Query, description = "Only these settlement states"),
        ("kind" = Option<String>, Query, description = "`sale` or `purchase`"),
        ("type" = Option<String>, Query, description = "`invoice` or `credit_note`"),
        ("customer_id" = Option<String>, Query, description = "Only this customer's"),
        ("supplier_id" = Option<String>, Query, description = "Only this supplier's"),
        ("corrects_id" = Option<String>, Query, description = "Only the credit notes of this invoice"),
        ("number" = Option<String>, Query, description = "Only the one with this number"),
        ("tag" = Option<String>, Query, description = "Only those that bear this tag"),
        ("issue_date_from" = Option<String>, Query, description = "Only dated on or after this day"),
        ("issue_date_to" = Option<String>, Query, description = "Only dated on or before this day"),
        ("due_date_from" = Option<String>, Query, description = "Only to be paid on or after this day"),
        ("due_date_to" = Option<String>, Query, description = "Only to be paid on or before this day"),
        ("overdue" = Option<bool>, Query, description = "`true`: only invoices that something is open of after their due date"),
        ("q" = Option<String>, Query, description = "Words of a number, a reference, a tag, or the name of the other side"),
        ("updated_since" = Option<String>, Query, description = "Only saved since this instant"),
    ),
    responses(
        (status = 200, description = "Invoices", body = PageBody<InvoiceSummaryBody>),
    ),
)]
#[get("/invoices")]
pub(crate) async fn list_invoices(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = InvoiceFilter {
        statuses: params.take_many("status"),
        payment_statuses: params.take_many("payment_status"),
        kind: params.take_one("kind"),
        document_type: params.take_one("type"),
        customer: params.take_one("customer_id"),
        supplier: params.take_one("supplier_id"),
        corrects: params.take_one("corrects_id"),
        number: params.take_one("number"),
        tag: params.take_one("tag"),
        due_from: params.take_one("due_date_from"),
        due_to: params.take_one("due_date_to"),
        overdue_on: None,
        query: params.take_one("q"),
        issued_from: params.take_one("issue_date_from"),
        issued_to: params.take_one("issue_date_to"),
        updated_since: params.take_one("updated_since"),
    };
    let is_overdue = params.take_one("overdue") == Some(Yes);
    let list = params.finish(Sort::by(InvoiceSort::CreatedAt, Direction::Descending))?;
    let page = list.page();
    let rows = if is_overdue {
        ask(&app, &caller.actor, &ListOverdueInvoices { filter, page }).await?
    } else {
        ask(&app, &caller.actor, &ListInvoices { filter, page }).await?
    };
    Ok(list.reply(rows.map(|row| InvoiceSummaryBody::new(&row, caller.language))))
}

/// The one value of a filter that is either asked for or left out.
#[derive(Debug, PartialEq, Eq)]
struct Yes;

impl FromText for Yes {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        if text == "true" {
            return Ok(Self);
        }
        Err(FieldProblem::new("", Code::ValidationChoice).param("choices", "true").into())
    }
}

/// Shows an invoice or a credit note.
#[utoipa::path(
    tag = "Invoices",
    operation_id = "getInvoice",
    params(("id" = String, Path, description = "The document's id")),
    responses((status = 200, description = "The invoice", body = InvoiceBody)),
)]
#[get("/invoices/{id}")]
pub(crate) async fn get_invoice(
    app: web::Data<App>,
    caller: Caller,
    id: DocumentPath,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let invoice = id.find(&app, &caller).await?;
    Ok(found(&known, invoice.version(), &InvoiceBody::from(&invoice)))
}
