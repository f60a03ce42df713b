//! `POST /stocktakes`: planning a stocktake.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{CreateStocktake, CreateStocktakeError};
use gaara_inventory::{Stocktake, StocktakeScope};
use gaara_kernel::{CategoryId, ProductId, StocktakeId, WarehouseId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::id_list::IdList;
use super::problem::{ambiguous_scope, scope_problem};
use crate::caller::Caller;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field, NoteText};
use crate::problem::Problem;
use crate::reply::{created, respond};
use crate::views::StocktakeBody;

/// A stocktake as it is planned.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateStocktakeRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<StocktakeId>,
    /// Where to count.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    warehouse_id: Field<WarehouseId>,
    /// Only the products of these categories and of all below them: 1,000 at most.
    #[schema(value_type = Option<Vec<String>>)]
    #[serde(default)]
    category_ids: Field<IdList<CategoryId>>,
    /// Only these products: 1,000 at most; not together with categories.
    #[schema(value_type = Option<Vec<String>>)]
    #[serde(default)]
    product_ids: Field<IdList<ProductId>>,
    /// What people should know about it: 1,000 characters at most.
    #[schema(value_type = Option<String>, max_length = 1_000)]
    #[serde(default)]
    note: Field<NoteText>,
}

impl CreateStocktakeRequest {
    fn read(self, check: &mut Check) -> Option<CreateStocktake> {
        let id = check.optional("/id", self.id);
        let warehouse = check.required("/warehouse_id", self.warehouse_id);
        let categories = check.optional("/category_ids", self.category_ids);
        let products = check.optional("/product_ids", self.product_ids);
        let note = check.optional("/note", self.note);
        let scope = StocktakeScope::try_new(
            categories?.map(|categories| categories.0),
            products?.map(|products| products.0),
        );
        let Ok(scope) = scope else {
            check.fault(ambiguous_scope());
            return None;
        };
        let note = note?.map(NoteText::into_text);
        Some(CreateStocktake { id: id?, warehouse: warehouse?, scope, note })
    }
}

/// Plans a stocktake of a warehouse, or of a part of it. Nothing is counted before it is started.
#[utoipa::path(
    tag = "Stocktakes",
    operation_id = "createStocktake",
    request_body = CreateStocktakeRequest,
    responses((status = 201, description = "Planned", body = StocktakeBody)),
)]
#[post("/stocktakes")]
pub(crate) async fn create_stocktake(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<CreateStocktakeRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(CreateStocktakeRequest::read)?;
    let render = |stocktake: &Stocktake| {
        let location = format!("/api/v1/stocktakes/{}", stocktake.id);
        created(location, stocktake.version, &StocktakeBody::from(stocktake))
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: CreateStocktakeError) -> Problem {
    match error {
        CreateStocktakeError::Scope(error) => scope_problem(error),
        CreateStocktakeError::Store(error) => error.into(),
    }
}
