//! How many requests somebody may make, told on every answer.

use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, web};
use gaara_application::App;
use gaara_security_policy::RateDecision;

use crate::code::Code;
use crate::config::HttpConfig;
use crate::edge::{RateLimits, is_below, prefix};
use crate::problem::Problem;
use crate::scope::{RequestScope, scope};

/// Counts a request for whoever makes it, and refuses one too many.
pub(crate) async fn rates(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let config = request.app_data::<web::Data<HttpConfig>>();
    let limits = config.and_then(|config| config.rate_limits.clone());
    if let Some(limits) = limits.filter(|_| is_counted(&request))
        && let Err(problem) = charge(&limits, &request).await
    {
        return Ok(request.error_response(problem));
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

/// Whoever looks after the server asks often, and the files of a page cost nothing. A preflight is
/// answered before.
fn is_counted(request: &ServiceRequest) -> bool {
    let path = request.path();
    let is_asked_often = ["/health", "/health/live", "/health/ready"].contains(&path);
    !is_asked_often && !["/api/docs", "/api/redoc"].into_iter().any(|free| is_below(path, free))
}

async fn charge(limits: &RateLimits, request: &ServiceRequest) -> Result<(), Problem> {
    let app = request.app_data::<web::Data<App>>();
    let (app, scope) = app
        .zip(scope(request.request()))
        .ok_or_else(|| Problem::internal("a request outside the application"))?;
    let applied = limits.apply(request.method(), request.path());
    let who = scope.principal().or_else(|| scope.client.map(prefix)).unwrap_or_default();
    let key = format!("{}:{who}", applied.name);
    let charged = limits.limiter().charge(&key, applied.rule, app.now()).await;
    let decision = charged.map_err(|error| {
        Problem::new(Code::DependencyUnavailable)
            .param("name", "rate_limit")
            .retry_after(Duration::from_secs(1))
            .caused_by(error)
    })?;
    tell(&scope, &decision);
    let Some(wait) = decision.retry_after else { return Ok(()) };
    if applied.shadow {
        let rule = applied.name;
        tracing::warn!(trace_id = %scope.trace, rule, "a limit in shadow would refuse this");
        return Ok(());
    }
    Err(Problem::new(Code::RateLimited).param("seconds", seconds(wait)).retry_after(wait))
}

/// Says how the principal stands (draft-ietf-httpapi-ratelimit-headers).
fn tell(scope: &RequestScope, decision: &RateDecision) {
    let policy = decision
        .rule
        .windows()
        .map(|(name, rule)| format!("\"{name}\";q={};w={}", rule.times, rule.window.as_secs()));
    let [minute, hour] = decision.rule.windows().map(|(name, _)| name);
    let standing = [(minute, decision.minute), (hour, decision.hour)].map(|(name, standing)| {
        format!("\"{name}\";r={};t={}", standing.remaining, seconds(standing.full_after))
    });
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", standing)] {
        if let Ok(value) = HeaderValue::from_str(&value.join(", ")) {
            scope.add_header(HeaderName::from_static(name), value);
        }
    }
}

/// Whole seconds, rounded up.
fn seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
