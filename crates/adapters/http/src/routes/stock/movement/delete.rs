//! `DELETE /stock-movements/{id}`: movements stay on record, whatever their state.

use actix_web::{HttpResponse, delete, web};
use gaara_application::App;
use gaara_application::inventory::FindMovement;
use gaara_kernel::MovementId;

use super::state::{Action, state_problem};
use crate::caller::{Caller, PathId};
use crate::headers::IfMatch;
use crate::problem::Problem;
use crate::reply::ask;

/// Never deletes: a draft answers 409 `movement.use_cancel`, any other movement 409
/// `movement.immutable`.
#[utoipa::path(
    tag = "Stock",
    operation_id = "deleteStockMovement",
    params(("id" = String, Path, description = "The movement's id")),
    responses((status = 409, description = "Movements stay on record", body = crate::problem::ProblemBody,
        content_type = "application/problem+json")),
)]
#[delete("/stock-movements/{id}")]
pub(crate) async fn delete_movement(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<MovementId>,
    _: IfMatch,
) -> Result<HttpResponse, Problem> {
    let movement = ask(&app, &caller.actor, &FindMovement { id: id.0 }).await?;
    let movement = movement.ok_or_else(Problem::not_found)?;
    Err(state_problem(Action::Delete, movement.status()))
}
