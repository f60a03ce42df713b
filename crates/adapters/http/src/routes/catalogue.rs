//! Products, warehouses and tax rates.

mod change_product;
mod create_product;
mod products;
mod tax_rates;
mod warehouses;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(create_product::create_product)
        .service(change_product::change_product)
        .service(products::list_products)
        .service(products::get_product)
        .service(warehouses::create_warehouse)
        .service(warehouses::list_warehouses)
        .service(warehouses::get_warehouse)
        .service(tax_rates::create_tax_rate)
        .service(tax_rates::list_tax_rates)
        .service(tax_rates::get_tax_rate);
}
