//! The outermost layer: trace id, headers, errors in words, panics, and one log line.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, web};
use futures_util::FutureExt;
use gaara_application::{App, TraceId};
use gaara_security_policy::{RESPONSE_HEADERS, strict_transport_security};

use super::held::{HeldBody, until_sent};
use super::trace;
use crate::cause::one_line;
use crate::config::HttpConfig;
use crate::connection::{Busy, Connection, is_encrypted};
use crate::edge::client_address;
use crate::language::negotiate;
use crate::lifecycle::Lifecycle;
use crate::metrics::{Answered, InFlight, Metrics, method};
use crate::problem::{PROBLEM_JSON, Problem, from_response};
use crate::scope::RequestScope;

/// A request and everything its answer needs, once the request itself is gone.
struct Exchange {
    scope: Rc<RequestScope>,
    span: TraceId,
    method: Method,
    began: Instant,
    /// What an answer that left the server over TLS tells browsers.
    strict_transport: Option<&'static str>,
    lifecycle: Option<web::Data<Lifecycle>>,
    in_flight: Option<InFlight>,
    body: Option<HeldBody>,
    busy: Option<Busy>,
}

/// Wraps everything else; no answer leaves without it.
pub(crate) async fn boundary(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let exchange = begin(&mut request)?;
    request.extensions_mut().insert(Rc::clone(&exchange.scope));
    if exchange.method == Method::HEAD {
        // A HEAD is a GET whose body the protocol layer leaves out (RFC 9110, section 9.3.2).
        request.head_mut().method = Method::GET;
    }
    match AssertUnwindSafe(async move { next.call(request).await }).catch_unwind().await {
        Ok(Ok(response)) => {
            let (request, response) = response.into_parts();
            let route = request.match_pattern();
            let response = settle(response, &exchange.scope);
            let response = exchange.finish(response, route.as_deref());
            Ok(ServiceResponse::new(request, response))
        }
        Ok(Err(error)) => Err(exchange.give_up(HttpResponse::from_error(error))),
        Err(panic) => {
            let problem = Problem::internal(format!("panicked: {}", one_line(words(&*panic))));
            Err(exchange.give_up(HttpResponse::from_error(problem)))
        }
    }
}

fn begin(request: &mut ServiceRequest) -> Result<Exchange, Error> {
    #[expect(clippy::disallowed_methods, reason = "a duration for the request log")]
    let began = Instant::now();
    let app = request.app_data::<web::Data<App>>();
    let app = app.ok_or_else(|| Problem::internal("a request outside the application"))?;
    let trace = trace::incoming(request.headers()).unwrap_or_else(|| app.new_trace());
    let languages = request.headers().get(header::ACCEPT_LANGUAGE);
    let language = negotiate(languages.and_then(|value| value.to_str().ok()));
    let config = request.app_data::<web::Data<HttpConfig>>();
    let trusted = config.map_or(&[][..], |config| &config.trusted_proxies);
    let client = client_address(request.peer_addr(), request.headers(), trusted);
    let scope = RequestScope::new(trace, language, request.path()).with_client(client);
    let scope = Rc::new(scope);
    let metrics = request.app_data::<web::Data<Metrics>>().cloned();
    Ok(Exchange {
        scope,
        span: app.new_trace(),
        method: request.method().clone(),
        began,
        strict_transport: strict_transport(request),
        lifecycle: request.app_data::<web::Data<Lifecycle>>().cloned(),
        in_flight: metrics.map(|metrics| metrics.into_inner().begin()),
        body: HeldBody::of(request),
        busy: request.conn_data::<Rc<Connection>>().map(Connection::begin),
    })
}

/// Plain HTTP must not carry the header (RFC 6797, section 7.2).
fn strict_transport(request: &ServiceRequest) -> Option<&'static str> {
    let config = request.app_data::<web::Data<HttpConfig>>()?;
    is_encrypted(request.request()).then(|| strict_transport_security(config.hsts_preload))
}

impl Exchange {
    /// Adds what every answer carries, and logs the request.
    fn finish(mut self, mut response: HttpResponse, route: Option<&str>) -> HttpResponse {
        self.add_headers(response.headers_mut());
        if let Some(body) = self.body.take() {
            response = until_sent(response, body);
        }
        if let Some(busy) = self.busy.take() {
            response = until_sent(response, busy);
        }
        if self.lifecycle.as_ref().is_some_and(|lifecycle| lifecycle.is_draining()) {
            // Whoever keeps the connection would lose the request that meets its end.
            response.head_mut().set_connection_type(ConnectionType::Close);
        }
        let principal = self.scope.principal();
        let took = self.began.elapsed();
        if let Some(in_flight) = &self.in_flight {
            in_flight.metrics().note(&Answered {
                route,
                method: &self.method,
                status: response.status(),
                problem: self.scope.problem(),
                took,
            });
        }
        tracing::info!(
            trace_id = %self.scope.trace,
            method = method(&self.method),
            route = route.unwrap_or("-"),
            status = response.status().as_u16(),
            milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            principal = principal.as_deref().unwrap_or("anonymous"),
            code = self.scope.problem(),
            "request"
        );
        response
    }

    /// Without its request an answer can only travel as an error that carries it.
    fn give_up(self, response: HttpResponse) -> Error {
        let response = settle(response, &self.scope);
        let response = self.finish(response, None);
        InternalError::from_response("refused outside of any route", response).into()
    }

    fn add_headers(&self, headers: &mut HeaderMap) {
        // What needs a policy of its own, or may be kept, brings that along.
        let own = [header::CONTENT_SECURITY_POLICY, header::CACHE_CONTROL]
            .map(|name| (headers.get(&name).cloned(), name));
        for (name, value) in RESPONSE_HEADERS {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        for (value, name) in own {
            if let Some(value) = value {
                headers.insert(name, value);
            }
        }
        if let Some(value) = self.strict_transport {
            let value = HeaderValue::from_static(value);
            headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
        }
        headers.append(header::VARY, HeaderValue::from_static("Accept-Language"));
        self.scope.write_headers(headers);
        let trace = self.scope.trace;
        let traces = [
            ("x-trace-id", trace.to_string()),
            ("traceresponse", trace::outgoing(trace, self.span)),
        ];
        for (name, value) in traces {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

/// Writes an error out in words, whoever made it, and logs what lay behind it.
fn settle<B: MessageBody + 'static>(
    response: HttpResponse<B>,
    scope: &RequestScope,
) -> HttpResponse {
    let ours = response.error().and_then(|error| error.as_error::<Problem>());
    if let Some(problem) = ours {
        return tell(problem, scope);
    }
    let media_type = response.headers().get(header::CONTENT_TYPE);
    let is_told = media_type.is_some_and(|media_type| media_type == PROBLEM_JSON);
    if response.status() >= StatusCode::BAD_REQUEST && !is_told {
        return tell(&from_response(&response), scope);
    }
    response.map_into_boxed_body()
}

fn tell(problem: &Problem, scope: &RequestScope) -> HttpResponse {
    scope.note_problem(problem.code().as_str());
    if let Some(cause) = problem.cause_chain() {
        let code = problem.code().as_str();
        tracing::error!(trace_id = %scope.trace, code, cause, "a request failed");
    }
    problem.render(scope)
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without words")
}
