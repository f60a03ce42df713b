//! The HTTP API from outside, on the memory store.
#![expect(clippy::future_not_send, reason = "the framework keeps each request on one thread")]

mod bodies;
mod boundary;
mod documents;
mod envelope;
mod idempotency;
mod lists;
mod support;
mod wire;
