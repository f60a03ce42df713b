//! `POST /auth/reauth`: showing again who one is.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{Proof, ProofFailure, ProveSessionError};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::passkey::second_factor;
use super::{hash_problem, throttled};
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field, JsonObject, SecretText};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{done, send};

/// The second factor where there is one, and the password otherwise.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ReauthRequest {
    /// The password; needed where there is no second factor.
    #[schema(value_type = Option<String>, format = "password")]
    #[serde(default)]
    password: Field<SecretText>,
    /// Six digits of the authenticator app, or a recovery code; needed where there is a second
    /// factor.
    #[schema(value_type = Option<String>, example = "492039")]
    #[serde(default)]
    code: Field<SecretText>,
    /// The question that a passkey answers, of `POST /auth/reauth/passkey`.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    ceremony_id: Field<SecretText>,
    /// What the browser answered: `credential.toJSON()`.
    #[schema(value_type = Option<Object>)]
    #[serde(default)]
    credential: Field<JsonObject>,
}

impl ReauthRequest {
    fn read(self, check: &mut Check) -> Option<Proof> {
        let password = check.optional("/password", self.password);
        let factor = second_factor(check, self.code, self.ceremony_id, self.credential);
        Some(Proof { password: password?.map(SecretText::expose), factor: factor? })
    }
}

/// Shows again who you are. What `auth.step_up_required` was answered to may be done in this
/// session for ten minutes.
#[utoipa::path(
    tag = "Auth",
    operation_id = "reauthenticate",
    request_body = ReauthRequest,
    responses((status = 204, description = "Shown")),
)]
#[post("/auth/reauth")]
pub(crate) async fn reauthenticate(
    app: web::Data<App>,
    caller: Caller,
    _: Idempotency,
    body: Body<ReauthRequest>,
) -> Result<HttpResponse, Problem> {
    let proof = body.read(ReauthRequest::read)?;
    app.prove(&caller.actor, &proof).await.map_err(problem)?;
    Ok(send(done()))
}

fn problem(failure: ProofFailure) -> Problem {
    let at = |pointer, code| Problem::at(FieldProblem::new(pointer, code));
    match failure {
        ProofFailure::CodeMissing => at("/code", Code::ValidationRequired),
        ProofFailure::PasswordMissing => at("/password", Code::ValidationRequired),
        ProofFailure::WrongCode => Problem::new(Code::MfaInvalidCode),
        ProofFailure::WrongPassword => at("/password", Code::PasswordCurrentWrong),
        ProofFailure::Throttled { retry_after } => throttled(retry_after),
        ProofFailure::Hash(error) => hash_problem(error),
        ProofFailure::Seal(error) => Problem::internal(error),
        ProofFailure::Refused(refusal) => Problem::refused(refusal, |error| match error {
            ProveSessionError::NoSession
            | ProveSessionError::Spent
            | ProveSessionError::Changed => Problem::new(Code::AuthTokenRevoked),
            ProveSessionError::Store(error) => error.into(),
        }),
        ProofFailure::Store(error) => error.into(),
    }
}
