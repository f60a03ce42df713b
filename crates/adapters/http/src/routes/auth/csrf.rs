//! `GET /auth/csrf`: a token for the pages of a session.

use actix_web::{HttpResponse, get, web};
use gaara_application::{App, Principal};
use gaara_identity::Session;
use serde::Serialize;
use utoipa::ToSchema;

use crate::caller::Caller;
use crate::code::Code;
use crate::cookies::{self, Readable};
use crate::problem::Problem;
use crate::reply::shown;

/// A token for the pages of a session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CsrfBody {
    /// Sent as `X-CSRF-Token` with every request that changes something and is made with cookies.
    csrf_token: String,
}

/// Makes a token for the pages of your session, and keeps it in the cookie `__Host-gaara_csrf`.
#[utoipa::path(
    tag = "Auth",
    operation_id = "getCsrfToken",
    responses((status = 200, description = "The token", body = CsrfBody)),
)]
#[get("/auth/csrf")]
pub(crate) async fn csrf_token(
    app: web::Data<App>,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let Principal::User { session, .. } = caller.actor.principal() else {
        return Err(Problem::new(Code::AuthTokenMissing));
    };
    let csrf_token = app.new_csrf_token(session);
    let mut response = shown(&CsrfBody { csrf_token: csrf_token.clone() });
    let lifetime = Session::LIFETIME;
    let headers = response.headers_mut();
    cookies::set(headers, cookies::CSRF, &csrf_token, lifetime, Readable::ByPages);
    Ok(response)
}
