//! Who asks, and in which language.

use std::future::{Ready, ready};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, USER_AGENT};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, web};
use gaara_application::{Actor, App, Principal, TraceId};
use gaara_kernel::{Id, Language, parse_id};

use crate::code::Code;
use crate::cookies;
use crate::csrf;
use crate::edge::prefix;
use crate::problem::Problem;
use crate::scope::scope;

/// The longest credential worth looking at, in bytes.
const CREDENTIAL_BYTES_MAX: usize = 4096;

/// Somebody who has signed in, shown by an access token.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who, and what they may do.
    pub actor: Actor,
    /// The language of this request.
    pub language: Language,
}

/// Somebody who has not signed in.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// A stranger, who may set up and sign in.
    pub actor: Actor,
    /// The language of this request.
    pub language: Language,
    /// Where the request came from, as far as tries are counted: an address or a prefix of 64 bits.
    pub address: String,
    /// What the program that asks says about itself; empty when it says nothing readable.
    pub user_agent: String,
    /// What the device is known by, where somebody has signed in on it before.
    pub device: Option<String>,
}

/// The language that a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestLanguage(pub Language);

/// An id of one kind in the place `{id}` of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathId<I>(pub I);

/// Who a request says it is from, found before anything else of it is read.
struct Authenticated(Result<Actor, Problem>);

/// Finds out who asks, where a request says so.
///
/// Whether somebody may ask comes before whether the question is well formed: an extractor that
/// waits for the store would be overtaken by those that need not wait.
pub(crate) async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if knows_callers(request.path())
        && let Some(actor) = actor(request.request()).await
    {
        if let (Some(scope), Ok(actor)) = (scope(request.request()), &actor) {
            scope.note_principal(actor.principal().label());
        }
        let client = scope(request.request()).and_then(|scope| scope.client);
        let actor = actor.map(|actor| actor.asking_from(client));
        request.extensions_mut().insert(Authenticated(actor));
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

/// Whether anything at this path asks who somebody is.
fn knows_callers(path: &str) -> bool {
    path.starts_with("/api/v1/") || path == "/health/detailed"
}

/// Who a request says it is from: in its header, else in its cookies; `None` when it says nothing.
async fn actor(request: &HttpRequest) -> Option<Result<Actor, Problem>> {
    // A header is never sent without the will of a page, so it needs no other proof; cookies that
    // come along with it count for nothing.
    if request.headers().contains_key(AUTHORIZATION) {
        return Some(actor_of_header(request).await);
    }
    let token = cookies::find(request, cookies::ACCESS)?;
    Some(actor_of_cookie(request, &token).await)
}

async fn actor_of_header(request: &HttpRequest) -> Result<Actor, Problem> {
    let (app, trace) = application(request)?;
    Ok(app.authenticate(&bearer(request)?, trace).await?)
}

async fn actor_of_cookie(request: &HttpRequest, token: &str) -> Result<Actor, Problem> {
    let (app, trace) = application(request)?;
    let actor = app.authenticate(token, trace).await?;
    // The keys of programs have no pages, and so nothing to do in a cookie.
    let Principal::User { session, .. } = actor.principal() else {
        return Err(Problem::new(Code::AuthTokenInvalid));
    };
    if csrf::changes_something(request.method()) {
        csrf::check(&app, request, session)?;
    }
    Ok(actor)
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let found = request.extensions_mut().remove::<Authenticated>();
        let missing = || Authenticated(Err(Problem::new(Code::AuthTokenMissing)));
        let actor = found.unwrap_or_else(missing).0;
        ready(actor.map(|actor| Self { actor, language: language(request) }))
    }
}

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let client = scope(request).and_then(|scope| scope.client);
        let address = client.map_or_else(String::new, prefix);
        ready(application(request).map(|(_, trace)| Self {
            actor: Actor::anonymous(trace).asking_from(client),
            language: language(request),
            address,
            user_agent: user_agent(request),
            device: cookies::find(request, cookies::DEVICE),
        }))
    }
}

impl FromRequest for RequestLanguage {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(language(request))))
    }
}

impl<I: Id> FromRequest for PathId<I> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = request.match_info().get("id").unwrap_or_default();
        ready(parse_id(text).map(Self).map_err(|error| Problem::bad_id::<I>(&error)))
    }
}

fn application(request: &HttpRequest) -> Result<(web::Data<App>, TraceId), Problem> {
    let app = request.app_data::<web::Data<App>>().cloned();
    let app = app.ok_or_else(|| Problem::internal("a request outside the application"))?;
    let trace = scope(request).map_or_else(|| app.new_trace(), |scope| scope.trace);
    Ok((app, trace))
}

fn language(request: &HttpRequest) -> Language {
    scope(request).map_or_else(Language::default, |scope| scope.language)
}

fn user_agent(request: &HttpRequest) -> String {
    let value = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

/// The credential of an `Authorization: Bearer` header (RFC 6750, section 2.1).
fn bearer(request: &HttpRequest) -> Result<String, Problem> {
    let mut values = request.headers().get_all(AUTHORIZATION);
    let value = values.next().ok_or_else(|| Problem::new(Code::AuthTokenMissing))?;
    let (scheme, token) =
        value.to_str().ok().and_then(|text| text.split_once(' ')).unwrap_or_default();
    let token = token.trim();
    let good = scheme.eq_ignore_ascii_case("bearer")
        && !token.is_empty()
        && token.len() <= CREDENTIAL_BYTES_MAX
        && values.next().is_none();
    if good { Ok(token.to_owned()) } else { Err(Problem::new(Code::AuthTokenInvalid)) }
}
