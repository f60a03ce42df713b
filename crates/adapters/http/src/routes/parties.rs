//! Customers.

mod create_customer;
mod customers;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(create_customer::create_customer)
        .service(customers::list_customers)
        .service(customers::get_customer);
}
