//! `POST /stock-movements/{id}/reverse`: undoing a posted movement.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{ReverseMovement, ReverseMovementError};
use gaara_inventory::{Reversal, ReverseError};
use gaara_kernel::{Date, MovementId, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::problem::{place_problem, post_problem};
use super::state::{Action, state_problem};
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::{Check, Field, OptionalBody};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::views::MovementBody;

/// How to reverse; the body may be left out.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ReverseMovementRequest {
    /// The business date of the reversal; when absent the movement's own, or today where the
    /// books are closed by then.
    #[schema(value_type = Option<String>, example = "2026-11-23")]
    #[serde(default)]
    effective_date: Field<Date>,
}

impl ReverseMovementRequest {
    fn read(
        self,
        check: &mut Check,
        id: MovementId,
        expected: Option<Version>,
    ) -> Option<ReverseMovement> {
        let effective_date = check.optional("/effective_date", self.effective_date);
        Some(ReverseMovement { id, expected, effective_date: effective_date? })
    }
}

/// Undoes a posted movement by another one, which the answer names in `reversed_by_id`.
#[utoipa::path(
    tag = "Stock",
    operation_id = "reverseStockMovement",
    params(
        ("id" = String, Path, description = "The movement's id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    request_body = Option<ReverseMovementRequest>,
    responses((status = 200, description = "Reversed", body = MovementBody)),
)]
#[post("/stock-movements/{id}/reverse")]
pub(crate) async fn reverse_movement(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<MovementId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<ReverseMovementRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.into_body().read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |reversal: &Reversal| {
        changed(reversal.undone.version, &MovementBody::from(&reversal.undone))
    };
    respond(&app, &caller.actor, once, &use_case, render, reversal_problem).await
}

/// Why a movement is not undone.
pub(in crate::routes) fn reversal_problem(error: ReverseMovementError) -> Problem {
    match error {
        ReverseMovementError::NotSetUp => Problem::new(Code::SetupRequired),
        ReverseMovementError::NotFound => Problem::not_found(),
        ReverseMovementError::Stale { current } => Problem::stale(current),
        ReverseMovementError::Place(error) => place_problem(error),
        ReverseMovementError::ProductArchived { product } => {
            let fault = FieldProblem::new("/lines", Code::ResourceArchived);
            Problem::at(fault.param("product_id", product))
        }
        ReverseMovementError::NotPosted(status) => state_problem(Action::Reverse, status),
        ReverseMovementError::Reverse(error) => reverse_problem(error),
        ReverseMovementError::Store(error) => error.into(),
    }
}

fn reverse_problem(error: ReverseError) -> Problem {
    match error {
        ReverseError::Reversed { by } => {
            Problem::new(Code::MovementReversed).param("reversed_by_id", by)
        }
        ReverseError::IsReversal => Problem::new(Code::MovementIsReversal),
        ReverseError::IsRevaluation => Problem::new(Code::MovementIsRevaluation),
        ReverseError::OwnedByInvoice => Problem::new(Code::MovementOwnedByInvoice),
        ReverseError::HasReturns => Problem::new(Code::MovementHasReturns),
        ReverseError::Post(error) => post_problem(error),
    }
}
