//! `DELETE /payments/{id}`: payments stay on record, whatever their state.

use actix_web::{HttpResponse, delete, web};
use gaara_application::App;
use gaara_application::invoicing::FindPayment;
use gaara_kernel::PaymentId;

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfMatch;
use crate::problem::Problem;
use crate::reply::ask;

/// Never deletes: any payment answers 409 `payment.immutable`.
#[utoipa::path(
    tag = "Payments",
    operation_id = "deletePayment",
    params(("id" = String, Path, description = "The payment's id")),
    responses((status = 409, description = "Payments stay on record", body = crate::problem::ProblemBody,
        content_type = "application/problem+json")),
)]
#[delete("/payments/{id}")]
pub(crate) async fn delete_payment(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<PaymentId>,
    _: IfMatch,
) -> Result<HttpResponse, Problem> {
    let payment = ask(&app, &caller.actor, &FindPayment { id: id.0 }).await?;
    payment.ok_or_else(Problem::not_found)?;
    Err(Problem::new(Code::PaymentImmutable))
}
