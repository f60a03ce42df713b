//! Port contracts, fixtures, a stopped clock and counted ids.
//!
//! Test a rule with nothing but the rule: the domain crates are plain functions over values.
//!
//! ```
//! use gaara_inventory::StockLevel;
//! use gaara_testkit::{money, quantity, stock_key};
//!
//! let ten = StockLevel::from_stored(stock_key(1, 1), quantity("10"), quantity("0"), money("17.50"), None);
//! let mut level = ten.ok_or("ten pieces for 17.50 break no rule")?;
//! level.reserve(quantity("7"))?;
//! assert!(level.reserve(quantity("4")).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Test a use case on the memory store, with a clock that stands still and ids that count:
//!
//! ```
//! use std::sync::Arc;
//!
//! use gaara_store_memory::MemoryStore;
//! use gaara_testkit::Harness;
//!
//! # gaara_testkit::tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
//! let books = Harness::new(Arc::new(MemoryStore::new())).set_up().await;
//! let sale = books.stocked_sale("10").await;
//!
//! let issued = books.issue(&sale.draft("4")).await?;
//!
//! assert_eq!(issued.number.text(), "INV-2026-00001");
//! assert_eq!(books.on_hand(sale.product).await, "6");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Prove an adapter with the contract of its port: see [`store_contract`],
//! [`throttle_contract`] and [`rate_limiter_contract`].
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a fixture or a contract that fails must end its test"
)]

mod clock;
pub mod contract;
mod doubles;
mod entropy;
mod fixtures;
mod foreign;
mod harness;
mod mailbox;
pub mod model;
mod poll;
mod said;

pub use clock::StoppedClock;
pub use doubles::{
    OpenThrottle, PlainDigest, PlainForm, PlainHasher, PlainHmac, PlainKeyed, PlainSealSigner,
    PlainSealing, PlainSigner,
};
pub use entropy::{CountedEntropy, ScriptedEntropy};
pub use fixtures::{
    bilingual, code, currency, date, money, number_series, numbering, one_time_code, percent,
    quantity, stock_key, unit_price, vat,
};
pub use harness::{Harness, PASSWORD, Sale, USERNAME};
pub use mailbox::Mailbox;
pub use poll::poll_at_most;
pub use said::{everything_said, month, reference};
#[doc(hidden)]
pub use {
    gaara_application::RateLimiter, gaara_application::Store, gaara_security_policy::Throttle,
    tokio,
};
