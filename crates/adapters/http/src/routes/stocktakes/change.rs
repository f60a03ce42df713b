//! `PATCH /stocktakes/{id}`: changing what a stocktake will count.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::inventory::{ChangeStocktake, ChangeStocktakeError};
use gaara_inventory::Stocktake;
use gaara_kernel::{CategoryId, ProductId, StocktakeId, Version, WarehouseId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::id_list::IdList;
use super::problem::{lock_problem, scope_problem};
use crate::caller::{Caller, PathId};
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field, NoteText};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::views::StocktakeBody;

/// What changes; what is absent stays (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeStocktakeRequest {
    /// Where to count.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    warehouse_id: Field<WarehouseId>,
    /// Only the products of these categories and of all below them; `null` for no such limit.
    #[schema(value_type = Option<Vec<String>>)]
    #[serde(default)]
    category_ids: Field<IdList<CategoryId>>,
    /// Only these products; `null` for no such limit.
    #[schema(value_type = Option<Vec<String>>)]
    #[serde(default)]
    product_ids: Field<IdList<ProductId>>,
    /// What people should know about it: 1,000 characters at most; `null` takes it away.
    #[schema(value_type = Option<String>, max_length = 1_000)]
    #[serde(default)]
    note: Field<NoteText>,
}

impl ChangeStocktakeRequest {
    fn read(
        self,
        check: &mut Check,
        id: StocktakeId,
        expected: Version,
    ) -> Option<ChangeStocktake> {
        let warehouse = check.change("/warehouse_id", self.warehouse_id);
        let categories = check.patch("/category_ids", self.category_ids);
        let products = check.patch("/product_ids", self.product_ids);
        let note = check.patch("/note", self.note);
        let categories = categories?.into_option();
        let products = products?.into_option();
        Some(ChangeStocktake {
            id,
            expected,
            warehouse: warehouse?,
            categories: categories.map(|categories| categories.map(|list| list.0)),
            products: products.map(|products| products.map(|list| list.0)),
            note: note?.into_option().map(|note| note.map(NoteText::into_text)),
        })
    }
}

/// Changes a draft. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Stocktakes",
    operation_id = "changeStocktake",
    params(("id" = String, Path, description = "The stocktake's id")),
    request_body(content = ChangeStocktakeRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = StocktakeBody)),
)]
#[patch("/stocktakes/{id}")]
pub(crate) async fn change_stocktake(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<StocktakeId>,
    expected: IfMatch,
    body: Body<ChangeStocktakeRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render =
        |(_, after): &(Stocktake, Stocktake)| changed(after.version, &StocktakeBody::from(after));
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeStocktakeError) -> Problem {
    match error {
        ChangeStocktakeError::Lock(error) => lock_problem(error),
        ChangeStocktakeError::Scope(error) => scope_problem(error),
        ChangeStocktakeError::Store(error) => error.into(),
    }
}
