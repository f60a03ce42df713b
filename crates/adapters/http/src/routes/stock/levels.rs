//! `GET /stock-levels`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::inventory::ListLevels;
use gaara_inventory::{LevelFilter, LevelSort};
use gaara_kernel::Sort;

use crate::caller::Caller;
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::ask;
use crate::views::LevelBody;

/// Lists stock levels.
#[utoipa::path(
    tag = "Stock",
    operation_id = "listStockLevels",
    params(
        ListQuery,
        ("product_id" = Option<String>, Query, description = "Only this product"),
        ("warehouse_id" = Option<String>, Query, description = "Only this warehouse"),
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
    };
    let list = params.finish(Sort::<LevelSort>::natural())?;
    let rows = ask(&app, &caller.actor, &ListLevels { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|row| LevelBody::new(&row, caller.language))))
}
