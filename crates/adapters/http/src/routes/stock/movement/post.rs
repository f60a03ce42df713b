//! `POST /stock-movements/{id}/post`: posting a draft.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::PostMovement;
use gaara_inventory::PostedMovement;
use gaara_kernel::MovementId;

use super::problem::draft_problem;
use super::state::Action;
use crate::caller::{Caller, PathId};
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::{Empty, OptionalBody};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::views::MovementBody;

/// Posts a draft: levels, ledger, audit row and event in one transaction.
#[utoipa::path(
    tag = "Stock",
    operation_id = "postStockMovement",
    params(
        ("id" = String, Path, description = "The movement's id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    responses((status = 200, description = "Posted", body = MovementBody)),
)]
#[post("/stock-movements/{id}/post")]
pub(crate) async fn post_movement(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<MovementId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<Empty>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    body.check()?;
    let use_case = PostMovement { id: id.0, expected: expected.0 };
    let render = |posted: &PostedMovement| changed(posted.version, &MovementBody::from(posted));
    let problem = |error| draft_problem(error, Action::Post);
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}
