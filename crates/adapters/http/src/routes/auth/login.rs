//! `POST /auth/login`: signing in.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{SignInError, SignInRequest};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::{hash_problem, throttled};
use crate::caller::Visitor;
use crate::code::Code;
use crate::json::{Body, Check, Field, SecretText};
use crate::problem::{FieldProblem, Problem};
use crate::reply::shown;
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
    /// Whether the tokens are to be kept in cookies; only `false` works yet.
    #[schema(value_type = Option<bool>, example = false)]
    #[serde(default)]
    cookie: Field<bool>,
}

impl LoginRequest {
    fn read(self, check: &mut Check, visitor: &Visitor) -> Option<SignInRequest> {
        let login = check.required("/login", self.login);
        let password = check.required("/password", self.password);
        if check.or_default("/cookie", self.cookie, false)? {
            let fault = FieldProblem::new("/cookie", Code::ValidationChoice);
            check.fault(fault.param("choices", "false"));
        }
        let (login, password) = (login?.expose(), password?.expose());
        let Visitor { address, user_agent, .. } = visitor.clone();
        Some(SignInRequest { login, password, address, user_agent })
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
) -> Result<HttpResponse, Problem> {
    let request = body.read(|request, check| request.read(check, &visitor))?;
    let tokens = app.sign_in(&visitor.actor, &request).await.map_err(problem)?;
    Ok(shown(&TokensBody::from(tokens)))
}

fn problem(error: SignInError) -> Problem {
    match error {
        SignInError::InvalidCredentials => Problem::new(Code::AuthInvalidCredentials),
        SignInError::SecondFactorNeeded { challenge } => {
            Problem::new(Code::MfaRequired).param("challenge_id", challenge)
        }
        SignInError::Throttled { retry_after } => throttled(retry_after),
        SignInError::Hash(error) => hash_problem(error),
        SignInError::Token(error) => Problem::internal(error),
        SignInError::Refused(refusal) => Problem::refused(refusal, Problem::internal),
        SignInError::Challenge(refusal) => Problem::refused(refusal, Problem::internal),
        SignInError::Store(error) => error.into(),
    }
}
