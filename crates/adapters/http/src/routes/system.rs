//! Routes outside the API proper: health, the document, its page, and what errors mean.

mod docs;
mod health;
mod keys;
mod password;
mod problem;
mod schema;
mod setup;

use actix_web::web;
use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(health::health)
        .service(health::live)
        .service(health::ready)
        .service(health::detailed)
        .service(schema::schema)
        .service(keys::show)
        .service(problem::explain)
        .service(setup::explain)
        .service(password::explain);
}

/// Adds the pages that are not part of the document.
pub(crate) fn add_pages(config: &mut web::ServiceConfig, has_docs: bool) {
    if has_docs {
        docs::add(config);
    }
}
