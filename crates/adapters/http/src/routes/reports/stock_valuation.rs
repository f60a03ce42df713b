//! `GET /reports/stock-valuation`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::inventory::ValueStock;
use gaara_inventory::ValuationFilter;

use crate::caller::Caller;
use crate::problem::Problem;
use crate::query::ListParams;
use crate::reply::ask;
use crate::views::StockValuationBody;

/// Values the stock from its levels, as they are now.
#[utoipa::path(
    tag = "Reports",
    operation_id = "reportStockValuation",
    params(
        ("group_by" = Option<String>, Query,
            description = "What is added up: `product` (as usual), `category` or `warehouse`"),
        ("product_id" = Option<String>, Query, description = "Only this product"),
        ("category_id" = Option<String>, Query, description = "Only products of this category"),
        ("warehouse_id" = Option<String>, Query, description = "Only this warehouse"),
    ),
    responses((status = 200, description = "What it is worth", body = StockValuationBody)),
)]
#[get("/reports/stock-valuation")]
pub(crate) async fn report_stock_valuation(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let query = ValueStock {
        by: params.take_one("group_by").unwrap_or_default(),
        filter: ValuationFilter {
            product: params.take_one("product_id"),
            category: params.take_one("category_id"),
            warehouse: params.take_one("warehouse_id"),
        },
    };
    let form = params.finish_report()?;
    let valuation = ask(&app, &caller.actor, &query).await?;
    let body = StockValuationBody::new(query.by, &valuation, caller.language);
    Ok(form.report(body, |body| body.data))
}
