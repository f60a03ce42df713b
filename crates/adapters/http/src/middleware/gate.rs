//! Keeps the API closed until somebody has set the system up.

use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, web};
use gaara_application::App;

use crate::code::Code;
use crate::problem::Problem;

/// Remembers that the system is set up, which never changes back.
#[derive(Debug, Default)]
pub(crate) struct Gate(AtomicBool);

impl Gate {
    async fn check(&self, app: &App) -> Result<(), Problem> {
        if self.0.load(Ordering::Relaxed) {
            return Ok(());
        }
        if !app.is_set_up().await? {
            return Err(Problem::new(Code::SetupRequired));
        }
        self.0.store(true, Ordering::Relaxed);
        Ok(())
    }
}

/// Refuses every route of the API but the one that sets the system up.
pub(crate) async fn gate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if is_closed(request.path()) {
        let app = request.app_data::<web::Data<App>>().cloned();
        let gate = request.app_data::<web::Data<Gate>>().cloned();
        if let (Some(app), Some(gate)) = (app, gate)
            && let Err(problem) = gate.check(&app).await
        {
            return Ok(request.error_response(problem));
        }
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

fn is_closed(path: &str) -> bool {
    path.starts_with("/api/v1/") && path != "/api/v1/setup"
}
