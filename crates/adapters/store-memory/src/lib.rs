//! The reference store, kept in memory.
//!
//! It behaves as the SQL stores do: one writer at a time, views that wait for nobody, all of a
//! transaction or nothing. A unit that met an error is dead and refuses everything after it, so
//! that a use case that goes on after an error is found by its unit tests.

mod api_keys;
mod catalogue;
mod exchange;
mod identity;
mod invoices;
mod invoicing;
mod invoicing_reports;
mod invoicing_view;
mod links;
mod list;
mod movement;
mod passkeys;
mod payment;
mod rate_limiter;
mod records;
mod reservation;
mod roles;
mod seals;
mod second_factors;
mod series;
mod sold;
mod stock;
mod stock_reports;
mod stock_view;
mod stocktake;
mod store;
mod throttle;
mod token_lists;
mod trails;

pub use rate_limiter::MemoryRateLimiter;
pub use store::MemoryStore;
pub use throttle::MemoryThrottle;
