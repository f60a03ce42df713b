//! `POST /users/{id}/disable`, `POST /users/{id}/enable` and `POST /users/{id}/unlock`.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{DisableUser, DisablingError, EnableUser};
use gaara_identity::User;
use gaara_kernel::UserId;

use super::users::beyond_own;
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::OptionalBody;
use crate::problem::Problem;
use crate::reply::{changed, respond, send};
use crate::routes::archiving::StepRequest;
use crate::views::UserBody;

/// Keeps a user out and ends every session of that user at once.
#[utoipa::path(
    tag = "Users",
    operation_id = "disableUser",
    params(
        ("id" = String, Path, description = "The user's id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    request_body = Option<StepRequest>,
    responses((status = 200, description = "Kept out", body = UserBody)),
)]
#[post("/users/{id}/disable")]
pub(crate) async fn disable_user(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<UserId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<StepRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    body.into_body().read(|StepRequest {}, _| Some(()))?;
    let use_case = DisableUser { id: id.0, expected: expected.0 };
    let render = |user: &User| changed(user.version, &UserBody::from(user));
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

/// Lets a user sign in again.
#[utoipa::path(
    tag = "Users",
    operation_id = "enableUser",
    params(
        ("id" = String, Path, description = "The user's id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    request_body = Option<StepRequest>,
    responses((status = 200, description = "Let in", body = UserBody)),
)]
#[post("/users/{id}/enable")]
pub(crate) async fn enable_user(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<UserId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<StepRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    body.into_body().read(|StepRequest {}, _| Some(()))?;
    let use_case = EnableUser { id: id.0, expected: expected.0 };
    let render = |user: &User| changed(user.version, &UserBody::from(user));
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

/// Lets a user try again at once who tried too often. Tries with the name from one address let go
/// by themselves within a minute.
#[utoipa::path(
    tag = "Users",
    operation_id = "unlockUser",
    params(("id" = String, Path, description = "The user's id")),
    request_body = Option<StepRequest>,
    responses((status = 200, description = "May try again", body = UserBody)),
)]
#[post("/users/{id}/unlock")]
pub(crate) async fn unlock_user(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<UserId>,
    _: Idempotency,
    body: OptionalBody<StepRequest>,
) -> Result<HttpResponse, Problem> {
    body.into_body().read(|StepRequest {}, _| Some(()))?;
    let refused = |refusal| Problem::refused(refusal, problem);
    let user = app.unlock_user(&caller.actor, id.0).await.map_err(refused)?;
    Ok(send(changed(user.version, &UserBody::from(&user))))
}

fn problem(error: DisablingError) -> Problem {
    match error {
        DisablingError::NotFound => Problem::not_found(),
        DisablingError::Stale { current } => Problem::stale(current),
        DisablingError::BeyondOwn(permission) => beyond_own(permission),
        DisablingError::LastAdmin => Problem::new(Code::UserLastAdmin),
        DisablingError::Disabled => Problem::new(Code::UserDisabled),
        DisablingError::NotDisabled => Problem::new(Code::UserNotDisabled),
        DisablingError::Store(error) => error.into(),
    }
}
