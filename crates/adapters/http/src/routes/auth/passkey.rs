//! Asking a device for a passkey, and what a device answered.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{
    AskPasskeyError, AskedPasskey, OwnPasskeyError, PasskeyAnswer, PasskeyFailure, ShownFactor,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use validator::Validate;

use super::throttled;
use crate::caller::{Caller, Visitor};
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field, JsonObject, OptionalBody, SecretText};
use crate::problem::Problem;
use crate::reply::shown;
use crate::routes::archiving::StepRequest;

/// A question that the page hands to the browser.
#[derive(Serialize, ToSchema)]
pub(crate) struct PasskeyQuestionBody {
    /// What the question is answered by.
    ceremony_id: String,
    /// What `navigator.credentials.create` or `.get` takes, with binary values in base64url:
    /// `PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey)` or
    /// `parseRequestOptionsFromJSON` reads it.
    #[schema(value_type = Object)]
    options: Value,
}

impl PasskeyQuestionBody {
    pub(crate) fn read(asked: AskedPasskey) -> Result<Self, Problem> {
        let options = serde_json::from_str(&asked.options).map_err(Problem::internal)?;
        Ok(Self { ceremony_id: asked.ceremony, options })
    }
}

/// The challenge that a passkey shall answer.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChallengePasskeyRequest {
    /// The challenge, as the parameters of `mfa.required` name it.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    challenge_id: Field<SecretText>,
}

/// Asks for one of the passkeys of whoever is signing in. The answer of the browser goes to
/// `POST /auth/mfa`.
#[utoipa::path(
    tag = "Auth",
    operation_id = "askChallengePasskey",
    security(()),
    request_body = ChallengePasskeyRequest,
    responses((status = 200, description = "Asked", body = PasskeyQuestionBody)),
)]
#[post("/auth/mfa/passkey")]
pub(crate) async fn ask_challenge_passkey(
    app: web::Data<App>,
    visitor: Visitor,
    body: Body<ChallengePasskeyRequest>,
) -> Result<HttpResponse, Problem> {
    let challenge =
        body.read(|request, check| check.required("/challenge_id", request.challenge_id))?;
    let asked = app.ask_for_challenge(&visitor.actor, &challenge.expose(), &visitor.address).await;
    Ok(shown(&PasskeyQuestionBody::read(asked.map_err(passkey_problem)?)?))
}

/// Asks for one of your passkeys, to show again who you are. The answer of the browser goes to
/// `POST /auth/reauth`.
#[utoipa::path(
    tag = "Auth",
    operation_id = "askReauthPasskey",
    request_body = Option<StepRequest>,
    responses((status = 200, description = "Asked", body = PasskeyQuestionBody)),
)]
#[post("/auth/reauth/passkey")]
pub(crate) async fn ask_reauth_passkey(
    app: web::Data<App>,
    caller: Caller,
    _: Idempotency,
    body: OptionalBody<StepRequest>,
) -> Result<HttpResponse, Problem> {
    body.into_body().read(|StepRequest {}, _| Some(()))?;
    let asked = app.ask_for_proof(&caller.actor).await.map_err(passkey_problem)?;
    Ok(shown(&PasskeyQuestionBody::read(asked)?))
}

/// Reads a second factor: what a device answered, or else a code.
#[expect(clippy::option_option, reason = "the outer one is absent when something is wrong")]
pub(super) fn second_factor(
    check: &mut Check,
    code: Field<SecretText>,
    ceremony: Field<SecretText>,
    credential: Field<JsonObject>,
) -> Option<Option<ShownFactor>> {
    if matches!((&ceremony, &credential), (Field::Missing, Field::Missing)) {
        let code = check.optional("/code", code)?;
        return Some(code.map(|code| ShownFactor::Code(code.expose())));
    }
    let ceremony = check.required("/ceremony_id", ceremony);
    let credential = check.required("/credential", credential);
    let (ceremony, credential) = (ceremony?.expose(), credential?.0);
    Some(Some(ShownFactor::Passkey(PasskeyAnswer { ceremony, credential })))
}

/// Why no device was asked, or no passkey was added or removed.
pub(crate) fn passkey_problem(failure: PasskeyFailure) -> Problem {
    match failure {
        PasskeyFailure::NotAvailable => Problem::new(Code::PasskeyNotAvailable),
        PasskeyFailure::NoUser => Problem::new(Code::AuthTokenRevoked),
        PasskeyFailure::NoPasskey => Problem::new(Code::PasskeyNone),
        PasskeyFailure::Expired => Problem::new(Code::MfaChallengeExpired),
        PasskeyFailure::Invalid => Problem::new(Code::PasskeyInvalid),
        PasskeyFailure::Throttled { retry_after } => throttled(retry_after),
        PasskeyFailure::NotAsked(refusal) => Problem::refused(refusal, |error| match error {
            AskPasskeyError::Store(error) => error.into(),
        }),
        PasskeyFailure::Refused(refusal) => Problem::refused(refusal, own_passkey_problem),
        PasskeyFailure::Store(error) => error.into(),
    }
}

/// Why a passkey was not added or removed.
pub(crate) fn own_passkey_problem(error: OwnPasskeyError) -> Problem {
    match error {
        OwnPasskeyError::NoUser => Problem::new(Code::AuthTokenRevoked),
        OwnPasskeyError::NotFound => Problem::not_found(),
        OwnPasskeyError::NoSecondFactor => Problem::new(Code::MfaNotEnabled),
        OwnPasskeyError::TooMany { max } => Problem::new(Code::PasskeyTooMany).param("max", max),
        OwnPasskeyError::NothingToConfirm => Problem::new(Code::MfaNothingToConfirm),
        OwnPasskeyError::Store(error) => error.into(),
    }
}
