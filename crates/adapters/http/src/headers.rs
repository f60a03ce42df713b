//! Versions and idempotency keys in headers.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::{FromRequest, HttpRequest};
use aws_lc_rs::digest::{Context, SHA256};
use gaara_application::{Actor, Fingerprint, IdempotencyKey, Once};
use gaara_kernel::Version;

use crate::code::Code;
use crate::problem::Problem;

/// The strong entity tag of a version: `"7"` with its quotes.
#[must_use]
pub fn etag(version: Version) -> String {
    format!("\"{version}\"")
}

/// The version a change was made on, which must be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub Version);

/// The version a change was made on, where the client cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionalIfMatch(pub Option<Version>);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let version = if_match(request.headers());
        ready(version.and_then(|version| {
            version.map(Self).ok_or_else(|| Problem::new(Code::PreconditionRequired))
        }))
    }
}

impl FromRequest for OptionalIfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(if_match(request.headers()).map(Self))
    }
}

fn if_match(headers: &HeaderMap) -> Result<Option<Version>, Problem> {
    let mut values = headers.get_all(header::IF_MATCH);
    let Some(value) = values.next() else { return Ok(None) };
    let tag = value.to_str().ok().filter(|_| values.next().is_none());
    match tag.and_then(version_of) {
        Some(version) => Ok(Some(version)),
        None => Err(Problem::new(Code::PreconditionInvalid)),
    }
}

fn version_of(tag: &str) -> Option<Version> {
    let number = tag.trim().strip_prefix('"')?.strip_suffix('"')?;
    let plain = !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| plain).map(Version::new)
}

/// The versions a client has already; a version among them need not be sent again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IfNoneMatch(Vec<String>);

impl IfNoneMatch {
    /// Whether the client has this version.
    #[must_use]
    pub fn has(&self, version: Version) -> bool {
        let own = etag(version);
        self.0.iter().any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == own)
    }
}

impl FromRequest for IfNoneMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let values = request.headers().get_all(header::IF_NONE_MATCH);
        let texts = values.filter_map(|value| value.to_str().ok());
        let tags = texts.flat_map(|text| text.split(',')).map(|tag| tag.trim().to_owned());
        ready(Ok(Self(tags.collect())))
    }
}

/// The idempotency key of a request, where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    key: Option<String>,
    method: String,
    route: String,
    path: String,
}

impl Idempotency {
    /// What makes the execution happen once, where the client asked for that.
    #[must_use]
    pub fn once(&self, actor: &Actor, body: &[u8]) -> Option<Once> {
        let key = self.key.clone()?;
        let route = format!("{} {}", self.method, self.route);
        let key = IdempotencyKey { principal: actor.principal().label(), route, key };
        Some(Once { key, fingerprint: self.fingerprint(body) })
    }

    fn fingerprint(&self, body: &[u8]) -> Fingerprint {
        let mut context = Context::new(&SHA256);
        // Neither a method nor a path holds a line break, so the parts cannot run together.
        for part in [self.method.as_bytes(), b"\n", self.path.as_bytes(), b"\n", body] {
            context.update(part);
        }
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(context.finish().as_ref()).for_each(|(to, from)| *to = *from);
        Fingerprint(bytes)
    }
}

impl FromRequest for Idempotency {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let route = request.match_pattern().unwrap_or_else(|| request.path().to_owned());
        ready(key(request.headers()).map(|key| Self {
            key,
            method: request.method().to_string(),
            route,
            path: request.path().to_owned(),
        }))
    }
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut values = headers.get_all(HeaderName::from_static("idempotency-key"));
    let Some(value) = values.next() else { return Ok(None) };
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let shaped = |text: &&str| (16..=255).contains(&text.len()) && text.bytes().all(known);
    match value.to_str().ok().filter(shaped) {
        Some(text) if values.next().is_none() => Ok(Some(text.to_owned())),
        _ => Err(Problem::new(Code::IdempotencyKeyInvalid)),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn version(value: &str) -> Result<Option<u32>, Code> {
        let request = TestRequest::default().insert_header((header::IF_MATCH, value));
        let version = if_match(request.to_http_request().headers());
        version.map(|found| found.map(Version::number)).map_err(|problem| problem.code())
    }

    #[test]
    fn one_strong_tag_is_read_and_nothing_else() {
        assert_eq!(version("\"7\""), Ok(Some(7)));
        for value in ["*", "7", "W/\"7\"", "\"7\", \"8\"", "\"\"", "\"07\"", "\"+7\"", "\"x\""] {
            assert_eq!(version(value), Err(Code::PreconditionInvalid), "{value}");
        }
    }

    #[test]
    fn a_version_that_the_client_has_is_recognised() {
        let has = |tags: &[&str]| {
            IfNoneMatch(tags.iter().map(ToString::to_string).collect()).has(Version::new(7))
        };
        assert!(has(&["\"7\""]) && has(&["W/\"7\""]) && has(&["*"]) && has(&["\"6\"", "\"7\""]));
        assert!(!has(&[]) && !has(&["\"70\""]) && !has(&["7"]));
    }

    #[test]
    fn a_key_has_a_length_and_an_alphabet() {
        let read = |value: &str| {
            let request = TestRequest::default().insert_header(("idempotency-key", value));
            key(request.to_http_request().headers()).map_err(|problem| problem.code())
        };
        assert_eq!(read("order_2026-11-23"), Ok(Some("order_2026-11-23".to_owned())));
        for value in ["short", "order 2026-11-23", "order+2026-11-23", &"a".repeat(256)] {
            assert_eq!(read(value), Err(Code::IdempotencyKeyInvalid), "{value}");
        }
    }

    #[test]
    fn a_different_body_has_a_different_fingerprint() {
        let request = Idempotency {
            key: None,
            method: "POST".to_owned(),
            route: "/a/{id}".to_owned(),
            path: "/a/1".to_owned(),
        };
        assert_ne!(request.fingerprint(b"{}"), request.fingerprint(b"{ }"));
    }
}
