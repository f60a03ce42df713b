//! The OpenAPI document itself.

use actix_web::{HttpResponse, get, web};

use crate::server::SchemaDocument;

/// This document.
#[utoipa::path(
    tag = "System",
    operation_id = "getSchema",
    security(()),
    responses((status = 200, description = "OpenAPI 3.1.", content_type = "application/json", body = Object))
)]
#[get("/api/schema")]
pub(crate) async fn schema(document: web::Data<SchemaDocument>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(document.0.clone())
}
