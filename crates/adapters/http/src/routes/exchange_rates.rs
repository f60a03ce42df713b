//! Exchange rates.

mod day;
mod read;
mod set;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(set::set_exchange_rate)
        .service(read::list_exchange_rates)
        .service(read::get_exchange_rate);
}
