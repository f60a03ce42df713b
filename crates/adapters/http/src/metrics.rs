//! Figures about the server for Prometheus, on a listener of their own.

mod catalogue;
mod histogram;
mod text;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use gaara_application::Measure;

pub use catalogue::{Kind, METRICS, Metric};
use histogram::Histogram;
pub(crate) use text::serve;

/// What tells one series of requests from another: nothing that a client can make up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Series {
    route: String,
    method: &'static str,
    status: &'static str,
}

/// What happened since the server began.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    in_flight: AtomicU64,
    requests: Mutex<BTreeMap<Series, Histogram>>,
    problems: Mutex<BTreeMap<&'static str, u64>>,
    sign_ins: Mutex<BTreeMap<&'static str, u64>>,
}

/// A request that is being worked on, until this value is dropped.
#[derive(Debug)]
pub(crate) struct InFlight(Arc<Metrics>);

/// A request that was answered.
#[derive(Debug)]
pub(crate) struct Answered<'a> {
    /// The pattern of its path; `None` where no route took it.
    pub(crate) route: Option<&'a str>,
    pub(crate) method: &'a Method,
    pub(crate) status: StatusCode,
    /// The code of the problem, where it ended in one.
    pub(crate) problem: Option<&'static str>,
    pub(crate) took: Duration,
}

impl Metrics {
    /// Begins to work on a request.
    pub(crate) fn begin(self: Arc<Self>) -> InFlight {
        self.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(self)
    }

    /// Notes what became of a request.
    pub(crate) fn note(&self, answered: &Answered<'_>) {
        let series = Series {
            route: answered.route.unwrap_or("none").to_owned(),
            method: method(answered.method),
            status: class(answered.status),
        };
        lock(&self.requests).entry(series).or_default().add(answered.took);
        if let Some(problem) = answered.problem {
            *lock(&self.problems).entry(problem).or_default() += 1;
        }
        if answered.route == Some("/api/v1/auth/login") {
            let outcome = sign_in(answered.status, answered.problem);
            *lock(&self.sign_ins).entry(outcome).or_default() += 1;
        }
    }
}

impl InFlight {
    /// Where the request is counted.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Everything that is exported: what this server counts, and the figures of its parts.
#[derive(Debug)]
struct Snapshot<'a> {
    metrics: &'a Metrics,
    measures: Vec<Measure>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A method of the API by its name; whatever else a client makes up is one series.
pub(crate) fn method(method: &Method) -> &'static str {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    known.into_iter().find(|name| *name == method.as_str()).unwrap_or("other")
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    }
}

fn sign_in(status: StatusCode, problem: Option<&str>) -> &'static str {
    match (status.as_u16(), problem) {
        (200, _) => "ok",
        (_, Some("mfa.required")) => "second_factor",
        (401, _) => "refused",
        (429, _) => "throttled",
        _ => "failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_makes_up_is_no_series() {
        let made_up = Method::from_bytes(b"XYZZY").unwrap();
        assert_eq!((method(&made_up), method(&Method::PATCH)), ("other", "PATCH"));
    }

    #[test]
    fn a_sign_in_is_told_by_its_end() {
        let end = |status, problem| sign_in(StatusCode::from_u16(status).unwrap(), problem);
        assert_eq!(end(200, None), "ok");
        assert_eq!(end(401, Some("mfa.required")), "second_factor");
        assert_eq!(end(401, Some("auth.invalid_credentials")), "refused");
        assert_eq!(end(429, Some("auth.throttled")), "throttled");
        assert_eq!(end(503, Some("auth.busy")), "failed");
    }

    #[test]
    fn a_request_that_is_given_up_is_not_in_flight() {
        let metrics = Arc::new(Metrics::default());
        let working = Arc::clone(&metrics).begin();
        assert_eq!(metrics.in_flight.load(Ordering::Relaxed), 1);
        drop(working);
        assert_eq!(metrics.in_flight.load(Ordering::Relaxed), 0);
    }
}
