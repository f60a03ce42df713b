//! The page that shows the document and tries its operations out.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Adds the page; its files are part of the binary.
pub(crate) fn add(config: &mut web::ServiceConfig) {
    let page = SwaggerUi::new("/api/docs/{_:.*}")
        .config(Config::from("/api/schema").use_base_layout().persist_authorization(false));
    config.route("/api/docs", web::get().to(to_page)).service(page);
}

async fn to_page() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/api/docs/")).finish()
}
