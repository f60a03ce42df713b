//! Requests that a browser makes with its cookies: only our own pages may make them.

use actix_web::http::Method;
use actix_web::http::header::{HOST, HeaderValue, ORIGIN};
use actix_web::http::uri::Authority;
use actix_web::{HttpRequest, web};
use gaara_application::App;
use gaara_kernel::SessionId;

use crate::code::Code;
use crate::config::HttpConfig;
use crate::connection::is_encrypted;
use crate::cookies;
use crate::middleware::allowed_origin;
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
/// made by us, or the browser says that the page of another site asks.
pub(crate) fn session(app: &App, request: &HttpRequest) -> Result<SessionId, Problem> {
    check_site(request)?;
    let missing = || Problem::new(Code::CsrfMissing);
    let sent = request.headers().get(HEADER).ok_or_else(missing)?;
    let kept = cookies::find(request, cookies::CSRF).ok_or_else(missing)?;
    let session =
        sent.to_str().ok().filter(|sent| *sent == kept).and_then(|it| app.csrf_session(it));
    session.ok_or_else(|| Problem::new(Code::CsrfInvalid))
}

/// Makes sure that no page of another site asks, as far as the browser says so.
///
/// # Errors
/// `csrf.invalid` when it says that one does.
pub(crate) fn check_site(request: &HttpRequest) -> Result<(), Problem> {
    if is_foreign(request) && !is_listed(request) {
        return Err(Problem::new(Code::CsrfInvalid));
    }
    Ok(())
}

/// Whether the browser says that the page of another site asks: by the kind of site, or by the
/// origin of the page, which has to be at the host that is asked.
fn is_foreign(request: &HttpRequest) -> bool {
    let mut sites = request.headers().get_all(FETCH_SITE);
    if sites.any(|site| site != "same-origin" && site != "none") {
        return true;
    }
    let head = request.head();
    let asked = head.uri.authority().map(Authority::as_str);
    let asked = asked.or_else(|| head.headers.get(HOST)?.to_str().ok());
    let config = request.app_data::<web::Data<HttpConfig>>();
    let public = config.and_then(|config| config.public_url.as_deref());
    // A page that came in plain may be anybody's, and must not ask over TLS in our name.
    let schemes: &[&str] = if is_encrypted(request) { &["https"] } else { &["https", "http"] };
    let is_here = |origin: &HeaderValue| {
        let origin = origin.to_str().unwrap_or_default();
        let is_public = public.is_some_and(|public| origin.eq_ignore_ascii_case(public));
        let is_asked = origin.split_once("://").is_some_and(|(scheme, place)| {
            schemes.contains(&scheme) && asked.is_some_and(|it| it.eq_ignore_ascii_case(place))
        });
        is_public || is_asked
    };
    !request.headers().get_all(ORIGIN).all(is_here)
}

/// Whether the page belongs to a site that the operator counts as one of ours.
fn is_listed(request: &HttpRequest) -> bool {
    let config = request.app_data::<web::Data<HttpConfig>>();
    config.is_some_and(|config| allowed_origin(&config.origins, request.headers()).is_some())
}

/// Makes sure that one of our own pages asks, in its own session.
///
/// # Errors
/// Those of [`session`], and `csrf.invalid` for the token of another session.
pub(crate) fn check(app: &App, request: &HttpRequest, own: SessionId) -> Result<(), Problem> {
    if session(app, request)? == own { Ok(()) } else { Err(Problem::new(Code::CsrfInvalid)) }
}
