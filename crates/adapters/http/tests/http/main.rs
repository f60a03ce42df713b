//! The HTTP API from outside, on the memory store.
#![expect(
    clippy::future_not_send,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "the framework keeps each request on one thread, and a missing answer ends its test"
)]

mod api_keys;
mod batches;
mod bodies;
mod boundary;
mod catalogue;
mod catalogue_refusals;
mod cookies;
mod cors;
mod credit_notes;
mod csrf;
mod csv;
mod desk;
mod documents;
mod encrypted;
mod envelope;
mod exchange_rates;
mod foreign_currency;
mod headers;
mod health;
mod idempotency;
mod identity;
mod invoice_guards;
mod invoice_states;
mod lifecycle;
mod lists;
mod misdirected;
mod movement_guards;
mod movement_states;
mod movements;
mod number_series;
mod organization;
mod parties;
mod passwords;
mod patience;
mod payments;
mod print;
mod purchases;
mod rates;
mod refusals;
mod reports;
mod reports_of_documents;
mod reservations;
mod roles;
mod sale;
mod second_factors;
mod sessions;
mod stock_lists;
mod stocktake_guards;
mod stocktake_states;
mod support;
mod wire;
mod yard;
