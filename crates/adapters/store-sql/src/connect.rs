//! Opening a database: one set of connections that write, and one that only reads.

mod postgres;
mod sqlite;

use std::sync::Arc;

use gaara_kernel::StoreError;
use sea_orm::DatabaseConnection;

use crate::config::SqlConfig;
use crate::home::Home;
use crate::pulse::Pulse;

/// An open database.
#[derive(Debug)]
pub(crate) struct Connections {
    pub(crate) writer: DatabaseConnection,
    pub(crate) reader: DatabaseConnection,
    pub(crate) home: Home,
    /// Absent where the database is a file.
    pub(crate) pulse: Option<Arc<Pulse>>,
}

pub(crate) use sqlite::{open_in_memory, open_without_foreign_keys};

/// Opens the database that the address names.
pub(crate) async fn open(config: &SqlConfig) -> Result<Connections, StoreError> {
    if config.url.starts_with("sqlite:") {
        sqlite::open(config).await
    } else if config.url.starts_with("postgres:") || config.url.starts_with("postgresql:") {
        postgres::open(config).await
    } else {
        Err(StoreError::Internal(
            "the database address must begin with sqlite: or postgres://".into(),
        ))
    }
}
