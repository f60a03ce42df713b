//! The store on SQLite and PostgreSQL, by sea-orm.
//!
//! One schema and one set of repositories serve both engines; what differs is how connections
//! are opened and how a transaction begins. All SQL of the product lives in this crate.

mod address;
mod books;
mod bulk;
mod config;
mod connect;
mod convert;
mod details;
mod entity;
mod error;
mod home;
mod keyset;
mod measure;
mod pulse;
mod repository;
mod rescue;
mod schema;
mod session;
mod store;
mod transaction;
mod view;

pub use address::{complaint_about, may_be_overheard};
pub use books::{Books, BooksFigures, BooksFinding, BooksRule, BooksRuling};
pub use config::{Durability, SqlConfig};
pub use gaara_migration::{APPEND_ONLY, Backfilled};
pub use rescue::{PostgresServer, release_sqlite, sqlite_path};
pub use schema::{BATCH_ROWS, Barred, GrantError, PlannedStep};
pub use store::SqlStore;
