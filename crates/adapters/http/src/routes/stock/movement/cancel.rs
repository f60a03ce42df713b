//! `POST /stock-movements/{id}/cancel`: giving a draft up.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{CancelMovement, CancelMovementError};
use gaara_inventory::CancelledMovement;
use gaara_kernel::MovementId;

use super::problem::lock_problem;
use super::state::Action;
use crate::caller::{Caller, PathId};
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::{Empty, OptionalBody};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::views::MovementBody;

/// Gives a draft up; it stays on record.
#[utoipa::path(
    tag = "Stock",
    operation_id = "cancelStockMovement",
    params(
        ("id" = String, Path, description = "The movement's id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    responses((status = 200, description = "Cancelled", body = MovementBody)),
)]
#[post("/stock-movements/{id}/cancel")]
pub(crate) async fn cancel_movement(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<MovementId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<Empty>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    body.check()?;
    let use_case = CancelMovement { id: id.0, expected: expected.0 };
    let render =
        |cancelled: &CancelledMovement| changed(cancelled.version, &MovementBody::from(cancelled));
    let problem = |CancelMovementError(error)| lock_problem(error, Action::Cancel);
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}
