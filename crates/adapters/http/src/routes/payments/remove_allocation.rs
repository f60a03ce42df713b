//! `DELETE /payments/{id}/allocations/{allocation_id}`: taking an allocation back.

use actix_web::{HttpResponse, delete, web};
use gaara_application::App;
use gaara_application::invoicing::{RemoveAllocation, RemoveAllocationError};
use gaara_invoicing::{Allocation, Payment};

use super::path::AllocationPath;
use super::problem::period_problem;
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::IfMatch;
use crate::problem::Problem;
use crate::reply::{done_at, respond};

/// Takes an allocation back; what it gained by exchange is taken back too. `If-Match` names the
/// version of the payment, and `ETag` answers its new one.
#[utoipa::path(
    tag = "Payments",
    operation_id = "removeAllocation",
    params(
        ("id" = String, Path, description = "The payment's id"),
        ("allocation_id" = String, Path, description = "The allocation's id"),
    ),
    responses((status = 204, description = "Taken back")),
)]
#[delete("/payments/{id}/allocations/{allocation_id}")]
pub(crate) async fn remove_allocation(
    app: web::Data<App>,
    caller: Caller,
    AllocationPath(payment, allocation): AllocationPath,
    expected: IfMatch,
) -> Result<HttpResponse, Problem> {
    let use_case = RemoveAllocation { payment, allocation, expected: Some(expected.0) };
    let render = |(payment, _): &(Payment, Allocation)| done_at(payment.version());
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: RemoveAllocationError) -> Problem {
    match error {
        RemoveAllocationError::NotSetUp => Problem::new(Code::SetupRequired),
        RemoveAllocationError::NotFound => Problem::not_found(),
        RemoveAllocationError::Stale { current } => Problem::stale(current),
        RemoveAllocationError::Void => Problem::new(Code::PaymentVoid),
        RemoveAllocationError::Period(error) => period_problem(error),
        RemoveAllocationError::Store(error) => error.into(),
    }
}
