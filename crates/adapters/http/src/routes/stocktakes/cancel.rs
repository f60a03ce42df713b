//! `POST /stocktakes/{id}/cancel`: giving a stocktake up.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{CancelStocktake, CancelStocktakeError};
use gaara_inventory::Stocktake;
use gaara_kernel::StocktakeId;

use super::problem::lock_problem;
use crate::caller::{Caller, PathId};
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::{Empty, OptionalBody};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::views::StocktakeBody;

/// Gives a stocktake up before it is posted; what was counted stays on record.
#[utoipa::path(
    tag = "Stocktakes",
    operation_id = "cancelStocktake",
    params(
        ("id" = String, Path, description = "The stocktake's id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    responses((status = 200, description = "Cancelled", body = StocktakeBody)),
)]
#[post("/stocktakes/{id}/cancel")]
pub(crate) async fn cancel_stocktake(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<StocktakeId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<Empty>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    body.check()?;
    let use_case = CancelStocktake { id: id.0, expected: expected.0 };
    let render =
        |cancelled: &Stocktake| changed(cancelled.version, &StocktakeBody::from(cancelled));
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: CancelStocktakeError) -> Problem {
    match error {
        CancelStocktakeError::Lock(error) => lock_problem(error),
        CancelStocktakeError::Store(error) => error.into(),
    }
}
