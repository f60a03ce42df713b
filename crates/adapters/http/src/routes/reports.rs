//! Reports, as JSON or as a table.

mod aged_balances;
mod sales;
mod statement;
mod stock_valuation;
mod tax_return;

use gaara_application::invoicing::ReportError;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::code::Code;
use crate::problem::{FieldProblem, Problem};

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(stock_valuation::report_stock_valuation)
        .service(aged_balances::report_aged_receivables)
        .service(aged_balances::report_aged_payables)
        .service(statement::report_customer_statement)
        .service(statement::report_supplier_statement)
        .service(sales::report_sales)
        .service(tax_return::report_tax_return);
}

impl From<ReportError> for Problem {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::NotFound => Self::not_found(),
            ReportError::Period(period) => Self::at(
                FieldProblem::new("?date_to", Code::ReportPeriodBackward)
                    .param("from", period.from)
                    .param("to", period.to),
            ),
            ReportError::Store(error) => error.into(),
        }
    }
}
