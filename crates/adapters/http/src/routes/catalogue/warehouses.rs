//! `/warehouses`.

use actix_web::{HttpResponse, get, post, web};
use gaara_application::App;
use gaara_application::inventory::{
    CreateWarehouse, CreateWarehouseError, FindWarehouse, ListWarehouses,
};
use gaara_inventory::{Warehouse, WarehouseFilter, WarehouseSort};
use gaara_kernel::{BilingualText, Code as Name, Direction, Sort, WarehouseId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::{Caller, PathId};
use crate::headers::{Idempotency, IfNoneMatch};
use crate::json::{Body, Check, Field};
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, created, found, respond};
use crate::views::{BilingualBody, WarehouseBody};

/// A warehouse as it is added.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateWarehouseRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<WarehouseId>,
    /// The code people know it by; unique.
    #[schema(value_type = String, required = true, example = "MAIN")]
    #[serde(default)]
    code: Field<Name>,
    /// The name.
    #[schema(value_type = BilingualBody, required = true)]
    #[serde(default)]
    name: Field<BilingualText>,
}

impl CreateWarehouseRequest {
    fn read(self, check: &mut Check) -> Option<CreateWarehouse> {
        let id = check.optional("/id", self.id);
        let code = check.required("/code", self.code);
        let name = check.required("/name", self.name);
        Some(CreateWarehouse { id: id?, code: code?, name: name? })
    }
}

/// Adds a warehouse.
#[utoipa::path(
    tag = "Warehouses",
    operation_id = "createWarehouse",
    request_body = CreateWarehouseRequest,
    responses((status = 201, description = "Added", body = WarehouseBody)),
)]
#[post("/warehouses")]
pub(crate) async fn create_warehouse(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<CreateWarehouseRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(CreateWarehouseRequest::read)?;
    let render = |warehouse: &Warehouse| {
        let body = WarehouseBody::new(warehouse, caller.language);
        created(format!("/api/v1/warehouses/{}", warehouse.id), warehouse.version, &body)
    };
    let problem = |CreateWarehouseError::Store(error)| error.into();
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

/// Lists warehouses.
#[utoipa::path(
    tag = "Warehouses",
    operation_id = "listWarehouses",
    params(
        ListQuery,
        (
            "archived" = Option<String>,
            Query,
            description = "`false` leaves archived ones out, `true` lists them alone, `any` both"
        ),
    ),
    responses((status = 200, description = "Warehouses", body = PageBody<WarehouseBody>)),
)]
#[get("/warehouses")]
pub(crate) async fn list_warehouses(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = WarehouseFilter { archived: params.take_one("archived").unwrap_or_default() };
    let list = params.finish(Sort::by(WarehouseSort::Code, Direction::Ascending))?;
    let rows = ask(&app, &caller.actor, &ListWarehouses { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|warehouse| WarehouseBody::new(&warehouse, caller.language))))
}

/// Shows a warehouse.
#[utoipa::path(
    tag = "Warehouses",
    operation_id = "getWarehouse",
    params(("id" = String, Path, description = "The warehouse's id")),
    responses((status = 200, description = "The warehouse", body = WarehouseBody)),
)]
#[get("/warehouses/{id}")]
pub(crate) async fn get_warehouse(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<WarehouseId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let warehouse = ask(&app, &caller.actor, &FindWarehouse { id: id.0 }).await?;
    let warehouse = warehouse.ok_or_else(Problem::not_found)?;
    Ok(found(&known, warehouse.version, &WarehouseBody::new(&warehouse, caller.language)))
}
