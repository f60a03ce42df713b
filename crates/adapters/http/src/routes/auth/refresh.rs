//! `POST /auth/refresh`: trading a refresh token for fresh tokens.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::RefreshError;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::throttled;
use crate::caller::Visitor;
use crate::code::Code;
use crate::json::{Body, Field, SecretText};
use crate::problem::Problem;
use crate::reply::shown;
use crate::views::TokensBody;

/// The token to trade.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct RefreshRequest {
    /// The refresh token that was given last.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    refresh_token: Field<SecretText>,
}

/// Trades a refresh token, which works once, for an access token and the next refresh token. For
/// ten seconds the same trade may be repeated, in case the answer got lost.
#[utoipa::path(
    tag = "Auth",
    operation_id = "refreshTokens",
    security(()),
    request_body = RefreshRequest,
    responses((status = 200, description = "Fresh tokens", body = TokensBody)),
)]
#[post("/auth/refresh")]
pub(crate) async fn refresh(
    app: web::Data<App>,
    visitor: Visitor,
    body: Body<RefreshRequest>,
) -> Result<HttpResponse, Problem> {
    let token = body.read(|request, check| {
        check.required("/refresh_token", request.refresh_token).map(SecretText::expose)
    })?;
    let tokens = app.refresh(&visitor.actor, &token, &visitor.address).await.map_err(problem)?;
    Ok(shown(&TokensBody::from(tokens)))
}

fn problem(error: RefreshError) -> Problem {
    match error {
        RefreshError::Invalid => Problem::new(Code::AuthRefreshInvalid),
        RefreshError::Superseded => Problem::new(Code::AuthRefreshSuperseded),
        RefreshError::Reused => Problem::new(Code::AuthRefreshReused),
        RefreshError::Throttled { retry_after } => throttled(retry_after),
        RefreshError::Store(error) => error.into(),
        RefreshError::Token(error) => Problem::internal(error),
        RefreshError::Refused(refusal) => Problem::refused(refusal, Problem::internal),
    }
}
