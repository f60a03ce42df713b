//! `POST /me/password`: changing one's own password.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{ChangePasswordError, ChangePasswordFailure, PasswordChange};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field, SecretText};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{done, send};
use crate::routes::auth::{hash_problem, password_problem, throttled};

/// The present password and the one to come.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangePasswordRequest {
    /// The present password.
    #[schema(value_type = String, required = true, format = "password")]
    #[serde(default)]
    current_password: Field<SecretText>,
    /// The new password.
    #[schema(value_type = String, required = true, format = "password")]
    #[serde(default)]
    new_password: Field<SecretText>,
}

impl ChangePasswordRequest {
    fn read(self, check: &mut Check) -> Option<PasswordChange> {
        let current = check.required("/current_password", self.current_password);
        let new = check.required("/new_password", self.new_password);
        Some(PasswordChange { current: current?.expose(), new: new?.expose() })
    }
}

/// Changes your password and ends your other sessions.
#[utoipa::path(
    tag = "Me",
    operation_id = "changePassword",
    request_body = ChangePasswordRequest,
    responses((status = 204, description = "Changed")),
)]
#[post("/me/password")]
pub(crate) async fn change_password(
    app: web::Data<App>,
    caller: Caller,
    _: Idempotency,
    body: Body<ChangePasswordRequest>,
) -> Result<HttpResponse, Problem> {
    let change = body.read(ChangePasswordRequest::read)?;
    app.change_password(&caller.actor, &change).await.map_err(problem)?;
    Ok(send(done()))
}

fn problem(failure: ChangePasswordFailure) -> Problem {
    match failure {
        ChangePasswordFailure::WrongCurrent => wrong_current(),
        ChangePasswordFailure::Password(faults) => password_problem("/new_password", &faults),
        ChangePasswordFailure::Hash(error) => hash_problem(error),
        ChangePasswordFailure::Throttled { retry_after } => throttled(retry_after),
        ChangePasswordFailure::Refused(refusal) => Problem::refused(refusal, |error| match error {
            ChangePasswordError::NoUser => Problem::new(Code::AuthTokenRevoked),
            ChangePasswordError::Changed => wrong_current(),
            ChangePasswordError::Store(error) => error.into(),
        }),
        ChangePasswordFailure::Store(error) => error.into(),
    }
}

fn wrong_current() -> Problem {
    Problem::at(FieldProblem::new("/current_password", Code::PasswordCurrentWrong))
}
