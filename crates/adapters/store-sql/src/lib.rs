//! The store on SQLite and PostgreSQL, by sea-orm.
//!
//! One schema and one set of repositories serve both engines; what differs is how connections
//! are opened and how a transaction begins. All SQL of the product lives in this crate.

mod bulk;
mod config;
mod connect;
mod convert;
mod details;
mod entity;
mod error;
mod keyset;
mod measure;
mod repository;
mod schema;
mod store;
mod transaction;
mod view;

pub use config::{Durability, SqlConfig};
pub use gaara_migration::Backfilled;
pub use schema::{BATCH_ROWS, PlannedStep};
pub use store::SqlStore;
