//! `GET /reports/tax-return`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::{PeriodAsked, ReportTaxReturn};

use crate::caller::Caller;
use crate::problem::Problem;
use crate::query::ListParams;
use crate::reply::ask;
use crate::views::TaxReturnBody;

/// Adds up the tax of a period by category and rate, in the currency of the books.
#[utoipa::path(
    tag = "Reports",
    operation_id = "reportTaxReturn",
    params(
        ("date_from" = Option<String>, Query,
            description = "The first day; the first of the last day's month when absent"),
        ("date_to" = Option<String>, Query, description = "The last day; today when absent"),
    ),
    responses((status = 200, description = "What is to be declared", body = TaxReturnBody)),
)]
#[get("/reports/tax-return")]
pub(crate) async fn report_tax_return(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let period = PeriodAsked { from: params.take_one("date_from"), to: params.take_one("date_to") };
    let form = params.finish_report()?;
    let (period, told) = ask(&app, &caller.actor, &ReportTaxReturn { period }).await?;
    Ok(form.report(TaxReturnBody::new(period, &told), |body| body.data))
}
