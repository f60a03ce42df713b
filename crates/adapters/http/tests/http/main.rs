//! The HTTP API from outside, on the memory store.
#![expect(
    clippy::future_not_send,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "the framework keeps each request on one thread, and a missing answer ends its test"
)]

mod batches;
mod bodies;
mod boundary;
mod catalogue;
mod catalogue_refusals;
mod documents;
mod envelope;
mod exchange_rates;
mod idempotency;
mod identity;
mod lists;
mod movement_guards;
mod movement_states;
mod movements;
mod number_series;
mod organization;
mod passwords;
mod refusals;
mod reservations;
mod roles;
mod sale;
mod stock_lists;
mod stocktake_guards;
mod stocktake_states;
mod support;
mod wire;
mod yard;
