//! `GET /stock-movements/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::inventory::FindMovement;
use gaara_kernel::{MovementId, Version};

use crate::caller::{Caller, PathId};
use crate::headers::IfNoneMatch;
use crate::problem::Problem;
use crate::reply::{ask, found};
use crate::views::MovementBody;

/// Shows a stock movement.
#[utoipa::path(
    tag = "Stock",
    operation_id = "getStockMovement",
    params(("id" = String, Path, description = "The movement's id")),
    responses((status = 200, description = "The movement", body = MovementBody)),
)]
#[get("/stock-movements/{id}")]
pub(crate) async fn get_movement(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<MovementId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let posted = ask(&app, &caller.actor, &FindMovement { id: id.0 }).await?;
    let posted = posted.ok_or_else(Problem::not_found)?;
    Ok(found(&known, Version::FIRST, &MovementBody::from(&posted)))
}
