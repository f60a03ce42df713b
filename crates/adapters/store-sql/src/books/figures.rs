//! How much there is in the books, to be compared with a copy of them.

use std::collections::BTreeMap;

use gaara_application::AuditSeal;
use gaara_kernel::StoreError;
use gaara_migration::applied_steps;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::Books;
use crate::error::failure;
use crate::repository::seals;
use crate::session::Session;

/// How much there is in the books.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BooksFigures {
    /// How many rows each table has.
    pub rows: BTreeMap<String, u64>,
    /// Sums over whole columns, in minor units or millionths of whatever currency or unit.
    pub sums: BTreeMap<String, String>,
    /// The steps of the schema, in the order they were applied in.
    pub steps: Vec<String>,
}

/// What is added up: quantities and values of stock, and money of documents and payments.
const SUMS: &[(&str, &str)] = &[
    ("stock_ledger", "quantity_millionths"),
    ("stock_ledger", "value_minor"),
    ("stock_levels", "on_hand_millionths"),
    ("stock_levels", "value_minor"),
    ("stock_layers", "value_minor"),
    ("invoices", "payable_minor"),
    ("invoices", "paid_minor"),
    ("invoices", "credited_minor"),
    ("payments", "amount_minor"),
    ("payment_allocations", "amount_minor"),
];

impl BooksFigures {
    /// Whether somebody has begun to keep books there.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        let begun = ["organizations", "users", "audit_log"];
        begun.iter().any(|table| self.rows.get(*table).is_some_and(|count| *count > 0))
    }
}

impl Books {
    /// Counts all rows and adds up what can be added up.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Internal`] when the books cannot be read.
    pub async fn figures(&self) -> Result<BooksFigures, StoreError> {
        let connection = &self.view.connection;
        let tables = tables(connection).await?;
        let mut figures = BooksFigures::default();
        for (table, count) in counted(connection, &tables).await? {
            figures.rows.insert(table, u64::try_from(count).unwrap_or_default());
        }
        for (table, column) in SUMS.iter().filter(|(it, _)| tables.iter().any(|have| have == it)) {
            let text = format!("SELECT CAST(COALESCE(SUM({column}), 0) AS text) FROM {table}");
            let sum: Option<String> = one(connection, &text).await?;
            figures.sums.insert(format!("{table}.{column}"), sum.unwrap_or_default());
        }
        figures.steps =
            applied_steps(connection.unwatched()).await.map_err(failure)?.into_iter().collect();
        Ok(figures)
    }

    /// The last seal on the audit log.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Internal`] when the books cannot be read.
    pub async fn last_seal(&self) -> Result<Option<AuditSeal>, StoreError> {
        seals::last(&self.view.connection).await
    }

    /// Lets another session of the same server see this very moment, as long as this one is open;
    /// PostgreSQL only.
    ///
    /// # Errors
    /// [`StoreError::Internal`] on SQLite, and [`StoreError::Unavailable`].
    pub async fn export(&self) -> Result<String, StoreError> {
        let name = one(&self.view.connection, "SELECT pg_export_snapshot()").await?;
        name.ok_or_else(|| StoreError::Internal("the moment has no name".into()))
    }
}

async fn one(connection: &Session, text: &str) -> Result<Option<String>, StoreError> {
    let statement = Statement::from_string(connection.get_database_backend(), text);
    let row = connection.query_one_raw(statement).await.map_err(failure)?;
    row.map(|row| row.try_get_by_index(0).map_err(failure)).transpose()
}

async fn tables(connection: &Session) -> Result<Vec<String>, StoreError> {
    let backend = connection.get_database_backend();
    let text = match backend {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' \
             AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        }
        _ => {
            "SELECT CAST(tablename AS text) FROM pg_catalog.pg_tables \
             WHERE schemaname = current_schema() ORDER BY tablename"
        }
    };
    let statement = Statement::from_string(backend, text);
    let rows = connection.query_all_raw(statement).await.map_err(failure)?;
    rows.iter().map(|row| row.try_get_by_index(0).map_err(failure)).collect()
}

async fn counted(
    connection: &Session,
    tables: &[String],
) -> Result<Vec<(String, i64)>, StoreError> {
    let backend = connection.get_database_backend();
    let count = |table: &String| {
        format!("SELECT '{table}' AS name, CAST(COUNT(*) AS bigint) AS count FROM \"{table}\"")
    };
    let mut counts = Vec::new();
    // SQLite joins 500 selects at most.
    for some in tables.chunks(100) {
        let text = some.iter().map(count).collect::<Vec<_>>().join(" UNION ALL ");
        let rows = connection.query_all_raw(Statement::from_string(backend, text)).await;
        for row in rows.map_err(failure)? {
            let name = row.try_get_by_index(0).map_err(failure)?;
            counts.push((name, row.try_get_by_index(1).map_err(failure)?));
        }
    }
    Ok(counts)
}
