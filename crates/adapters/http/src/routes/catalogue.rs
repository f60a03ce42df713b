//! Units, categories, products, warehouses and tax rates.

mod archive_product;
mod archive_tax_rate;
mod archive_warehouse;
mod batch_entry;
mod categories;
mod change_category;
mod change_product;
mod change_tax_rate;
mod change_unit;
mod change_warehouse;
mod create_product;
mod exemption;
mod factor;
mod product_parts;
mod product_problem;
mod products;
mod tax_rates;
mod units;
mod warehouses;
mod write_products;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(units::create_unit)
        .service(change_unit::change_unit)
        .service(units::list_units)
        .service(units::get_unit)
        .service(categories::create_category)
        .service(change_category::change_category)
        .service(categories::list_categories)
        .service(categories::get_category)
        .service(categories::remove_category)
        .service(create_product::create_product)
        .service(write_products::write_products)
        .service(change_product::change_product)
        .service(archive_product::archive_product)
        .service(archive_product::restore_product)
        .service(products::list_products)
        .service(products::get_product)
        .service(warehouses::create_warehouse)
        .service(change_warehouse::change_warehouse)
        .service(archive_warehouse::archive_warehouse)
        .service(archive_warehouse::restore_warehouse)
        .service(warehouses::list_warehouses)
        .service(warehouses::get_warehouse)
        .service(tax_rates::create_tax_rate)
        .service(change_tax_rate::change_tax_rate)
        .service(archive_tax_rate::archive_tax_rate)
        .service(archive_tax_rate::restore_tax_rate)
        .service(tax_rates::list_tax_rates)
        .service(tax_rates::get_tax_rate);
}
