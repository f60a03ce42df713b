//! `POST /auth/refresh`: trading a refresh token for fresh tokens.

use actix_web::{HttpRequest, HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::RefreshError;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::signed_in::{Keeping, signed_in};
use super::throttled;
use crate::caller::Visitor;
use crate::code::Code;
use crate::json::{Field, OptionalBody, SecretText};
use crate::problem::{FieldProblem, Problem};
use crate::views::TokensBody;
use crate::{cookies, csrf};

/// The token to trade.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
pub(crate) struct RefreshRequest {
    /// The refresh token that was given last; without one, the one of the cookie.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    refresh_token: Field<SecretText>,
}

/// Trades a refresh token, which works once, for an access token and the next refresh token. For
/// ten seconds the same trade may be repeated, in case the answer got lost.
#[utoipa::path(
    tag = "Auth",
    operation_id = "refreshTokens",
    security(()),
    request_body = Option<RefreshRequest>,
    responses((status = 200, description = "Fresh tokens", body = TokensBody)),
)]
#[post("/auth/refresh")]
pub(crate) async fn refresh(
    app: web::Data<App>,
    request: HttpRequest,
    visitor: Visitor,
    body: OptionalBody<RefreshRequest>,
) -> Result<HttpResponse, Problem> {
    let cookie = cookies::find(&request, cookies::REFRESH);
    let (token, keeping) = body.into_body().read(|body, check| {
        let sent = check.optional("/refresh_token", body.refresh_token)?;
        match (sent.map(SecretText::expose), cookie) {
            (Some(token), _) => Some((token, Keeping::Body)),
            (None, Some(token)) => Some((token, Keeping::Cookies)),
            (None, None) => {
                check.fault(FieldProblem::new("/refresh_token", Code::ValidationRequired));
                None
            }
        }
    })?;
    // Without its access token nobody has signed in yet, so the token of the page tells the session.
    let session = match keeping {
        Keeping::Body => None,
        Keeping::Cookies => Some(csrf::session(&app, &request)?),
    };
    let Visitor { actor, address, .. } = &visitor;
    let tokens = app.refresh_in(actor, &token, address, session).await.map_err(problem)?;
    Ok(signed_in(&app, tokens, keeping))
}

fn problem(error: RefreshError) -> Problem {
    match error {
        RefreshError::Invalid => Problem::new(Code::AuthRefreshInvalid),
        RefreshError::OtherSession => Problem::new(Code::CsrfInvalid),
        RefreshError::Superseded => Problem::new(Code::AuthRefreshSuperseded),
        RefreshError::Reused => Problem::new(Code::AuthRefreshReused),
        RefreshError::Throttled { retry_after } => throttled(retry_after),
        RefreshError::Store(error) => error.into(),
        RefreshError::Token(error) => Problem::internal(error),
        RefreshError::Refused(refusal) => Problem::refused(refusal, Problem::failed),
    }
}
