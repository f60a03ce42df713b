//! `PATCH /users/{id}`: changing a user.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::identity::{ChangeUser, ChangeUserError};
use gaara_identity::{RoleCode, User, Username};
use gaara_kernel::{EmailAddress, Language, UserId, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::users::{beyond_own, unknown_role};
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::views::UserBody;

/// What changes; what is absent stays (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeUserRequest {
    /// The e-mail address.
    #[schema(value_type = Option<String>, example = "sara@example.com")]
    #[serde(default)]
    email: Field<EmailAddress>,
    /// The user name.
    #[schema(value_type = Option<String>, example = "sara")]
    #[serde(default)]
    username: Field<Username>,
    /// The code of a role that allows nothing you may not do yourself; it counts at once.
    #[schema(value_type = Option<String>, example = "accountant")]
    #[serde(default)]
    role: Field<RoleCode>,
    /// The language of messages: `ar` or `en`.
    #[schema(value_type = Option<String>, example = "ar")]
    #[serde(default)]
    language: Field<Language>,
}

impl ChangeUserRequest {
    fn read(self, check: &mut Check, id: UserId, expected: Version) -> Option<ChangeUser> {
        let email = check.change("/email", self.email);
        let username = check.change("/username", self.username);
        let role = check.change("/role", self.role);
        let language = check.change("/language", self.language);
        Some(ChangeUser {
            id,
            expected,
            email: email?,
            username: username?,
            role: role?,
            language: language?,
        })
    }
}

/// Changes a user. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Users",
    operation_id = "changeUser",
    params(("id" = String, Path, description = "The user's id")),
    request_body(content = ChangeUserRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = UserBody)),
)]
#[patch("/users/{id}")]
pub(crate) async fn change_user(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<UserId>,
    expected: IfMatch,
    body: Body<ChangeUserRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |(_, after): &(User, User)| changed(after.version, &UserBody::from(after));
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeUserError) -> Problem {
    match error {
        ChangeUserError::NotFound => Problem::not_found(),
        ChangeUserError::Stale { current } => Problem::stale(current),
        ChangeUserError::UnknownRole => unknown_role(),
        ChangeUserError::BeyondOwn(permission) => beyond_own(permission),
        ChangeUserError::LastAdmin => Problem::new(Code::UserLastAdmin),
        ChangeUserError::Store(error) => error.into(),
    }
}
