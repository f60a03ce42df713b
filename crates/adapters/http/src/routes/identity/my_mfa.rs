//! `/me/mfa`: one's own second factor.

use actix_web::{HttpResponse, delete, get, post, web};
use gaara_application::App;
use gaara_application::identity::{
    Enrolment, RemoveSecondFactor, SecondFactorError, SecondFactorFailure, SecondFactorState,
    ShowSecondFactor,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Field, OptionalBody, SecretText};
use crate::problem::Problem;
use crate::reply::{ask, done, respond, shown};
use crate::routes::archiving::StepRequest;
use crate::routes::auth::throttled;

/// How things stand with your second factor.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MfaBody {
    /// Since when signing in needs it; `null` when there is none.
    #[schema(required = true)]
    enabled_at: Option<String>,
    /// How many recovery codes are left.
    #[schema(example = 10)]
    recovery_codes_left: u64,
    /// Whether your role needs one.
    required: bool,
}

impl From<SecondFactorState> for MfaBody {
    fn from(state: SecondFactorState) -> Self {
        Self {
            enabled_at: state.since.map(|since| since.to_string()),
            recovery_codes_left: state.recovery_codes_left,
            required: state.needed,
        }
    }
}

/// What the authenticator app has to know.
#[derive(Serialize, ToSchema)]
pub(crate) struct EnrolmentBody {
    /// The secret, to be typed into the app.
    #[schema(example = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")]
    secret: String,
    /// The same, to be shown as a QR code.
    #[schema(example = "otpauth://totp/Gaara:sara%40example.com?secret=GEZDGNBV&issuer=Gaara")]
    otpauth_uri: String,
}

impl From<Enrolment> for EnrolmentBody {
    fn from(enrolment: Enrolment) -> Self {
        Self { secret: enrolment.secret, otpauth_uri: enrolment.uri }
    }
}

/// The first code of the app.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ConfirmMfaRequest {
    /// Six digits.
    #[schema(value_type = String, required = true, example = "492039")]
    #[serde(default)]
    code: Field<SecretText>,
}

/// Codes on paper; they are shown this once.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecoveryCodesBody {
    /// The codes, each of which works once.
    #[schema(example = json!(["B9D5-MPJT-B9D5-MPJT-B9D5-MPJT"]))]
    recovery_codes: Vec<String>,
}

/// Tells how things stand with your second factor.
#[utoipa::path(
    tag = "Me",
    operation_id = "getMyMfa",
    responses((status = 200, description = "Your second factor", body = MfaBody)),
)]
#[get("/me/mfa")]
pub(crate) async fn get_my_mfa(
    app: web::Data<App>,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let state = ask(&app, &caller.actor, &ShowSecondFactor).await?;
    Ok(shown(&MfaBody::from(state.ok_or_else(Problem::not_found)?)))
}

/// Begins a second factor: an authenticator app (RFC 6238, SHA-1, six digits, 30 seconds). It
/// counts once `POST /me/mfa/confirm` was sent a code, within a quarter of an hour.
#[utoipa::path(
    tag = "Me",
    operation_id = "enrolMfa",
    request_body = Option<StepRequest>,
    responses((status = 200, description = "Begun", body = EnrolmentBody)),
)]
#[post("/me/mfa")]
pub(crate) async fn enrol_mfa(
    app: web::Data<App>,
    caller: Caller,
    _: Idempotency,
    body: OptionalBody<StepRequest>,
) -> Result<HttpResponse, Problem> {
    body.into_body().read(|StepRequest {}, _| Some(()))?;
    let enrolment = app.enrol_second_factor(&caller.actor).await.map_err(failure)?;
    Ok(shown(&EnrolmentBody::from(enrolment)))
}

/// Puts your second factor in force, ends your other sessions, and shows ten recovery codes. The
/// code cannot be used again to sign in.
#[utoipa::path(
    tag = "Me",
    operation_id = "confirmMfa",
    request_body = ConfirmMfaRequest,
    responses((status = 200, description = "In force", body = RecoveryCodesBody)),
)]
#[post("/me/mfa/confirm")]
pub(crate) async fn confirm_mfa(
    app: web::Data<App>,
    caller: Caller,
    _: Idempotency,
    body: Body<ConfirmMfaRequest>,
) -> Result<HttpResponse, Problem> {
    let code =
        body.read(|request, check| check.required("/code", request.code).map(SecretText::expose))?;
    let codes = app.confirm_second_factor(&caller.actor, &code).await.map_err(failure)?;
    Ok(shown(&RecoveryCodesBody { recovery_codes: codes }))
}

/// Removes your second factor and your recovery codes, and ends your other sessions.
#[utoipa::path(
    tag = "Me",
    operation_id = "removeMfa",
    responses((status = 204, description = "Removed")),
)]
#[delete("/me/mfa")]
pub(crate) async fn remove_mfa(
    app: web::Data<App>,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    respond(&app, &caller.actor, None, &RemoveSecondFactor, |_| done(), problem).await
}

/// Shows ten new recovery codes; all before stop working.
#[utoipa::path(
    tag = "Me",
    operation_id = "renewRecoveryCodes",
    request_body = Option<StepRequest>,
    responses((status = 200, description = "Renewed", body = RecoveryCodesBody)),
)]
#[post("/me/mfa/recovery-codes")]
pub(crate) async fn renew_recovery_codes(
    app: web::Data<App>,
    caller: Caller,
    _: Idempotency,
    body: OptionalBody<StepRequest>,
) -> Result<HttpResponse, Problem> {
    body.into_body().read(|StepRequest {}, _| Some(()))?;
    let codes = app.renew_recovery_codes(&caller.actor).await.map_err(failure)?;
    Ok(shown(&RecoveryCodesBody { recovery_codes: codes }))
}

fn failure(failure: SecondFactorFailure) -> Problem {
    match failure {
        SecondFactorFailure::WrongCode => Problem::new(Code::MfaInvalidCode),
        SecondFactorFailure::Throttled { retry_after } => throttled(retry_after),
        SecondFactorFailure::Seal(error) => Problem::internal(error),
        SecondFactorFailure::Refused(refusal) => Problem::refused(refusal, problem),
        SecondFactorFailure::Store(error) => error.into(),
    }
}

fn problem(error: SecondFactorError) -> Problem {
    match error {
        SecondFactorError::NoUser => Problem::new(Code::AuthTokenRevoked),
        SecondFactorError::AlreadyOn => Problem::new(Code::MfaAlreadyEnabled),
        SecondFactorError::NotOn => Problem::new(Code::MfaNotEnabled),
        SecondFactorError::NothingToConfirm => Problem::new(Code::MfaNothingToConfirm),
        SecondFactorError::Store(error) => error.into(),
    }
}
