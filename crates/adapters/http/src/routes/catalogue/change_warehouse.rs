//! `PATCH /warehouses/{id}`: changing a warehouse.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::inventory::{ChangeWarehouse, ChangeWarehouseError};
use gaara_inventory::Warehouse;
use gaara_kernel::{Code as Name, Version, WarehouseId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::{Caller, PathId};
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field, Nested};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::routes::name::{NameRequest, name_problem, read_name};
use crate::views::WarehouseBody;

/// What changes; what is absent stays (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeWarehouseRequest {
    /// The code people know it by; unique.
    #[schema(value_type = Option<String>, example = "MAIN")]
    #[serde(default)]
    code: Field<Name>,
    /// The name.
    #[schema(value_type = Option<NameRequest>)]
    #[serde(default)]
    name: Nested<NameRequest>,
}

impl ChangeWarehouseRequest {
    fn read(
        self,
        check: &mut Check,
        id: WarehouseId,
        expected: Version,
    ) -> Option<ChangeWarehouse> {
        let code = check.change("/code", self.code);
        let name = read_name(check, self.name);
        Some(ChangeWarehouse { id, expected, code: code?, name: name? })
    }
}

/// Changes a warehouse. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Warehouses",
    operation_id = "changeWarehouse",
    params(("id" = String, Path, description = "The warehouse's id")),
    request_body(content = ChangeWarehouseRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = WarehouseBody)),
)]
#[patch("/warehouses/{id}")]
pub(crate) async fn change_warehouse(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<WarehouseId>,
    expected: IfMatch,
    body: Body<ChangeWarehouseRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |(_, after): &(Warehouse, Warehouse)| {
        changed(after.version, &WarehouseBody::new(after, caller.language))
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeWarehouseError) -> Problem {
    match error {
        ChangeWarehouseError::NotFound => Problem::not_found(),
        ChangeWarehouseError::Stale { current } => Problem::stale(current),
        ChangeWarehouseError::Name(error) => name_problem(error),
        ChangeWarehouseError::Store(error) => error.into(),
    }
}
