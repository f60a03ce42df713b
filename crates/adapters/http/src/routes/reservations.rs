//! Reservations: stock that is promised for a while.

mod create;
mod read;
mod release;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(create::create_reservation)
        .service(read::list_reservations)
        .service(read::get_reservation)
        .service(release::release_reservation);
}
