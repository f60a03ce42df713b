//! `GET /reports/aged-receivables` and `GET /reports/aged-payables`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::ReportAgedBalances;
use gaara_invoicing::report::{Counterparty, Side};
use gaara_kernel::{CustomerId, SupplierId};

use crate::caller::Caller;
use crate::problem::Problem;
use crate::query::ListParams;
use crate::reply::ask;
use crate::views::AgedBalancesBody;

/// Tells what customers owe at the end of a day, by how long it has been due.
#[utoipa::path(
    tag = "Reports",
    operation_id = "reportAgedReceivables",
    params(
        ("as_of" = Option<String>, Query, description = "The day; today when absent"),
        ("customer_id" = Option<String>, Query, description = "Only this customer"),
    ),
    responses((status = 200, description = "What is open", body = AgedBalancesBody)),
)]
#[get("/reports/aged-receivables")]
pub(crate) async fn report_aged_receivables(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let customer: Option<CustomerId> = params.take_one("customer_id");
    let query = ReportAgedBalances {
        side: Side::Sales,
        as_of: params.take_one("as_of"),
        party: customer.map(Counterparty::Customer),
    };
    let form = params.finish_report()?;
    let aged = ask(&app, &caller.actor, &query).await?;
    Ok(form.report(AgedBalancesBody::new(&aged, caller.language), |body| body.data))
}

/// Tells what is owed to suppliers at the end of a day, by how long it has been due.
#[utoipa::path(
    tag = "Reports",
    operation_id = "reportAgedPayables",
    params(
        ("as_of" = Option<String>, Query, description = "The day; today when absent"),
        ("supplier_id" = Option<String>, Query, description = "Only this supplier"),
    ),
    responses((status = 200, description = "What is open", body = AgedBalancesBody)),
)]
#[get("/reports/aged-payables")]
pub(crate) async fn report_aged_payables(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let supplier: Option<SupplierId> = params.take_one("supplier_id");
    let query = ReportAgedBalances {
        side: Side::Purchases,
        as_of: params.take_one("as_of"),
        party: supplier.map(Counterparty::Supplier),
    };
    let form = params.finish_report()?;
    let aged = ask(&app, &caller.actor, &query).await?;
    Ok(form.report(AgedBalancesBody::new(&aged, caller.language), |body| body.data))
}
