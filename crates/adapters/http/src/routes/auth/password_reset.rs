//! `POST /auth/password-reset` and its `/confirm`: a way back in.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{
    FollowLinkError, FollowLinkFailure, LinkAnswer, PasswordResetFailure, PasswordResetRequest,
};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::{hash_problem, password_problem, throttled};
use crate::caller::Visitor;
use crate::code::Code;
use crate::json::{Body, Check, Field, SecretText};
use crate::problem::Problem;
use crate::reply::{done, send};

/// Who forgot a password.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct AskPasswordResetRequest {
    /// A user name or an e-mail address.
    #[schema(value_type = String, required = true, example = "sara@example.com")]
    #[serde(default)]
    login: Field<SecretText>,
}

/// A link, and the password to come.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ConfirmPasswordResetRequest {
    /// What stands behind `#` in the link of the mail.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    token: Field<SecretText>,
    /// The new password.
    #[schema(value_type = String, required = true, format = "password")]
    #[serde(default)]
    password: Field<SecretText>,
}

impl ConfirmPasswordResetRequest {
    fn read(self, check: &mut Check, visitor: &Visitor) -> Option<LinkAnswer> {
        let token = check.required("/token", self.token);
        let password = check.required("/password", self.password);
        let (token, password) = (token?.expose(), password?.expose());
        Some(LinkAnswer { token, password, address: visitor.address.clone() })
    }
}

/// Mails a link to whoever forgot a password. The answer is the same whether there is such a user
/// or not.
#[utoipa::path(
    tag = "Auth",
    operation_id = "askPasswordReset",
    security(()),
    request_body = AskPasswordResetRequest,
    responses((status = 204, description = "Heard")),
)]
#[post("/auth/password-reset")]
pub(crate) async fn ask_password_reset(
    app: web::Data<App>,
    visitor: Visitor,
    body: Body<AskPasswordResetRequest>,
) -> Result<HttpResponse, Problem> {
    let login = body
        .read(|request, check| check.required("/login", request.login).map(SecretText::expose))?;
    let request = PasswordResetRequest { login, address: visitor.address.clone() };
    app.ask_password_reset(&visitor.actor, &request).await.map_err(ask_problem)?;
    Ok(send(done()))
}

/// Chooses a password with the link of an invitation or of a forgotten password, which works
/// once. Every session of the user ends; sign in afterwards.
#[utoipa::path(
    tag = "Auth",
    operation_id = "confirmPasswordReset",
    security(()),
    request_body = ConfirmPasswordResetRequest,
    responses((status = 204, description = "Chosen")),
)]
#[post("/auth/password-reset/confirm")]
pub(crate) async fn confirm_password_reset(
    app: web::Data<App>,
    visitor: Visitor,
    body: Body<ConfirmPasswordResetRequest>,
) -> Result<HttpResponse, Problem> {
    let answer = body.read(|request, check| request.read(check, &visitor))?;
    app.follow_link(&visitor.actor, &answer).await.map_err(follow_problem)?;
    Ok(send(done()))
}

fn ask_problem(failure: PasswordResetFailure) -> Problem {
    match failure {
        PasswordResetFailure::Throttled { retry_after } => throttled(retry_after),
        PasswordResetFailure::Refused(refusal) => Problem::refused(refusal, Into::into),
        PasswordResetFailure::Store(error) => error.into(),
    }
}

fn follow_problem(failure: FollowLinkFailure) -> Problem {
    match failure {
        FollowLinkFailure::Over => Problem::new(Code::AuthLinkInvalid),
        FollowLinkFailure::Password(faults) => password_problem("/password", &faults),
        FollowLinkFailure::Hash(error) => hash_problem(error),
        FollowLinkFailure::Throttled { retry_after } => throttled(retry_after),
        FollowLinkFailure::Refused(refusal) => Problem::refused(refusal, |error| match error {
            FollowLinkError::Over => Problem::new(Code::AuthLinkInvalid),
            FollowLinkError::Store(error) => error.into(),
        }),
        FollowLinkFailure::Store(error) => error.into(),
    }
}
