//! `POST /stocktakes/{id}/post`: bringing the books to what was counted.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{PostStocktake, PostStocktakeError};
use gaara_inventory::{PostError, SettleError, Stocktake, Uncounted};
use gaara_kernel::{StocktakeId, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::problem::lock_problem;
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::{Check, Field, FieldFault, FromText, OptionalBody};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::routes::stock::{line_problem, post_problem, shortages_at};
use crate::views::StocktakeBody;

/// What happens to lines that nobody counted.
#[derive(Debug)]
struct UncountedChoice(Uncounted);

impl FromText for UncountedChoice {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        match text {
            "keep" => Ok(Self(Uncounted::Kept)),
            "zero" => Ok(Self(Uncounted::Zeroed)),
            _ => {
                let fault = FieldProblem::new("", Code::ValidationChoice);
                Err(fault.param("choices", "keep, zero").into())
            }
        }
    }
}

/// How to post; the body may be left out.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct PostStocktakeRequest {
    /// `keep` leaves lines that nobody counted as they are, `zero` takes what is there away; when
    /// absent, every line must be counted.
    #[schema(value_type = Option<String>, example = "keep")]
    #[serde(default)]
    uncounted: Field<UncountedChoice>,
}

impl PostStocktakeRequest {
    fn read(
        self,
        check: &mut Check,
        id: StocktakeId,
        expected: Option<Version>,
    ) -> Option<PostStocktake> {
        let uncounted = check.optional("/uncounted", self.uncounted)?;
        let uncounted = uncounted.map_or(Uncounted::Refused, |choice| choice.0);
        Some(PostStocktake { id, expected, uncounted })
    }
}

/// Brings the books to what was counted, by one adjustment of all differences.
#[utoipa::path(
    tag = "Stocktakes",
    operation_id = "postStocktake",
    params(
        ("id" = String, Path, description = "The stocktake's id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    request_body = Option<PostStocktakeRequest>,
    responses((status = 200, description = "Posted", body = StocktakeBody)),
)]
#[post("/stocktakes/{id}/post")]
pub(crate) async fn post_stocktake(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<StocktakeId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<PostStocktakeRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.into_body().read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |posted: &Stocktake| changed(posted.version, &StocktakeBody::from(posted));
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

/// A fault of what was counted is none of this body's fields: it is told of the whole.
fn problem(error: PostStocktakeError) -> Problem {
    match error {
        PostStocktakeError::Lock(error) => lock_problem(error),
        PostStocktakeError::NotSetUp => Problem::new(Code::SetupRequired),
        PostStocktakeError::Settle(SettleError::Incomplete { uncounted }) => {
            let fault = FieldProblem::new("/uncounted", Code::StocktakeIncomplete);
            Problem::at(fault.param("uncounted", uncounted))
        }
        PostStocktakeError::Settle(SettleError::CostRequired { product }) => {
            let fault = FieldProblem::new("", Code::StockCostRequired);
            Problem::at(fault.param("product_id", product))
        }
        PostStocktakeError::Settle(SettleError::OutOfRange) => Problem::new(Code::StockOutOfRange),
        PostStocktakeError::Product { error, .. } => line_problem("", error),
        PostStocktakeError::Post(PostError::Insufficient(shortages)) => {
            shortages_at("", &shortages)
        }
        PostStocktakeError::Post(error) => post_problem(error),
        PostStocktakeError::Store(error) => error.into(),
    }
}
