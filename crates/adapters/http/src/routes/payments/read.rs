//! `GET /payments` and `GET /payments/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::{FindPayment, ListPayments};
use gaara_invoicing::{PaymentFilter, PaymentSort};
use gaara_kernel::{Direction, DocumentId, PaymentId, Sort};

use crate::caller::{Caller, PathId};
use crate::headers::IfNoneMatch;
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::views::PaymentBody;

/// Lists payments.
#[utoipa::path(
    tag = "Payments",
    operation_id = "listPayments",
    params(
        ListQuery,
        ("direction" = Option<String>, Query, description = "`in` or `out`"),
        ("customer_id" = Option<String>, Query, description = "Only this customer's"),
        ("supplier_id" = Option<String>, Query, description = "Only this supplier's"),
        ("invoice_id" = Option<String>, Query, description = "Only those for this invoice"),
        ("status" = Option<Vec<String>>, Query, description = "`posted` or `void`"),
        ("payment_date_from" = Option<String>, Query, description = "Of this day or later"),
        ("payment_date_to" = Option<String>, Query, description = "Of this day or earlier"),
        ("updated_since" = Option<String>, Query, description = "Saved at this instant or later"),
        ("q" = Option<String>, Query, description = "Words of the reference or the note"),
    ),
    responses((status = 200, description = "Payments", body = PageBody<PaymentBody>)),
)]
#[get("/payments")]
pub(crate) async fn list_payments(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = PaymentFilter {
        direction: params.take_one("direction"),
        customer: params.take_one("customer_id"),
        supplier: params.take_one("supplier_id"),
        invoice: params.take_one("invoice_id").map(DocumentId::key),
        states: params.take_many("status"),
        paid_from: params.take_one("payment_date_from"),
        paid_to: params.take_one("payment_date_to"),
        updated_since: params.take_one("updated_since"),
        query: params.take_one("q"),
    };
    let list = params.finish(Sort::by(PaymentSort::CreatedAt, Direction::Descending))?;
    let rows = ask(&app, &caller.actor, &ListPayments { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|payment| PaymentBody::from(&payment))))
}

/// Shows a payment.
#[utoipa::path(
    tag = "Payments",
    operation_id = "getPayment",
    params(("id" = String, Path, description = "The payment's id")),
    responses((status = 200, description = "The payment", body = PaymentBody)),
)]
#[get("/payments/{id}")]
pub(crate) async fn get_payment(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<PaymentId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let payment = ask(&app, &caller.actor, &FindPayment { id: id.0 }).await?;
    let payment = payment.ok_or_else(Problem::not_found)?;
    Ok(found(&known, payment.version(), &PaymentBody::from(&payment)))
}
