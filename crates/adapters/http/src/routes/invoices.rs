//! Invoices and credit notes, sold and bought.

mod calculate;
mod change;
mod create;
mod credit_note;
mod details;
mod document;
mod issue;
mod notes;
mod path;
mod print;
mod read;
mod remove;
mod state;
mod void;
mod write;

use gaara_application::invoicing::LineError;
use gaara_invoicing::totals::{Place, TotalsError};

use crate::code::Code;
use crate::problem::{FieldProblem, Problem};

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(calculate::calculate)
        .service(create::create_invoice)
        .service(issue::issue_invoice)
        .service(void::void_invoice)
        .service(credit_note::create_credit_note)
        .service(change::change_invoice)
        .service(remove::remove_invoice)
        .service(print::print_invoice)
        .service(read::list_invoices)
        .service(read::get_invoice);
}

/// Why a line could not be completed.
fn line_problem(line: usize, error: LineError) -> Problem {
    let at = |field: &str, code| FieldProblem::new(format!("/lines/{line}/{field}"), code);
    Problem::at(match error {
        LineError::UnknownProduct => at("product_id", Code::ValidationReference),
        LineError::ProductArchived => at("product_id", Code::ResourceArchived),
        LineError::UnknownTaxRate(_) => at("tax_rate", Code::ValidationReference),
        LineError::UnknownReservation => at("reservation_id", Code::ValidationReference),
        LineError::ReservationMismatch => at("reservation_id", Code::ReservationMismatch),
        LineError::DescriptionMissing => at("description", Code::ValidationRequired),
        LineError::PriceMissing => at("unit_price", Code::ValidationRequired),
        LineError::UnitMissing => at("unit", Code::ValidationRequired),
        LineError::TaxMissing => at("tax", Code::ValidationRequired),
        LineError::UnitMismatch { unit } => at("unit", Code::UnitMismatch).param("unit", unit),
    })
}

/// Why totals could not be calculated.
fn totals_problem(error: TotalsError) -> Problem {
    let at = |place: Place, code| FieldProblem::new(pointer(place), code);
    let line =
        |line: usize, field: &str, code| FieldProblem::new(format!("/lines/{line}/{field}"), code);
    Problem::at(match error {
        TotalsError::Overflow { place } => {
            at(place, Code::ValidationRange).param("min", "-10^15").param("max", "10^15")
        }
        TotalsError::PercentOutOfRange { place } => {
            at(place, Code::ValidationRange).param("min", 0).param("max", 100)
        }
        TotalsError::BaseQuantityNotPositive { line: at } => {
            line(at, "base_quantity", Code::ValidationPositive)
        }
        TotalsError::NegativePrice { line: at } => {
            line(at, "unit_price", Code::ValidationNotNegative)
        }
        TotalsError::PriceDiscountMismatch { line: at } => {
            line(at, "price_discount", Code::ValidationPriceDiscount)
        }
        TotalsError::CannotSpread { place } => at(place, Code::ValidationSpread),
        // Amounts are read in the document's own currency, and the rest is not offered here.
        TotalsError::CurrencyMismatch { .. }
        | TotalsError::TooPrecise { .. }
        | TotalsError::CashIncrementNotPositive
        | TotalsError::RoundingGivenTwice
        | TotalsError::DecimalsUnsupported => return Problem::internal(error),
    })
}

fn pointer(place: Place) -> String {
    match place {
        Place::Document => String::new(),
        Place::Line { line } => format!("/lines/{line}"),
        Place::LineAllowance { line, index } => format!("/lines/{line}/allowances/{index}"),
        Place::LineCharge { line, index } => format!("/lines/{line}/charges/{index}"),
        Place::Allowance { index } => format!("/allowances/{index}"),
        Place::Charge { index } => format!("/charges/{index}"),
        Place::Prepaid => "/prepaid".to_owned(),
        Place::Rounding | Place::CashIncrement => "/rounding".to_owned(),
    }
}
