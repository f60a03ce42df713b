//! Trace ids on the wire (W3C Trace Context).

use actix_web::http::header::HeaderMap;
use gaara_application::TraceId;

/// The trace id of a valid `traceparent` header.
pub(super) fn incoming(headers: &HeaderMap) -> Option<TraceId> {
    let mut values = headers.get_all("traceparent");
    let value = values.next()?.to_str().ok()?;
    let mut parts = value.split('-');
    let (version, trace, parent, flags) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let hex = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|byte| b"0123456789abcdef".contains(&byte))
    };
    let known_version = hex(version, 2) && version != "ff";
    // Only later versions may say more.
    let whole = version != "00" || parts.next().is_none();
    let parent_is_set = hex(parent, 16) && parent.bytes().any(|byte| byte != b'0');
    if known_version && whole && parent_is_set && hex(flags, 2) && values.next().is_none() {
        TraceId::parse(trace).ok()
    } else {
        None
    }
}

/// The `traceresponse` header: the trace, and a span of our own.
pub(super) fn outgoing(trace: TraceId, span: TraceId) -> String {
    let span = span.to_string();
    let span = span.get(16..).filter(|span| span.bytes().any(|byte| byte != b'0'));
    format!("00-{trace}-{}-00", span.unwrap_or("0000000000000001"))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn read(value: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        let name = HeaderName::from_static("traceparent");
        headers.insert(name, HeaderValue::from_str(value).unwrap());
        incoming(&headers).map(|trace| trace.to_string())
    }

    #[test]
    fn a_valid_parent_gives_its_trace() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let parent = "00f067aa0ba902b7";
        assert_eq!(read(&format!("00-{trace}-{parent}-01")).as_deref(), Some(trace));
        assert_eq!(read(&format!("cc-{trace}-{parent}-01-more")).as_deref(), Some(trace));
        for value in [
            format!("00-{trace}-{parent}-01-more"),
            format!("ff-{trace}-{parent}-01"),
            format!("00-{}-{parent}-01", "0".repeat(32)),
            format!("00-{trace}-{}-01", "0".repeat(16)),
            format!("00-{}-{parent}-01", trace.to_uppercase()),
            trace.to_owned(),
            String::new(),
        ] {
            assert_eq!(read(&value), None, "{value}");
        }
    }
}
