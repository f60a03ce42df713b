//! `POST /payments/{id}/allocations`: allocating what is left of a payment.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::{
    AllocatePayment, AllocatePaymentError, FindPayment, WrittenAllocation,
};
use gaara_invoicing::Payment;
use gaara_kernel::{DocumentId, PaymentId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::problem::settle_problem;
use super::record::{AllocationRequest, read_document};
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::{Body, Check, DecimalText, Field, List};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{ask, created, respond};
use crate::views::PaymentBody;

/// What a payment is for: one invoice, or several in `allocations`.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct AllocatePaymentRequest {
    /// The invoice, or the credit note whose rest is paid back.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    invoice_id: Field<DocumentId>,
    /// How much, in the payment's currency.
    #[schema(value_type = Option<String>, example = "100.00")]
    #[serde(default)]
    amount: Field<DecimalText>,
    /// Several invoices at once: 1,000 at most.
    #[schema(value_type = Option<Vec<AllocationRequest>>)]
    #[validate(length(max = 1_000), nested)]
    #[serde(default)]
    allocations: List<AllocationRequest>,
}

/// What a request names, and whether it names a list.
struct Named {
    allocations: Vec<WrittenAllocation>,
    is_list: bool,
}

impl AllocatePaymentRequest {
    fn read(self, check: &mut Check, payment: &Payment) -> Option<Named> {
        let (currency, settles) = (payment.amount().currency(), Some(payment.settles()));
        let Self { invoice_id, amount, allocations } = self;
        if !matches!(allocations, List::Items(_)) {
            let invoice = read_document(check, invoice_id, settles);
            let amount = check.money("/amount", amount, Some(currency));
            let allocations = vec![WrittenAllocation { invoice: invoice?, amount: amount? }];
            return Some(Named { allocations, is_list: false });
        }
        if !matches!(invoice_id, Field::Missing) {
            check.fault(FieldProblem::new("/invoice_id", Code::ValidationRepeated));
        }
        if !matches!(amount, Field::Missing) {
            check.fault(FieldProblem::new("/amount", Code::ValidationRepeated));
        }
        let allocations = check.each("/allocations", allocations, |part, check| {
            AllocationRequest::read(part, check, Some(currency), settles)
        });
        if allocations.as_ref().is_some_and(Vec::is_empty) {
            check.fault(FieldProblem::new("/allocations", Code::ValidationRequired));
        }
        Some(Named { allocations: allocations?, is_list: true })
    }
}

/// Settles invoices with what is left of a payment. It counts today, whenever the money came.
#[utoipa::path(
    tag = "Payments",
    operation_id = "allocatePayment",
    params(("id" = String, Path, description = "The payment's id")),
    request_body = AllocatePaymentRequest,
    responses((status = 201, description = "Allocated", body = PaymentBody)),
)]
#[post("/payments/{id}/allocations")]
pub(crate) async fn allocate_payment(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<PaymentId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: Body<AllocatePaymentRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    // Party, direction and currency of a payment never change, so it may be read beforehand.
    let payment = ask(&app, &caller.actor, &FindPayment { id: id.0 }).await?;
    let payment = payment.ok_or_else(Problem::not_found)?;
    let Named { allocations, is_list } =
        body.read(|request, check| request.read(check, &payment))?;
    let use_case = AllocatePayment { id: id.0, expected: expected.0, allocations };
    let render = |payment: &Payment| {
        let location = format!("/api/v1/payments/{}", payment.id());
        created(location, payment.version(), &PaymentBody::from(payment))
    };
    let problem = |error| problem(error, &use_case.allocations, is_list);
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(
    error: AllocatePaymentError,
    allocations: &[WrittenAllocation],
    is_list: bool,
) -> Problem {
    let pointer = |index| if is_list { format!("/allocations/{index}") } else { String::new() };
    match error {
        AllocatePaymentError::NotSetUp => Problem::new(Code::SetupRequired),
        AllocatePaymentError::NotFound => Problem::not_found(),
        AllocatePaymentError::Stale { current } => Problem::stale(current),
        AllocatePaymentError::Void => Problem::new(Code::PaymentVoid),
        AllocatePaymentError::Settle(error) => settle_problem(error, allocations, pointer),
        AllocatePaymentError::Store(error) => error.into(),
    }
}
