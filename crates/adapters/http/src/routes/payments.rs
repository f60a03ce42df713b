//! Payments.

mod allocate;
mod change;
mod delete;
mod path;
mod problem;
mod read;
mod record;
mod remove_allocation;
mod void;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(record::record_payment)
        .service(read::list_payments)
        .service(read::get_payment)
        .service(change::change_payment)
        .service(delete::delete_payment)
        .service(void::void_payment)
        .service(allocate::allocate_payment)
        .service(remove_allocation::remove_allocation);
}
