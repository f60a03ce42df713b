//! The cookies of browsers: what they are called, how they are read and set (RFC 6265).
//!
//! A name that begins with `__Host-` can be set by nobody but this host, over TLS.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap, HeaderValue};

/// Holds the access token.
pub(crate) const ACCESS: &str = "__Host-gaara_access";
/// Holds the refresh token.
pub(crate) const REFRESH: &str = "__Host-gaara_refresh";
/// Holds the token that pages send back in a header; they can read it.
pub(crate) const CSRF: &str = "__Host-gaara_csrf";
/// Holds what a device is known by.
pub(crate) const DEVICE: &str = "__Host-gaara_device";

/// How long a device is known.
pub(crate) const DEVICE_LIFETIME: Duration = Duration::from_hours(365 * 24);

/// The longest cookie worth reading, in bytes.
const VALUE_BYTES_MAX: usize = 4_096;

/// The value of a cookie. One that is there twice is not there: nobody knows which is ours.
pub(crate) fn find(request: &HttpRequest, name: &str) -> Option<String> {
    let headers = request.headers().get_all(header::COOKIE);
    let pairs = headers.filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
    let mut values = pairs.filter_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    });
    let value = values.next()?;
    let fits = values.next().is_none() && !value.is_empty() && value.len() <= VALUE_BYTES_MAX;
    fits.then(|| value.to_owned())
}

/// Whether pages may read a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readable {
    /// The browser alone sees it.
    ByNobody,
    /// Pages of this host read it.
    ByPages,
}

/// Sets a cookie. The values are our own tokens, which hold nothing that needs escaping.
pub(crate) fn set(
    headers: &mut HeaderMap,
    name: &str,
    value: &str,
    lifetime: Duration,
    readable: Readable,
) {
    let hidden = if readable == Readable::ByNobody { "; HttpOnly" } else { "" };
    let seconds = lifetime.as_secs();
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; Secure{hidden}; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&text) {
        headers.append(header::SET_COOKIE, value);
    }
}

/// Takes the cookies of a session away.
pub(crate) fn clear_session(headers: &mut HeaderMap) {
    for name in [ACCESS, REFRESH, CSRF] {
        set(headers, name, "", Duration::ZERO, Readable::ByNobody);
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn found(cookies: &[&str]) -> Option<String> {
        let mut request = TestRequest::default();
        for cookie in cookies {
            request = request.append_header((header::COOKIE, *cookie));
        }
        find(&request.to_http_request(), ACCESS)
    }

    #[test]
    fn a_cookie_is_found_among_others_and_only_once() {
        let own = "__Host-gaara_access=abc.def";
        assert_eq!(found(&["a=1; __Host-gaara_access=abc.def; b=2"]).as_deref(), Some("abc.def"));
        assert_eq!(found(&["a=1", own]).as_deref(), Some("abc.def"));
        let long = format!("{own}{}", "x".repeat(4_096));
        for none in [
            &["gaara_access=abc"][..],
            &["__Host-gaara_access"],
            &["__Host-gaara_access="],
            &["x__Host-gaara_access=abc"],
            &[own, own],
            &[long.as_str()],
            &[],
        ] {
            assert_eq!(found(none), None, "{none:?}");
        }
    }

    #[test]
    fn a_cookie_belongs_to_this_host_over_tls_alone() {
        let mut headers = HeaderMap::new();
        set(&mut headers, REFRESH, "grt_1", Duration::from_mins(1), Readable::ByNobody);
        set(&mut headers, CSRF, "x", Duration::from_mins(1), Readable::ByPages);
        let set: Vec<_> = headers.get_all(header::SET_COOKIE).collect();
        let hidden =
            "__Host-gaara_refresh=grt_1; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax";
        assert_eq!(set, [hidden, "__Host-gaara_csrf=x; Path=/; Max-Age=60; Secure; SameSite=Lax"]);
    }
}
