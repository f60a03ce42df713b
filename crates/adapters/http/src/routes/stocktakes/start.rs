//! `POST /stocktakes/{id}/start`: beginning to count.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{StartStocktake, StartStocktakeError};
use gaara_inventory::Stocktake;
use gaara_kernel::StocktakeId;

use super::problem::{lock_problem, too_large};
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::{Empty, OptionalBody};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::views::StocktakeBody;

/// Begins to count: one line for each product in scope that has been in the warehouse.
#[utoipa::path(
    tag = "Stocktakes",
    operation_id = "startStocktake",
    params(
        ("id" = String, Path, description = "The stocktake's id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    responses((status = 200, description = "Counting", body = StocktakeBody)),
)]
#[post("/stocktakes/{id}/start")]
pub(crate) async fn start_stocktake(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<StocktakeId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<Empty>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    body.check()?;
    let use_case = StartStocktake { id: id.0, expected: expected.0 };
    let render = |started: &Stocktake| changed(started.version, &StocktakeBody::from(started));
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: StartStocktakeError) -> Problem {
    match error {
        StartStocktakeError::Lock(error) => lock_problem(error),
        StartStocktakeError::Overlaps => Problem::new(Code::StocktakeOverlaps),
        StartStocktakeError::TooLarge(_) => too_large(),
        StartStocktakeError::Store(error) => error.into(),
    }
}
