//! `/api-keys`: keys of programs.

mod create;
mod read;

use gaara_application::identity::ApiKeyError;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::code::Code;
use crate::problem::{FieldProblem, Problem};

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(create::create_api_key)
        .service(read::list_api_keys)
        .service(read::get_api_key)
        .service(read::remove_api_key);
}

/// Why a key was not made or taken away.
fn key_problem(error: ApiKeyError) -> Problem {
    match error {
        ApiKeyError::NotFound => Problem::not_found(),
        ApiKeyError::NoUser => Problem::new(Code::AuthStepUpRequired),
        ApiKeyError::NotGrantable(_) => {
            Problem::at(FieldProblem::new("/permissions", Code::ValidationReference))
        }
        ApiKeyError::BeyondOwn(permission) => {
            Problem::new(Code::AuthzDenied).param("permission", permission.code())
        }
        ApiKeyError::EndIsOver => {
            Problem::at(FieldProblem::new("/expires_at", Code::ApiKeyEndIsOver))
        }
        ApiKeyError::Store(error) => error.into(),
    }
}
