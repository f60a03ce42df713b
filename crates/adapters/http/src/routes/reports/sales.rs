//! `GET /reports/sales`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::{PeriodAsked, ReportSales};

use crate::caller::Caller;
use crate::problem::Problem;
use crate::query::ListParams;
use crate::reply::ask;
use crate::views::SalesBody;

/// Tells what was sold in a period: net, tax, gross, cost and margin.
#[utoipa::path(
    tag = "Reports",
    operation_id = "reportSales",
    params(
        ("group_by" = Option<String>, Query,
            description = "What is added up: `day`, `month` (as usual), `customer` or `product`"),
        ("date_from" = Option<String>, Query,
            description = "The first day; the first of the last day's month when absent"),
        ("date_to" = Option<String>, Query, description = "The last day; today when absent"),
    ),
    responses((status = 200, description = "What was sold", body = SalesBody)),
)]
#[get("/reports/sales")]
pub(crate) async fn report_sales(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let by = params.take_one("group_by").unwrap_or_default();
    let period = PeriodAsked { from: params.take_one("date_from"), to: params.take_one("date_to") };
    let form = params.finish_report()?;
    let (period, report) = ask(&app, &caller.actor, &ReportSales { by, period }).await?;
    let body = SalesBody::new(by, period, &report, caller.language)?;
    Ok(form.report(body, |body| body.data))
}
