//! Opening an SQLite file: one connection that writes, several that read beside it.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::path::Path;
use std::str::FromStr;

use gaara_kernel::StoreError;
use sea_orm::{DatabaseConnection, SqlxSqliteConnector};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};

use super::Connections;
use crate::config::{Durability, SqlConfig};
use crate::error::driver_failure;
use crate::home::Home;

/// Opens the file, which is created for its owner alone where it does not exist.
pub(super) async fn open(config: &SqlConfig) -> Result<Connections, StoreError> {
    let options = options(config)?;
    create_private(options.get_filename())?;
    // Room for the pages of a large posting: without it they are written early and read again. A
    // posting of 500 lines writes about a thousand of them, and would copy them into the file at
    // once by the default; this way several postings are copied together.
    let writing = options
        .clone()
        .pragma("cache_size", "-16384")
        .pragma("temp_store", "MEMORY")
        .pragma("wal_autocheckpoint", "4000");
    let writer = pool(config, writing, 1).await?;
    // Opened for writing and then forbidden to write: a connection opened for reading alone
    // could not take part in the write-ahead log.
    let reading = options.pragma("query_only", "ON");
    let reader = pool(config, reading, config.read_connections_max).await?;
    Ok(Connections {
        writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
        reader: SqlxSqliteConnector::from_sqlx_sqlite_pool(reader),
        home: Home::here(),
        pulse: None,
    })
}

/// Opens one more connection to the file, which keeps no foreign keys: for changing the schema.
pub(crate) async fn open_without_foreign_keys(
    config: &SqlConfig,
) -> Result<DatabaseConnection, StoreError> {
    let pool = pool(config, options(config)?.foreign_keys(false), 1).await?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// Opens an empty place in memory that is gone with its connection: for trying steps.
pub(crate) async fn open_in_memory() -> Result<DatabaseConnection, StoreError> {
    let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(false);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.disable_statement_logging())
        .await
        .map_err(driver_failure)?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

fn options(config: &SqlConfig) -> Result<SqliteConnectOptions, StoreError> {
    let is_memory = config.url.contains(":memory:") || config.url.contains("mode=memory");
    if is_memory || config.url == "sqlite:" || config.url == "sqlite://" {
        return Err(StoreError::Internal(
            "an SQLite database needs a file: connections do not share one in memory".into(),
        ));
    }
    let synchronous = match config.durability {
        Durability::Full => SqliteSynchronous::Full,
        Durability::Relaxed => SqliteSynchronous::Off,
    };
    Ok(SqliteConnectOptions::from_str(&config.url)
        .map_err(driver_failure)?
        .journal_mode(SqliteJournalMode::Wal)
        .foreign_keys(true)
        .synchronous(synchronous)
        .busy_timeout(config.busy_timeout)
        .disable_statement_logging())
}

async fn pool(
    config: &SqlConfig,
    options: SqliteConnectOptions,
    connections_max: u32,
) -> Result<SqlitePool, StoreError> {
    SqlitePoolOptions::new()
        .max_connections(connections_max)
        .acquire_timeout(config.acquire_timeout)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_release(|connection, _| Box::pin(is_settled(connection)))
        .connect_with(options)
        .await
        .map_err(driver_failure)
}

/// Whether a connection that comes back has come to the end of its transaction.
///
/// On a full disk SQLite ends a transaction by itself, and is then told in vain to do so. The driver
/// would take the next transaction of that connection for one within the last: what is committed
/// there is told as done and never written.
async fn is_settled(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // What was dropped is rolled back before the answer.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// SQLite gives its side files the permissions of the file itself.
fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(StoreError::Unavailable(error.into())),
    }
}
