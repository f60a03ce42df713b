//! Requests that a browser makes with its cookies: only our own pages may make them.

use actix_web::HttpRequest;
use actix_web::http::Method;
use gaara_application::App;
use gaara_kernel::SessionId;

use crate::code::Code;
use crate::cookies;
use crate::problem::Problem;

/// The header that pages send the token in.
const HEADER: &str = "x-csrf-token";
/// What a browser says about where a request came from (Fetch Metadata).
const FETCH_SITE: &str = "sec-fetch-site";

/// Whether a request can change something.
pub(crate) fn changes_something(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Finds the session that a request with cookies was made for by one of our own pages.
///
/// # Errors
/// `csrf.missing` without the token in header and cookie, `csrf.invalid` when they differ, were not
/// made by us, or the browser says that another site asks.
pub(crate) fn session(app: &App, request: &HttpRequest) -> Result<SessionId, Problem> {
    let mut sites = request.headers().get_all(FETCH_SITE);
    if sites.any(|site| site != "same-origin" && site != "none") {
        return Err(Problem::new(Code::CsrfInvalid));
    }
    let missing = || Problem::new(Code::CsrfMissing);
    let sent = request.headers().get(HEADER).ok_or_else(missing)?;
    let kept = cookies::find(request, cookies::CSRF).ok_or_else(missing)?;
    let session =
        sent.to_str().ok().filter(|sent| *sent == kept).and_then(|it| app.csrf_session(it));
    session.ok_or_else(|| Problem::new(Code::CsrfInvalid))
}

/// Makes sure that one of our own pages asks, in its own session.
///
/// # Errors
/// Those of [`session`], and `csrf.invalid` for the token of another session.
pub(crate) fn check(app: &App, request: &HttpRequest, own: SessionId) -> Result<(), Problem> {
    if session(app, request)? == own { Ok(()) } else { Err(Problem::new(Code::CsrfInvalid)) }
}
