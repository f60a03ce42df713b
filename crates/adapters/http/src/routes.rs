//! The routes, by context; each context lists its own.

pub(crate) mod address;
mod api_keys;
mod archiving;
mod audit;
mod auth;
mod catalogue;
mod exchange_rates;
mod identity;
mod invoices;
pub(crate) mod name;
mod numbering;
pub(crate) mod parties;
mod payments;
mod reports;
mod reservations;
mod stock;
mod stocktakes;
pub(crate) mod system;
mod tax;

use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

/// Adds every route that the OpenAPI document tells about.
pub(crate) fn configure(routes: &mut ServiceConfig<'_>) {
    system::configure(routes);
    routes.service(
        scope("/api/v1")
            .configure(identity::configure)
            .configure(auth::configure)
            .configure(api_keys::configure)
            .configure(catalogue::configure)
            .configure(stock::configure)
            .configure(reservations::configure)
            .configure(stocktakes::configure)
            .configure(parties::configure)
            .configure(numbering::configure)
            .configure(exchange_rates::configure)
            .configure(invoices::configure)
            .configure(payments::configure)
            .configure(reports::configure)
            .service(audit::list_audit_log)
            .service(audit::verify_audit_log),
    );
}
