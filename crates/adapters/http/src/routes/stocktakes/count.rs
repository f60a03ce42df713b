//! `PUT /stocktakes/{id}/counts`: counting.

use actix_web::{HttpResponse, put, web};
use gaara_application::App;
use gaara_application::inventory::{CountRefusal, CountStock, CountStockError, WrittenCount};
use gaara_inventory::{CountError, Stocktake};
use gaara_kernel::{Code as Name, ProductId, Quantity, StocktakeId, UnitPrice, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::problem::{lock_problem, too_large};
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field, List};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::routes::stock::line_problem;
use crate::views::StocktakeBody;

/// What was counted of one product.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CountRequest {
    /// The product.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    product_id: Field<ProductId>,
    /// How much was there; zero or more.
    #[schema(value_type = String, required = true, example = "98")]
    #[serde(default)]
    quantity: Field<Quantity>,
    /// The unit of the quantity; the product's when absent.
    #[schema(value_type = Option<String>, example = "EA")]
    #[serde(default)]
    unit: Field<Name>,
    /// What one unit is worth; only needed where more is there than the books say, and they know
    /// no cost of it.
    #[schema(value_type = Option<String>, example = "1.75")]
    #[serde(default)]
    unit_cost: Field<UnitPrice>,
}

impl CountRequest {
    fn read(self, check: &mut Check) -> Option<WrittenCount> {
        let product = check.required("/product_id", self.product_id);
        let quantity = check.required("/quantity", self.quantity);
        let unit = check.optional("/unit", self.unit);
        let unit_cost = check.optional("/unit_cost", self.unit_cost);
        Some(WrittenCount {
            product: product?,
            quantity: quantity?,
            unit: unit?,
            unit_cost: unit_cost?,
        })
    }
}

/// What was counted.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CountStockRequest {
    /// One count for each product: 1,000 at most. Counts of other products stay as they are.
    #[schema(value_type = Vec<CountRequest>, required = true)]
    #[validate(length(max = 1_000), nested)]
    #[serde(default)]
    counts: List<CountRequest>,
}

impl CountStockRequest {
    fn read(self, check: &mut Check, id: StocktakeId, expected: Version) -> Option<CountStock> {
        if matches!(self.counts, List::Missing | List::Null) {
            check.fault(FieldProblem::new("/counts", Code::ValidationRequired));
        }
        let counts = check.each("/counts", self.counts, CountRequest::read);
        Some(CountStock { id, expected, counts: counts? })
    }
}

/// Sets the counts of some products, each next to what the books say at this moment: what moves
/// afterwards does not change the difference. `If-Match` names the version they were made on.
#[utoipa::path(
    tag = "Stocktakes",
    operation_id = "countStock",
    params(("id" = String, Path, description = "The stocktake's id")),
    request_body = CountStockRequest,
    responses((status = 200, description = "Counted", body = StocktakeBody)),
)]
#[put("/stocktakes/{id}/counts")]
pub(crate) async fn count_stock(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<StocktakeId>,
    expected: IfMatch,
    body: Body<CountStockRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |counted: &Stocktake| changed(counted.version, &StocktakeBody::from(counted));
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: CountStockError) -> Problem {
    match error {
        CountStockError::Lock(error) => lock_problem(error),
        CountStockError::NotSetUp => Problem::new(Code::SetupRequired),
        CountStockError::Refused { index, refusal } => count_problem(index, refusal),
        CountStockError::Overlaps => Problem::new(Code::StocktakeOverlaps),
        CountStockError::TooLarge(_) => too_large(),
        CountStockError::Store(error) => error.into(),
    }
}

fn count_problem(index: usize, refusal: CountRefusal) -> Problem {
    let at = |field, code| Problem::at(FieldProblem::new(format!("/counts/{index}/{field}"), code));
    match refusal {
        CountRefusal::Count(CountError::Negative) => at("quantity", Code::StocktakeCountNegative),
        CountRefusal::Count(CountError::CostNegative) => {
            at("unit_cost", Code::ValidationNotNegative)
        }
        CountRefusal::Repeated => at("product_id", Code::ValidationRepeated),
        CountRefusal::NotInScope => at("product_id", Code::StocktakeLineNotInScope),
        CountRefusal::Line(error) => line_problem(&format!("/counts/{index}"), error),
    }
}
