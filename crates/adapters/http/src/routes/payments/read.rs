//! `GET /payments` and `GET /payments/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::{FindPayment, ListPayments};
use gaara_invoicing::{PaymentFilter, PaymentSort};
use gaara_kernel::{Direction, PaymentId, Sort};

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
        ("customer_id" = Option<String>, Query, description = "Only this customer's"),
        ("invoice_id" = Option<String>, Query, description = "Only those for this invoice"),
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
        customer: params.take_one("customer_id"),
        invoice: params.take_one("invoice_id"),
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
