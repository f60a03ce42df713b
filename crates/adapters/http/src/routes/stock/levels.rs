//! `GET /stock-levels` and `GET /stock-levels/reorder`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::inventory::{ListLevels, ListReorder};
use gaara_inventory::{LevelFilter, LevelSort, ReorderFilter, ReorderSort};
use gaara_kernel::Sort;

use crate::caller::Caller;
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::ask;
use crate::views::{LevelBody, ReorderBody};

/// Lists stock levels as they are now, or what was on hand at the end of an earlier day.
#[utoipa::path(
    tag = "Stock",
    operation_id = "listStockLevels",
    params(
        ListQuery,
        ("product_id" = Option<String>, Query, description = "Only this product"),
        ("warehouse_id" = Option<String>, Query, description = "Only this warehouse"),
        ("as_of" = Option<String>, Query,
            description = "What was on hand at the end of this day; such a list cannot be sorted"),
    ),
    responses((status = 200, description = "Stock levels", body = PageBody<LevelBody>)),
)]
#[get("/stock-levels")]
pub(crate) async fn list_levels(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = LevelFilter {
        product: params.take_one("product_id"),
        warehouse: params.take_one("warehouse_id"),
        as_of: params.take_one("as_of"),
    };
    if filter.as_of.is_some() {
        params.refuse_sort();
    }
    let list = params.finish(Sort::<LevelSort>::natural())?;
    let rows = ask(&app, &caller.actor, &ListLevels { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|row| LevelBody::new(&row, caller.language))))
}

/// Lists levels whose free stock is below their minimum, and how much to order.
#[utoipa::path(
    tag = "Stock",
    operation_id = "listReorder",
    params(
        ListQuery,
        ("warehouse_id" = Option<String>, Query, description = "Only this warehouse"),
    ),
    responses((status = 200, description = "What to order", body = PageBody<ReorderBody>)),
)]
#[get("/stock-levels/reorder")]
pub(crate) async fn list_reorder(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = ReorderFilter { warehouse: params.take_one("warehouse_id") };
    let list = params.finish(Sort::<ReorderSort>::natural())?;
    let rows = ask(&app, &caller.actor, &ListReorder { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|row| ReorderBody::new(&row, caller.language))))
}
