//! `/organization/mfa-policy` and `POST /users/{id}/reset-mfa`: second factors of others.

use actix_web::{HttpResponse, get, post, put, web};
use gaara_application::App;
use gaara_application::identity::{
    ChangeSecondFactorRoles, ListSecondFactorRoles, ResetSecondFactor, ResetSecondFactorError,
    SecondFactorRolesError,
};
use gaara_identity::{RoleCode, User};
use gaara_kernel::UserId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::users::beyond_own;
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::{Body, Field, OptionalBody, TextList};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{answered, ask, changed, respond, shown};
use crate::routes::archiving::StepRequest;
use crate::views::UserBody;

/// Who needs a second factor.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MfaPolicyBody {
    /// The roles that need one, by their codes.
    #[schema(example = json!(["admin", "accountant"]))]
    roles: Vec<String>,
}

impl From<&[RoleCode]> for MfaPolicyBody {
    fn from(roles: &[RoleCode]) -> Self {
        Self { roles: roles.iter().map(|role| role.as_str().to_owned()).collect() }
    }
}

/// Who is to need a second factor.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct MfaPolicyRequest {
    /// The roles, by their codes; whoever has one of them and no second factor can do nothing but
    /// set one up.
    #[schema(value_type = Vec<String>, required = true, example = json!(["admin"]))]
    #[serde(default)]
    roles: Field<TextList<RoleCode>>,
}

/// Tells which roles need a second factor.
#[utoipa::path(
    tag = "Organization",
    operation_id = "getMfaPolicy",
    responses((status = 200, description = "The roles", body = MfaPolicyBody)),
)]
#[get("/organization/mfa-policy")]
pub(crate) async fn get_mfa_policy(
    app: web::Data<App>,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let roles = ask(&app, &caller.actor, &ListSecondFactorRoles {}).await?;
    Ok(shown(&MfaPolicyBody::from(roles.as_slice())))
}

/// Says anew which roles need a second factor; it counts from the next request.
#[utoipa::path(
    tag = "Organization",
    operation_id = "changeMfaPolicy",
    request_body = MfaPolicyRequest,
    responses((status = 200, description = "Changed", body = MfaPolicyBody)),
)]
#[put("/organization/mfa-policy")]
pub(crate) async fn change_mfa_policy(
    app: web::Data<App>,
    caller: Caller,
    body: Body<MfaPolicyRequest>,
) -> Result<HttpResponse, Problem> {
    let roles = body.read(|request, check| check.required("/roles", request.roles))?.0;
    let asked = roles.clone();
    let use_case = ChangeSecondFactorRoles { roles };
    let render = |roles: &Vec<RoleCode>| answered(&MfaPolicyBody::from(roles.as_slice()));
    let problem = |error| match error {
        SecondFactorRolesError::UnknownRole(role) => {
            let index = asked.iter().position(|asked| *asked == role).unwrap_or_default();
            let pointer = format!("/roles/{index}");
            Problem::at(FieldProblem::new(pointer, Code::ValidationReference))
        }
        SecondFactorRolesError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

/// Takes away the second factor of a user who lost it, and ends every session of that user.
#[utoipa::path(
    tag = "Users",
    operation_id = "resetMfa",
    params(
        ("id" = String, Path, description = "The user's id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    request_body = Option<StepRequest>,
    responses((status = 200, description = "Taken away", body = UserBody)),
)]
#[post("/users/{id}/reset-mfa")]
pub(crate) async fn reset_mfa(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<UserId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<StepRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    body.into_body().read(|StepRequest {}, _| Some(()))?;
    let use_case = ResetSecondFactor { user: id.0, expected: expected.0 };
    let render = |(user, _): &(User, u64)| changed(user.version, &UserBody::from(user));
    respond(&app, &caller.actor, once, &use_case, render, reset_problem).await
}

fn reset_problem(error: ResetSecondFactorError) -> Problem {
    match error {
        ResetSecondFactorError::NotFound => Problem::not_found(),
        ResetSecondFactorError::Stale { current } => Problem::stale(current),
        ResetSecondFactorError::NotOn => Problem::new(Code::MfaNotEnabled),
        ResetSecondFactorError::BeyondOwn(permission) => beyond_own(permission),
        ResetSecondFactorError::Store(error) => error.into(),
    }
}
