//! `POST /users/{id}/invite`: sending an invitation again.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{InviteUserError, InviteUserFailure};
use gaara_identity::User;
use gaara_kernel::UserId;

use super::users::{beyond_own, unknown_role};
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::OptionalBody;
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::routes::archiving::StepRequest;
use crate::routes::auth::hash_problem;
use crate::views::UserBody;

/// Mails an invitation again to a user who has not chosen a password; the link before stops
/// working.
#[utoipa::path(
    tag = "Users",
    operation_id = "inviteUser",
    params(("id" = String, Path, description = "The user's id")),
    request_body = Option<StepRequest>,
    responses((status = 200, description = "Invited", body = UserBody)),
)]
#[post("/users/{id}/invite")]
pub(crate) async fn invite_user(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<UserId>,
    idempotency: Idempotency,
    body: OptionalBody<StepRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    body.into_body().read(|StepRequest {}, _| Some(()))?;
    let use_case = app.prepare_another_invitation(id.0).map_err(invite_failure)?;
    let render = |user: &User| changed(user.version, &UserBody::from(user));
    respond(&app, &caller.actor, once, &use_case, render, invite_problem).await
}

/// Why somebody cannot be invited.
pub(super) fn invite_failure(failure: InviteUserFailure) -> Problem {
    match failure {
        InviteUserFailure::NoMail => Problem::new(Code::MailNotConfigured),
        InviteUserFailure::Forbidden(permission) => beyond_own(permission),
        InviteUserFailure::Hash(error) => hash_problem(error),
    }
}

/// Why nobody was invited.
pub(super) fn invite_problem(error: InviteUserError) -> Problem {
    match error {
        InviteUserError::NotFound => Problem::not_found(),
        InviteUserError::UnknownRole => unknown_role(),
        InviteUserError::BeyondOwn(permission) => beyond_own(permission),
        InviteUserError::Disabled => Problem::new(Code::UserDisabled),
        InviteUserError::HasPassword => Problem::new(Code::UserHasPassword),
        InviteUserError::Store(error) => error.into(),
    }
}
