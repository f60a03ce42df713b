//! `GET /suppliers` and `GET /suppliers/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::inventory::{FindSupplier, ListSuppliers};
use gaara_inventory::{SupplierFilter, SupplierSort};
use gaara_kernel::{Direction, Sort, SupplierId};

use crate::caller::{Caller, PathId};
use crate::headers::IfNoneMatch;
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::views::SupplierBody;

/// Lists suppliers.
#[utoipa::path(
    tag = "Suppliers",
    operation_id = "listSuppliers",
    params(
        ListQuery,
        ("email" = Option<String>, Query, description = "Only the supplier with this address"),
        (
            "archived" = Option<String>,
            Query,
            description = "`false` leaves archived ones out, `true` lists them alone, `any` both"
        ),
        ("updated_since" = Option<String>, Query, description = "Only saved since this instant"),
        ("q" = Option<String>, Query, description = "Words, each of which begins one of the name, the tax number or the address"),
    ),
    responses((status = 200, description = "Suppliers", body = PageBody<SupplierBody>)),
)]
#[get("/suppliers")]
pub(crate) async fn list_suppliers(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = SupplierFilter {
        email: params.take_one("email"),
        archived: params.take_one("archived").unwrap_or_default(),
        updated_since: params.take_one("updated_since"),
        query: params.take_one("q"),
    };
    let list = params.finish(Sort::by(SupplierSort::CreatedAt, Direction::Descending))?;
    let rows = ask(&app, &caller.actor, &ListSuppliers { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|supplier| SupplierBody::new(&supplier, caller.language))))
}

/// Shows a supplier.
#[utoipa::path(
    tag = "Suppliers",
    operation_id = "getSupplier",
    params(("id" = String, Path, description = "The supplier's id")),
    responses((status = 200, description = "The supplier", body = SupplierBody)),
)]
#[get("/suppliers/{id}")]
pub(crate) async fn get_supplier(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<SupplierId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let supplier = ask(&app, &caller.actor, &FindSupplier { id: id.0 }).await?;
    let supplier = supplier.ok_or_else(Problem::not_found)?;
    Ok(found(&known, supplier.version, &SupplierBody::new(&supplier, caller.language)))
}
