//! Reports, as JSON or as a table.

mod stock_valuation;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes.service(stock_valuation::report_stock_valuation);
}
