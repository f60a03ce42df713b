//! What no request gets past: whom it is meant for, how large and how encoded it is, and how long
//! it may take.

use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{RequestHead, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::ACCEPT;
use actix_web::middleware::Next;
use actix_web::{Error, web};
use tokio::time::timeout;

use super::cors;
use super::fallback::Templates;
use crate::code::Code;
use crate::config::HttpConfig;
use crate::csv::TEXT_CSV;
use crate::json::check_encoding;
use crate::problem::Problem;
use crate::scope::scope;

/// When to try again what took too long.
const PAUSE: Duration = Duration::from_secs(1);

/// Refuses what nothing behind it should ever see, and ends what takes too long.
pub(crate) async fn shield(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let config = request.app_data::<web::Data<HttpConfig>>().cloned();
    let config = config.ok_or_else(|| Problem::internal("a server without configuration"))?;
    if let Err(problem) = check(&request, &config) {
        return Ok(request.error_response(problem));
    }
    if let Some(scope) = scope(request.request()) {
        cors::introduce(&config.origins, request.headers(), &scope);
    }
    if cors::is_preflight(request.head()) {
        let templates = request.app_data::<web::Data<Templates>>().cloned();
        let answer = cors::preflight(&config.origins, request.head(), templates.as_ref());
        return Ok(match answer {
            Ok(answer) => request.into_response(answer),
            Err(problem) => request.error_response(problem),
        });
    }
    match timeout(patience(&config, request.head()), next.call(request)).await {
        Ok(answered) => answered.map(ServiceResponse::map_into_boxed_body),
        Err(_) => Err(Problem::new(Code::HttpTimeout).retry_after(PAUSE).into()),
    }
}

fn check(request: &ServiceRequest, config: &HttpConfig) -> Result<(), Problem> {
    if head_bytes(request.head()) > config.head_bytes_max {
        let max = config.head_bytes_max;
        return Err(Problem::new(Code::HttpHeadTooLarge).param("max", max));
    }
    if !config.hosts.allow(request.head()) {
        return Err(Problem::new(Code::HttpMisdirected));
    }
    if is_disguised(request.path()) {
        return Err(Problem::not_found());
    }
    check_encoding(request.request())
}

/// Whether a path hides what may stand in it as it is (RFC 3986, section 6.2.2.2): routes would be
/// found that limits and gates do not recognise.
fn is_disguised(path: &str) -> bool {
    let codes = path.split('%').skip(1).filter_map(|rest| rest.get(..2));
    let mut signs = codes.filter_map(|code| u8::from_str_radix(code, 16).ok());
    signs.any(|sign| sign.is_ascii_alphanumeric() || b"-._~".contains(&sign))
}

/// How many bytes the head of a request takes, about as it was sent.
fn head_bytes(head: &RequestHead) -> usize {
    let target = head.uri.path_and_query().map_or(0, |target| target.as_str().len());
    let target = target + head.uri.authority().map_or(0, |authority| authority.as_str().len());
    let fields = head.headers.iter();
    let fields: usize = fields.map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    head.method.as_str().len() + target + fields
}

/// How long answering may take.
fn patience(config: &HttpConfig, head: &RequestHead) -> Duration {
    let mut wishes = head.headers.get_all(ACCEPT).filter_map(|value| value.to_str().ok());
    let is_table = head.method == Method::GET && wishes.any(|wish| wish.contains(TEXT_CSV));
    if is_table { config.export_timeout } else { config.request_timeout }
}
