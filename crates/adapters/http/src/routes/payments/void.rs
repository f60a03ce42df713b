//! `POST /payments/{id}/void`: voiding a payment that was recorded by mistake.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::{VoidPayment, VoidPaymentFailure, VoidedPayment};
use gaara_kernel::{PaymentId, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::problem::{period_problem, void_problem};
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::{Check, Field, OptionalBody};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::views::PaymentBody;

/// How a payment is voided.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct VoidPaymentRequest {
    /// Whether its allocations are removed first; `false` when absent.
    #[schema(value_type = Option<bool>, example = false)]
    #[serde(default)]
    cascade: Field<bool>,
}

impl VoidPaymentRequest {
    fn read(
        self,
        check: &mut Check,
        id: PaymentId,
        expected: Option<Version>,
    ) -> Option<VoidPayment> {
        let cascade = check.or_default("/cascade", self.cascade, false)?;
        Some(VoidPayment { id, expected, cascade })
    }
}

/// Voids a payment. One that settles invoices is refused, unless `cascade` removes its
/// allocations in the same transaction.
#[utoipa::path(
    tag = "Payments",
    operation_id = "voidPayment",
    params(("id" = String, Path, description = "The payment's id")),
    request_body = VoidPaymentRequest,
    responses((status = 200, description = "Voided", body = PaymentBody)),
)]
#[post("/payments/{id}/void")]
pub(crate) async fn void_payment(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<PaymentId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<VoidPaymentRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.into_body().read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |VoidedPayment { payment, .. }: &VoidedPayment| {
        changed(payment.version(), &PaymentBody::from(payment))
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: VoidPaymentFailure) -> Problem {
    match error {
        VoidPaymentFailure::NotSetUp => Problem::new(Code::SetupRequired),
        VoidPaymentFailure::NotFound => Problem::not_found(),
        VoidPaymentFailure::Stale { current } => Problem::stale(current),
        VoidPaymentFailure::Payment(error) => void_problem(error),
        VoidPaymentFailure::Period(error) => period_problem(error),
        VoidPaymentFailure::Store(error) => error.into(),
    }
}
