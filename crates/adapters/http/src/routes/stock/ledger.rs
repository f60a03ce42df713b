//! `GET /stock-ledger`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::inventory::ListLedger;
use gaara_inventory::{LedgerFilter, LedgerSort};
use gaara_kernel::{Direction, Sort};

use crate::caller::Caller;
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::ask;
use crate::views::LedgerBody;

/// Lists the stock ledger: what every posted movement did, the newest first.
#[utoipa::path(
    tag = "Stock",
    operation_id = "listStockLedger",
    params(
        ListQuery,
        ("product_id" = Option<String>, Query, description = "Only this product"),
        ("warehouse_id" = Option<String>, Query, description = "Only this warehouse"),
        ("movement_id" = Option<String>, Query, description = "Only entries of this movement"),
        ("date_from" = Option<String>, Query, description = "Only counting for this day or later"),
        ("date_to" = Option<String>, Query, description = "Only counting for this day or earlier"),
    ),
    responses((status = 200, description = "Ledger entries", body = PageBody<LedgerBody>)),
)]
#[get("/stock-ledger")]
pub(crate) async fn list_ledger(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = LedgerFilter {
        product: params.take_one("product_id"),
        warehouse: params.take_one("warehouse_id"),
        movement: params.take_one("movement_id"),
        date_from: params.take_one("date_from"),
        date_to: params.take_one("date_to"),
    };
    let list = params.finish(Sort::by(LedgerSort::Sequence, Direction::Descending))?;
    let rows = ask(&app, &caller.actor, &ListLedger { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|row| LedgerBody::from(&row))))
}
