//! `POST /invoices/calculate`: what an invoice would come to.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::CalculateError;

use super::write::InvoiceRequest;
use super::{line_problem, totals_problem};
use crate::caller::Caller;
use crate::headers::Idempotency;
use crate::json::Body;
use crate::problem::Problem;
use crate::reply::shown;
use crate::views::CalculationBody;

/// Calculates an invoice and stores nothing. Quantities may be negative here.
#[utoipa::path(
    tag = "Invoices",
    operation_id = "calculateInvoice",
    request_body = InvoiceRequest,
    responses((status = 200, description = "What it comes to", body = CalculationBody)),
)]
#[post("/invoices/calculate")]
pub(crate) async fn calculate(
    app: web::Data<App>,
    caller: Caller,
    _: Idempotency,
    body: Body<InvoiceRequest>,
) -> Result<HttpResponse, Problem> {
    let query = body.read(InvoiceRequest::read_calculated)?;
    let calculated = app.ask(&caller.actor, &query).await;
    let calculated = calculated.map_err(|refusal| Problem::refused(refusal, problem))?;
    Ok(shown(&CalculationBody::from(&calculated)))
}

fn problem(error: CalculateError) -> Problem {
    match error {
        CalculateError::Line { line, error } => line_problem(line, error),
        CalculateError::Totals(error) => totals_problem(error),
        CalculateError::Store(error) => error.into(),
    }
}
