//! Customers and suppliers.

mod archive_customer;
mod archive_supplier;
mod change;
mod change_customer;
mod change_supplier;
mod create_customer;
mod create_supplier;
mod customers;
pub(crate) mod details;
mod suppliers;
mod terms;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(create_customer::create_customer)
        .service(change_customer::change_customer)
        .service(archive_customer::archive_customer)
        .service(archive_customer::restore_customer)
        .service(customers::list_customers)
        .service(customers::get_customer)
        .service(create_supplier::create_supplier)
        .service(change_supplier::change_supplier)
        .service(archive_supplier::archive_supplier)
        .service(archive_supplier::restore_supplier)
        .service(suppliers::list_suppliers)
        .service(suppliers::get_supplier);
}
