//! `GET /reports/customer-statement` and `GET /reports/supplier-statement`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::{PeriodAsked, ReportStatement};
use gaara_invoicing::report::Counterparty;
use gaara_kernel::{CustomerId, SupplierId};

use crate::caller::Caller;
use crate::problem::Problem;
use crate::query::ListParams;
use crate::reply::ask;
use crate::views::StatementBody;

/// Tells what happened between us and a customer, with what was owed after each step.
#[utoipa::path(
    tag = "Reports",
    operation_id = "reportCustomerStatement",
    params(
        ("customer_id" = String, Query, description = "The customer"),
        ("currency" = Option<String>, Query,
            description = "The currency; the customer's own when absent"),
        ("date_from" = Option<String>, Query,
            description = "The first day; the first of the last day's month when absent"),
        ("date_to" = Option<String>, Query, description = "The last day; today when absent"),
    ),
    responses((status = 200, description = "The statement", body = StatementBody)),
)]
#[get("/reports/customer-statement")]
pub(crate) async fn report_customer_statement(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let customer: Option<CustomerId> = params.take_required("customer_id");
    let currency = params.take_one("currency");
    let period = PeriodAsked { from: params.take_one("date_from"), to: params.take_one("date_to") };
    let form = params.finish_report()?;
    let party = customer.map(Counterparty::Customer).ok_or_else(Problem::not_found)?;
    let query = ReportStatement { party, currency, period };
    let told = ask(&app, &caller.actor, &query).await?;
    Ok(form.report(StatementBody::new(&told, caller.language), |body| body.data))
}

/// Tells what happened between us and a supplier, with what was owed after each step.
#[utoipa::path(
    tag = "Reports",
    operation_id = "reportSupplierStatement",
    params(
        ("supplier_id" = String, Query, description = "The supplier"),
        ("currency" = Option<String>, Query,
            description = "The currency; the supplier's own when absent"),
        ("date_from" = Option<String>, Query,
            description = "The first day; the first of the last day's month when absent"),
        ("date_to" = Option<String>, Query, description = "The last day; today when absent"),
    ),
    responses((status = 200, description = "The statement", body = StatementBody)),
)]
#[get("/reports/supplier-statement")]
pub(crate) async fn report_supplier_statement(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let supplier: Option<SupplierId> = params.take_required("supplier_id");
    let currency = params.take_one("currency");
    let period = PeriodAsked { from: params.take_one("date_from"), to: params.take_one("date_to") };
    let form = params.finish_report()?;
    let party = supplier.map(Counterparty::Supplier).ok_or_else(Problem::not_found)?;
    let query = ReportStatement { party, currency, period };
    let told = ask(&app, &caller.actor, &query).await?;
    Ok(form.report(StatementBody::new(&told, caller.language), |body| body.data))
}
