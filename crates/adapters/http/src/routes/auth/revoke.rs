//! `POST /auth/revoke`: taking one access token back.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::Caller;
use crate::headers::Idempotency;
use crate::json::{Body, Field, SecretText};
use crate::problem::Problem;
use crate::reply::{done, send};

/// The token to take back.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct RevokeRequest {
    /// An access token of yours.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    token: Field<SecretText>,
}

/// Takes one of your access tokens back; its session goes on. A token that is no good any more is
/// no error (RFC 7009).
#[utoipa::path(
    tag = "Auth",
    operation_id = "revokeToken",
    request_body = RevokeRequest,
    responses((status = 204, description = "Taken back")),
)]
#[post("/auth/revoke")]
pub(crate) async fn revoke_token(
    app: web::Data<App>,
    caller: Caller,
    _: Idempotency,
    body: Body<RevokeRequest>,
) -> Result<HttpResponse, Problem> {
    let token = body
        .read(|request, check| check.required("/token", request.token).map(SecretText::expose))?;
    let revoked = app.revoke_token(&caller.actor, &token).await;
    revoked.map_err(|refusal| Problem::refused(refusal, Into::into))?;
    Ok(send(done()))
}
