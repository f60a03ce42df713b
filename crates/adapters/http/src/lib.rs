//! The HTTP API, by actix-web and utoipa.
//!
//! A handler reads its request, runs one use case and writes the answer; everything that all
//! answers share (trace id, headers, errors in both languages, the request log) is written by
//! the middleware.
#![expect(
    clippy::future_not_send,
    reason = "the framework keeps each request on one thread, so requests are not Send"
)]

mod caller;
mod cause;
mod code;
mod config;
mod connection;
mod cookies;
mod csrf;
mod csv;
mod edge;
mod examination;
mod headers;
mod json;
mod language;
mod lifecycle;
mod listener;
mod metrics;
mod middleware;
mod openapi;
mod page;
mod print;
mod problem;
mod query;
mod redirect;
pub mod reply;
mod representation;
mod routes;
mod scope;
mod server;
mod tls;
mod views;

pub use caller::{Caller, PathId, RequestLanguage, Visitor};
pub use code::Code;
pub use config::{BATCH_BYTES_MAX, BODY_BYTES_MAX, HEAD_BYTES_MAX, HttpConfig, IMPORT_BYTES_MAX};
pub use csv::{Column, CsvRow, csv_page};
pub use edge::{Hosts, Network, Origins, RateLimits, RouteRule};
pub use headers::{Idempotency, IfMatch, IfNoneMatch, OptionalIfMatch, etag};
pub use json::{
    Body, Check, DecimalText, Field, FieldFault, FromJson, FromText, List, Nested, NoteText,
    OptionalBody, Patch, SecretText,
};
pub use language::negotiate;
pub use lifecycle::Lifecycle;
pub use metrics::{Kind, METRICS, Metric};
pub use openapi::{errors_page, openapi};
pub use problem::{
    FieldProblem, FieldProblemBody, Messages, PROBLEM_JSON, Params, Problem, ProblemBody, fill,
};
pub use query::{ListParams, ListQuery, ListRequest, PageBody, PageInfo};
pub use representation::Representation;
pub use server::{Listeners, Running, Shared, Stopper, serve, start};
pub use tls::{Certificate, CertificateError};
