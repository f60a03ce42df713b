//! Exchange rates.

mod day;
mod read;
mod set;

use gaara_application::invoicing::RateMissing;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::code::Code;
use crate::problem::Problem;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(set::set_exchange_rate)
        .service(read::list_exchange_rates)
        .service(read::get_exchange_rate);
}

/// A day for which no rate is known.
pub(super) fn rate_problem(RateMissing { from, to }: RateMissing) -> Problem {
    Problem::new(Code::ExchangeRateMissing).param("from", from).param("to", to)
}
