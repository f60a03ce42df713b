//! The answer to somebody who has signed in, with tokens in the body or in cookies.

use actix_web::{HttpRequest, HttpResponse};
use gaara_application::App;
use gaara_application::identity::SignedTokens;
use gaara_identity::Session;

use crate::cookies::{self, DEVICE_LIFETIME, Readable};
use crate::csrf;
use crate::problem::Problem;
use crate::reply::shown;
use crate::views::TokensBody;

/// Where a client wants its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// In the body; the client keeps them itself.
    Body,
    /// In cookies that no page can read.
    Cookies,
}

impl Keeping {
    /// Makes sure that no other site puts its own session into somebody's browser.
    ///
    /// # Errors
    /// `csrf.invalid` for cookies that the page of another site asks for.
    pub(crate) fn check_site(self, request: &HttpRequest) -> Result<(), Problem> {
        match self {
            Self::Body => Ok(()),
            Self::Cookies => csrf::check_site(request),
        }
    }
}

/// Answers with the tokens where they are wanted.
pub(crate) fn signed_in(app: &App, tokens: SignedTokens, keeping: Keeping) -> HttpResponse {
    let device = tokens.device.clone();
    let mut response = match keeping {
        Keeping::Body => shown(&TokensBody::from(tokens)),
        Keeping::Cookies => in_cookies(app, tokens),
    };
    if let Some(device) = device {
        let headers = response.headers_mut();
        cookies::set(headers, cookies::DEVICE, &device, DEVICE_LIFETIME, Readable::ByNobody);
    }
    response
}

fn in_cookies(app: &App, tokens: SignedTokens) -> HttpResponse {
    let SignedTokens { session, refresh_expires_in, .. } = tokens;
    let csrf_token = app.new_csrf_token(session);
    let (access, refresh) = (tokens.access_token.clone(), tokens.refresh_token.clone());
    let mut response = shown(&TokensBody::in_cookies(tokens, csrf_token.clone()));
    let headers = response.headers_mut();
    // Kept longer than it works, so that an answer can say that it has expired.
    cookies::set(headers, cookies::ACCESS, &access, refresh_expires_in, Readable::ByNobody);
    cookies::set(headers, cookies::REFRESH, &refresh, refresh_expires_in, Readable::ByNobody);
    cookies::set(headers, cookies::CSRF, &csrf_token, Session::LIFETIME, Readable::ByPages);
    response
}
