//! Reading the body of a request.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::{self, Bytes, BytesMut};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tokio::time::{Instant, timeout_at};
use validator::Validate;

use super::check::Check;
use super::decode::decode;
use super::strict;
use crate::code::Code;
use crate::config::HttpConfig;
use crate::problem::{FieldProblem, Problem};

/// A body that was read, and what is already known to be wrong with it.
///
/// Nothing of it can be had without [`Body::read`], which tells every fault at once.
#[derive(Debug)]
pub struct Body<T> {
    request: T,
    faults: Vec<FieldProblem>,
    raw: Bytes,
}

impl<T> Body<T> {
    /// Turns the request into something typed, or refuses it with everything that is wrong.
    ///
    /// # Errors
    /// A problem with every fault that the body, its rules and `read` found.
    pub fn read<U>(self, read: impl FnOnce(T, &mut Check) -> Option<U>) -> Result<U, Problem> {
        let mut check = Check::with(self.faults);
        let value = read(self.request, &mut check);
        check.finish()?;
        value.ok_or_else(|| Problem::internal("a request was refused without a reason"))
    }

    /// The body as it was sent.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }
}

/// A body whose type the request itself decides: any object, to be read again as something.
#[derive(Debug, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct AnyObject(Map<String, Value>);

impl Validate for AnyObject {
    fn validate(&self) -> Result<(), validator::ValidationErrors> {
        Ok(())
    }
}

impl Body<AnyObject> {
    /// Whether the object has no members but these.
    pub(crate) fn has_only(&self, members: &[&str]) -> bool {
        self.request.0.keys().all(|name| members.contains(&name.as_str()))
    }

    /// The same body as a request of this type.
    ///
    /// # Errors
    /// A problem where the object is none of this type at all.
    pub(crate) fn typed<T: DeserializeOwned + Validate>(self) -> Result<Body<T>, Problem> {
        decoded(Value::Object(self.request.0), self.raw)
    }
}

/// A body that may be left out; it then counts as `{}`.
#[derive(Debug)]
pub struct OptionalBody<T>(Body<T>);

impl<T> OptionalBody<T> {
    /// The body.
    #[must_use]
    pub fn into_body(self) -> Body<T> {
        self.0
    }

    /// The body as it was sent.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        self.0.raw()
    }
}

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            check_media_type(&request)?;
            let raw = collect(&request, payload).await?;
            let value = strict::parse(&raw)?;
            decoded(value, raw)
        })
    }
}

impl<T: DeserializeOwned + Validate + 'static> FromRequest for OptionalBody<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let raw = collect(&request, payload).await?;
            if raw.is_empty() {
                return decoded(Value::Object(Map::new()), raw).map(Self);
            }
            check_media_type(&request)?;
            let value = strict::parse(&raw)?;
            decoded(value, raw).map(Self)
        })
    }
}

fn decoded<T: DeserializeOwned + Validate>(value: Value, raw: Bytes) -> Result<Body<T>, Problem> {
    let (request, faults) = decode(value).map_err(Problem::of_fields)?;
    Ok(Body { request, faults, raw })
}

pub(crate) fn check_encoding(request: &HttpRequest) -> Result<(), Problem> {
    let encodings = request.headers().get_all(header::CONTENT_ENCODING);
    let plain = |value: &header::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    if encodings.into_iter().all(plain) {
        Ok(())
    } else {
        Err(Problem::new(Code::HttpUnsupportedEncoding))
    }
}

fn check_media_type(request: &HttpRequest) -> Result<(), Problem> {
    let media_type = request.content_type().trim();
    let known = ["application/json", "application/merge-patch+json"];
    // Two readers could take the body for two things where it is called two.
    let is_one = request.headers().get_all(header::CONTENT_TYPE).count() == 1;
    if is_one && known.iter().any(|known| media_type.eq_ignore_ascii_case(known)) {
        Ok(())
    } else {
        Err(Problem::new(Code::HttpUnsupportedMediaType))
    }
}

async fn collect(request: &HttpRequest, payload: Payload) -> Result<Bytes, Problem> {
    let config = request.app_data::<web::Data<HttpConfig>>();
    let config = config.map(|config| (***config).clone()).unwrap_or_default();
    let max = config.bytes_max_at(request.path());
    let too_large = || Problem::new(Code::HttpBodyTooLarge).param("max", max);
    let announced = request.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > max) {
        return Err(too_large());
    }
    let began = Instant::now();
    let mut payload = payload;
    let mut raw = BytesMut::new();
    loop {
        let due = began + config.body_due(raw.len());
        let next = timeout_at(due, payload.next()).await;
        let Some(chunk) = next.map_err(|_| Problem::new(Code::HttpBodyTimeout))? else {
            return Ok(raw.freeze());
        };
        let chunk = chunk.map_err(|_| Problem::new(Code::HttpMalformed))?;
        if raw.len() + chunk.len() > max {
            return Err(too_large());
        }
        raw.extend_from_slice(&chunk);
    }
}
