//! Number series, and the report of numbers that are missing.

mod change;
mod close;
mod create;
mod gaps;
mod pattern;
mod read;
mod remove;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(create::create_number_series)
        .service(change::change_number_series)
        .service(close::close_number_series)
        .service(remove::remove_number_series)
        .service(read::list_number_series)
        .service(read::get_number_series)
        .service(gaps::list_number_gaps);
}
