//! Pages of other sites: who may read our answers, and what they may send (the Fetch standard).

use actix_web::dev::RequestHead;
use actix_web::http::Method;
use actix_web::http::header::{
    self, ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
    ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderValue, ORIGIN, VARY,
};
use actix_web::{HttpResponse, web};

use super::fallback::Templates;
use crate::code::Code;
use crate::edge::Origins;
use crate::problem::Problem;
use crate::scope::RequestScope;

/// What pages may send beside what they always may.
const SENT: &str = "authorization, content-type, if-match, if-none-match, idempotency-key, \
                    x-csrf-token, traceparent";
/// What pages may read beside what they always may.
const READ: &str = "etag, location, link, retry-after, ratelimit, ratelimit-policy, \
                    idempotency-replayed, x-trace-id, content-disposition";
/// How long a browser may remember what it was allowed, in seconds.
const REMEMBERED: &str = "600";

/// The origin of a request, when its pages may use the API.
pub(crate) fn allowed_origin<'h>(
    origins: &Origins,
    headers: &'h HeaderMap,
) -> Option<&'h HeaderValue> {
    let mut values = headers.get_all(ORIGIN);
    let value = values.next().filter(|_| values.next().is_none())?;
    value.to_str().is_ok_and(|origin| origins.allow(origin)).then_some(value)
}

/// Lets the page that asks read the answer, whatever that will be.
pub(super) fn introduce(origins: &Origins, headers: &HeaderMap, scope: &RequestScope) {
    if origins.is_empty() {
        return;
    }
    scope.add_header(VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = allowed_origin(origins, headers) {
        scope.add_header(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        scope.add_header(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        scope.add_header(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READ));
    }
}

/// Whether a browser asks what a page may send.
pub(super) fn is_preflight(head: &RequestHead) -> bool {
    head.method == Method::OPTIONS
        && head.headers.contains_key(ORIGIN)
        && head.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// What a page may send.
///
/// # Errors
/// `http.origin_denied` for a site that may send nothing.
pub(super) fn preflight(
    origins: &Origins,
    head: &RequestHead,
    templates: Option<&web::Data<Templates>>,
) -> Result<HttpResponse, Problem> {
    if allowed_origin(origins, &head.headers).is_none() {
        return Err(Problem::new(Code::HttpOriginDenied));
    }
    let allowed = templates.map(|it| it.allowed(head.uri.path())).unwrap_or_default();
    let asked = "access-control-request-method, access-control-request-headers";
    Ok(HttpResponse::NoContent()
        .insert_header((ACCESS_CONTROL_ALLOW_METHODS, allowed.join(", ")))
        .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, SENT))
        .insert_header((ACCESS_CONTROL_MAX_AGE, REMEMBERED))
        .insert_header((header::VARY, asked))
        .finish())
}
