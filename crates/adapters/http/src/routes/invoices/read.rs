//! `GET /invoices` and `GET /invoices/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::{FindInvoice, ListInvoices};
use gaara_invoicing::{InvoiceFilter, InvoiceSort};
use gaara_kernel::{Direction, InvoiceId, Sort};

use crate::caller::{Caller, PathId};
use crate::headers::IfNoneMatch;
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::views::{InvoiceBody, InvoiceSummaryBody};

/// Lists invoices.
#[utoipa::path(
    tag = "Invoices",
    operation_id = "listInvoices",
    params(
        ListQuery,
        ("status" = Option<Vec<String>>, Query, description = "Only these states"),
        ("payment_status" = Option<Vec<String>>, Query, description = "Only these settlement states"),
        ("customer_id" = Option<String>, Query, description = "Only this customer's"),
        ("issue_date_from" = Option<String>, Query, description = "Only dated on or after this day"),
        ("issue_date_to" = Option<String>, Query, description = "Only dated on or before this day"),
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
        customer: params.take_one("customer_id"),
        issued_from: params.take_one("issue_date_from"),
        issued_to: params.take_one("issue_date_to"),
        updated_since: params.take_one("updated_since"),
    };
    let list = params.finish(Sort::by(InvoiceSort::CreatedAt, Direction::Descending))?;
    let rows = ask(&app, &caller.actor, &ListInvoices { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|row| InvoiceSummaryBody::new(&row, caller.language))))
}

/// Shows an invoice.
#[utoipa::path(
    tag = "Invoices",
    operation_id = "getInvoice",
    params(("id" = String, Path, description = "The invoice's id")),
    responses((status = 200, description = "The invoice", body = InvoiceBody)),
)]
#[get("/invoices/{id}")]
pub(crate) async fn get_invoice(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<InvoiceId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let invoice = ask(&app, &caller.actor, &FindInvoice { id: id.0 }).await?;
    let invoice = invoice.ok_or_else(Problem::not_found)?;
    Ok(found(&known, invoice.version(), &InvoiceBody::from(&invoice)))
}
