//! Copying a database, and putting a copy into the place of another.

mod postgres;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use gaara_kernel::StoreError;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use sqlx::sqlite::SqliteConnectOptions;

use crate::config::SqlConfig;
use crate::connect;
use crate::error::{driver_failure, failure};
use crate::store::SqlStore;

pub use postgres::PostgresServer;

impl SqlStore {
    /// Writes a copy as of one moment into a new file, while others go on to write; SQLite only.
    ///
    /// # Errors
    /// [`StoreError::Internal`] when the file exists or cannot be written, and
    /// [`StoreError::Unavailable`].
    pub async fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        if self.backend() != DbBackend::Sqlite {
            return Err(StoreError::Internal("only an SQLite file is copied this way".into()));
        }
        let own = connect::open_without_foreign_keys(&self.config).await?;
        let statement = Statement::from_sql_and_values(
            DbBackend::Sqlite,
            "VACUUM INTO $1",
            [path.display().to_string().into()],
        );
        own.execute_raw(statement).await.map_err(failure)?;
        own.close().await.map_err(failure)
    }
}

/// The file that an address of SQLite names.
///
/// # Errors
/// [`StoreError::Internal`] when it names none.
pub fn sqlite_path(config: &SqlConfig) -> Result<PathBuf, StoreError> {
    let options = SqliteConnectOptions::from_str(&config.url).map_err(driver_failure)?;
    Ok(options.get_filename().to_owned())
}

/// Folds the log of an SQLite file into it, so that the file alone is all of it.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else has it open, and [`StoreError::Unavailable`].
pub async fn release_sqlite(config: &SqlConfig) -> Result<(), StoreError> {
    let own: DatabaseConnection = connect::open_without_foreign_keys(config).await?;
    // Nobody gives the log up while another connection is there, not even an idle one.
    let text = "PRAGMA journal_mode = DELETE";
    let row = own.query_one_raw(Statement::from_string(DbBackend::Sqlite, text)).await;
    let mode: Option<String> = match row.map_err(failure)? {
        Some(row) => Some(row.try_get_by_index(0).map_err(failure)?),
        None => None,
    };
    own.close().await.map_err(failure)?;
    if mode.as_deref() == Some("delete") { Ok(()) } else { Err(StoreError::Conflict) }
}
