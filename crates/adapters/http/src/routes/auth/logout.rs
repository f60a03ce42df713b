//! `POST /auth/logout`: signing out.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{SignOut, SignOutError};

use crate::caller::Caller;
use crate::code::Code;
use crate::cookies;
use crate::headers::Idempotency;
use crate::problem::Problem;
use crate::reply::{done, respond};

/// Ends the session of the access token.
#[utoipa::path(
    tag = "Auth",
    operation_id = "logout",
    responses((status = 204, description = "Signed out")),
)]
#[post("/auth/logout")]
pub(crate) async fn sign_out(
    app: web::Data<App>,
    caller: Caller,
    _: Idempotency,
) -> Result<HttpResponse, Problem> {
    let mut response = respond(&app, &caller.actor, None, &SignOut, |_| done(), problem).await?;
    cookies::clear_session(response.headers_mut());
    Ok(response)
}

fn problem(error: SignOutError) -> Problem {
    match error {
        SignOutError::NoSession => Problem::new(Code::AuthTokenRevoked),
        SignOutError::Store(error) => error.into(),
    }
}
