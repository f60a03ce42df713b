//! `POST /auth/login`: signing in.

use actix_web::{HttpRequest, HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{SignInError, SignInRequest};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::signed_in::{Keeping, signed_in};
use super::{hash_problem, throttled};
use crate::caller::Visitor;
use crate::code::Code;
use crate::json::{Body, Check, Field, SecretText};
use crate::problem::Problem;
use crate::views::TokensBody;

/// Who signs in.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct LoginRequest {
    /// A user name or an e-mail address.
    #[schema(value_type = String, required = true, example = "admin")]
    #[serde(default)]
    login: Field<SecretText>,
    /// The password.
    #[schema(value_type = String, required = true, format = "password")]
    #[serde(default)]
    password: Field<SecretText>,
    /// Whether the tokens are kept in cookies that no page can read, in place of the answer.
    #[schema(value_type = Option<bool>, example = false)]
    #[serde(default)]
    cookie: Field<bool>,
}

impl LoginRequest {
    fn read(self, check: &mut Check, visitor: &Visitor) -> Option<(SignInRequest, Keeping)> {
        let login = check.required("/login", self.login);
        let password = check.required("/password", self.password);
        let cookie = check.or_default("/cookie", self.cookie, false);
        let (login, password) = (login?.expose(), password?.expose());
        let Visitor { address, user_agent, .. } = visitor.clone();
        let keeping = if cookie? { Keeping::Cookies } else { Keeping::Body };
        Some((SignInRequest { login, password, address, user_agent }, keeping))
    }
}

/// Signs in with a user name or an e-mail address, and a password.
#[utoipa::path(
    tag = "Auth",
    operation_id = "login",
    security(()),
    request_body = LoginRequest,
    responses((status = 200, description = "Signed in", body = TokensBody)),
)]
#[post("/auth/login")]
pub(crate) async fn sign_in(
    app: web::Data<App>,
    visitor: Visitor,
    body: Body<LoginRequest>,
    http: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (request, keeping) = body.read(|request, check| request.read(check, &visitor))?;
    keeping.check_site(&http)?;
    let device = visitor.device.as_deref();
    let tokens = app.sign_in_on(&visitor.actor, &request, device).await.map_err(problem)?;
    Ok(signed_in(&app, tokens, keeping))
}

fn problem(error: SignInError) -> Problem {
    match error {
        SignInError::InvalidCredentials => Problem::new(Code::AuthInvalidCredentials),
        SignInError::SecondFactorNeeded { challenge } => {
            Problem::new(Code::MfaRequired).param("challenge_id", challenge)
        }
        SignInError::Throttled { retry_after } => throttled(retry_after),
        SignInError::Hash(error) => hash_problem(error),
        // What is wrong goes to the log; who signs in learns no more than anybody else.
        error @ SignInError::UnusableHash(_) => {
            Problem::new(Code::AuthInvalidCredentials).caused_by(error)
        }
        SignInError::Token(error) => Problem::internal(error),
        SignInError::Refused(refusal) => Problem::refused(refusal, Problem::failed),
        SignInError::Challenge(refusal) => Problem::refused(refusal, Problem::failed),
        SignInError::Store(error) => error.into(),
    }
}
