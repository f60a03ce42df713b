//! Whether the server runs, and whether it can work.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::reply;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
struct Health {
    /// Always `ok`; anything else is an error.
    #[schema(example = "ok")]
    status: &'static str,
}

const OK: Health = Health { status: "ok" };

/// Whether the server runs.
#[utoipa::path(
    tag = "System",
    operation_id = "getHealth",
    security(()),
    responses((status = 200, description = "It runs.", body = Health))
)]
#[get("/health")]
pub(crate) async fn health() -> HttpResponse {
    reply::shown(&OK)
}

/// Whether the process is alive; it need not be able to work.
#[utoipa::path(
    tag = "System",
    operation_id = "getLiveness",
    security(()),
    responses((status = 200, description = "It is alive.", body = Health))
)]
#[get("/health/live")]
pub(crate) async fn live() -> HttpResponse {
    reply::shown(&OK)
}

/// Whether requests can be served now: the store answers.
#[utoipa::path(
    tag = "System",
    operation_id = "getReadiness",
    security(()),
    responses((status = 200, description = "It can work.", body = Health))
)]
#[get("/health/ready")]
pub(crate) async fn ready(app: web::Data<App>) -> Result<HttpResponse, Problem> {
    app.ready().await?;
    Ok(reply::shown(&OK))
}
