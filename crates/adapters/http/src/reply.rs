//! Running use cases and queries, and writing what they answer.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use gaara_application::{Actor, App, Once, Query, Reply, StoredReply, UseCase};
use gaara_kernel::Version;
use serde::Serialize;

use crate::headers::{IfNoneMatch, etag};
use crate::problem::Problem;

/// The answer to a creation: 201 with the place and the version of what is new.
#[must_use]
pub fn created(
    location: impl Into<String>,
    version: Version,
    body: &impl Serialize,
) -> StoredReply {
    let headers = vec![("location".to_owned(), location.into()), tag(version)];
    StoredReply { status: 201, headers, body: json(body) }
}

/// The answer to a creation of something without a version: 201 with the place.
#[must_use]
pub fn made(location: impl Into<String>, body: &impl Serialize) -> StoredReply {
    let headers = vec![("location".to_owned(), location.into())];
    StoredReply { status: 201, headers, body: json(body) }
}

/// The answer to a change: 200 with the new version.
#[must_use]
pub fn changed(version: Version, body: &impl Serialize) -> StoredReply {
    StoredReply { status: 200, headers: vec![tag(version)], body: json(body) }
}

/// The answer to a request about something without a version: 200.
#[must_use]
pub fn answered(body: &impl Serialize) -> StoredReply {
    StoredReply { status: 200, headers: Vec::new(), body: json(body) }
}

/// The answer to a request that leaves nothing to say: 204.
#[must_use]
pub fn done() -> StoredReply {
    StoredReply { status: 204, headers: Vec::new(), body: Vec::new() }
}

/// The same about something that belongs to another thing, which has this version now.
#[must_use]
pub fn done_at(version: Version) -> StoredReply {
    StoredReply { status: 204, headers: vec![tag(version)], body: Vec::new() }
}

/// The answer to a question about one thing: 200 with its version, or 304 to a client that has it.
#[must_use]
pub fn found(known: &IfNoneMatch, version: Version, body: &impl Serialize) -> HttpResponse {
    if known.has(version) {
        return HttpResponse::NotModified().insert_header((header::ETAG, etag(version))).finish();
    }
    send(changed(version, body))
}

/// The answer to a question about something without a version: 200.
#[must_use]
pub fn shown(body: &impl Serialize) -> HttpResponse {
    send(answered(body))
}

/// Writes an answer.
#[must_use]
pub fn send(reply: StoredReply) -> HttpResponse {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    for header in reply.headers {
        response.insert_header(header);
    }
    if reply.body.is_empty() {
        return response.finish();
    }
    response.content_type("application/json").body(reply.body)
}

/// Runs a use case, once for an idempotency key, and answers it.
///
/// # Errors
/// The problem that the refusal stands for; `map_error` speaks for the use case.
pub async fn respond<U: UseCase>(
    app: &App,
    actor: &Actor,
    once: Option<Once>,
    use_case: &U,
    render: impl Fn(&U::Output) -> StoredReply + Send + Sync,
    map_error: impl FnOnce(U::Error) -> Problem,
) -> Result<HttpResponse, Problem> {
    let refused = |refusal| Problem::refused(refusal, map_error);
    let Some(once) = once else {
        let output = app.execute(actor, use_case).await.map_err(refused)?;
        return Ok(send(render(&output)));
    };
    match app.execute_once(actor, use_case, &once, render).await.map_err(refused)? {
        Reply::Fresh(reply) => Ok(send(reply)),
        Reply::Replayed(mut reply) => {
            reply.headers.push(("idempotency-replayed".to_owned(), "true".to_owned()));
            Ok(send(reply))
        }
    }
}

/// Asks a query.
///
/// # Errors
/// The problem that the refusal stands for.
pub async fn ask<Q>(app: &App, actor: &Actor, query: &Q) -> Result<Q::Output, Problem>
where
    Q: Query<Error: Into<Problem>>,
{
    app.ask(actor, query).await.map_err(|refusal| Problem::refused(refusal, Into::into))
}

fn tag(version: Version) -> (String, String) {
    ("etag".to_owned(), etag(version))
}

/// Bodies are structs of texts, numbers and lists, which always serialize.
fn json(body: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(body).unwrap_or_default()
}
