//! `POST /users`: adding a user.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{AddUser, CreateUserError, CreateUserFailure, NewInvitation};
use gaara_identity::{RoleCode, User, Username};
use gaara_kernel::{EmailAddress, Language, UserId};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use validator::Validate;

use super::invite_user::{invite_failure, invite_problem};
use super::users::{beyond_own, unknown_role};
use crate::caller::Caller;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field, SecretText};
use crate::problem::Problem;
use crate::reply::{created, respond};
use crate::routes::auth::{hash_problem, password_problem};
use crate::views::UserBody;

/// A user as it is added.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateUserRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<UserId>,
    /// The e-mail address.
    #[schema(value_type = String, required = true, example = "sara@example.com")]
    #[serde(default)]
    email: Field<EmailAddress>,
    /// The user name.
    #[schema(value_type = String, required = true, example = "sara")]
    #[serde(default)]
    username: Field<Username>,
    /// The first password; when absent, the user is mailed a link to choose one.
    #[schema(value_type = Option<String>, format = "password")]
    #[serde(default)]
    password: Field<SecretText>,
    /// The code of a role that allows nothing you may not do yourself.
    #[schema(value_type = String, required = true, example = "accountant")]
    #[serde(default)]
    role: Field<RoleCode>,
    /// The language of messages: `ar` or `en`, English when absent.
    #[schema(value_type = Option<String>, example = "ar")]
    #[serde(default)]
    language: Field<Language>,
}

impl CreateUserRequest {
    fn read(self, check: &mut Check) -> Option<Asked> {
        let id = check.optional("/id", self.id);
        let email = check.required("/email", self.email);
        let username = check.required("/username", self.username);
        let password = check.optional("/password", self.password);
        let role = check.required("/role", self.role);
        let language = check.or_default("/language", self.language, Language::default());
        let (id, email, username) = (id?, email?, username?);
        let (role, language) = (role?, language?);
        Some(match password? {
            Some(password) => {
                let password = password.expose();
                Asked::Add(AddUser { id, email, username, password, role, language })
            }
            None => Asked::Invite(NewInvitation { id, email, username, role, language }),
        })
    }
}

/// A user with a password, or one who is to choose it.
enum Asked {
    Add(AddUser),
    Invite(NewInvitation),
}

/// Adds a user. Without a password the user is invited by mail to choose one.
#[utoipa::path(
    tag = "Users",
    operation_id = "createUser",
    request_body = CreateUserRequest,
    responses((status = 201, description = "Added", body = UserBody)),
)]
#[post("/users")]
pub(crate) async fn create_user(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<CreateUserRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, &without_password(body.raw()));
    let render = |user: &User| {
        created(format!("/api/v1/users/{}", user.id), user.version, &UserBody::from(user))
    };
    match body.read(CreateUserRequest::read)? {
        Asked::Add(request) => {
            let use_case = app.prepare_user(&caller.actor, request).await.map_err(failure)?;
            respond(&app, &caller.actor, once, &use_case, render, problem).await
        }
        Asked::Invite(new) => {
            let use_case = app.prepare_invitation(&caller.actor, new).await;
            let use_case = use_case.map_err(invite_failure)?;
            respond(&app, &caller.actor, once, &use_case, render, invite_problem).await
        }
    }
}

/// The body as far as it may be fingerprinted: a fingerprint is kept, and a fast digest of a
/// password must not be.
fn without_password(raw: &[u8]) -> Vec<u8> {
    let mut body: Value = serde_json::from_slice(raw).unwrap_or_default();
    if let Some(members) = body.as_object_mut() {
        members.remove("password");
    }
    body.to_string().into_bytes()
}

fn failure(failure: CreateUserFailure) -> Problem {
    match failure {
        CreateUserFailure::Password(faults) => password_problem("/password", &faults),
        CreateUserFailure::Hash(error) => hash_problem(error),
        CreateUserFailure::Forbidden(permission) => beyond_own(permission),
        CreateUserFailure::Store(error) => error.into(),
    }
}

fn problem(error: CreateUserError) -> Problem {
    match error {
        CreateUserError::UnknownRole => unknown_role(),
        CreateUserError::BeyondOwn(permission) => beyond_own(permission),
        CreateUserError::Store(error) => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_knows_no_password() {
        let of = |body: &str| without_password(body.as_bytes());
        let one = of(r#"{"username": "sara", "password": "Correct-Horse-7"}"#);
        assert_eq!(one, of(r#"{"password": "Other-Horse-77", "username": "sara"}"#));
        assert_ne!(one, of(r#"{"username": "omar", "password": "Correct-Horse-7"}"#));
    }
}
