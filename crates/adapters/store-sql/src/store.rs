//! The store: transactions on one set of connections, views on the other.

use async_trait::async_trait;
use gaara_application::{ReadView, Store, Transaction};
use gaara_kernel::StoreError;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait,
};

use tokio::time::timeout;

use crate::config::SqlConfig;
use crate::connect::{self, Connections};
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;
use crate::view::SqlView;

/// A store on SQLite or PostgreSQL.
#[derive(Debug)]
pub struct SqlStore {
    pub(crate) config: SqlConfig,
    pub(crate) connections: Connections,
}

impl SqlStore {
    /// Opens a database; its schema is left as it is.
    ///
    /// Its connections belong to the runtime under which this is called, whoever uses them, and
    /// that runtime has to outlive the store.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database cannot be reached, [`StoreError::Internal`]
    /// when the address cannot be used.
    pub async fn connect(config: &SqlConfig) -> Result<Self, StoreError> {
        Ok(Self { config: config.clone(), connections: connect::open(config).await? })
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let reader = &self.connections.reader;
        let answer = async { reader.execute_unprepared("SELECT 1").await.map_err(failure) };
        self.in_time(answer).await?;
        Ok(())
    }

    /// Waits until every connection has come back, and closes them all.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when a connection was lost already.
    pub async fn close(&self) -> Result<(), StoreError> {
        // Readers first: the last connection of an SQLite file folds its log into the file.
        self.connections.reader.close_by_ref().await.map_err(failure)?;
        self.connections.writer.close_by_ref().await.map_err(failure)
    }

    /// Tells a test of every statement that is run from now on, as the engine is given it.
    #[doc(hidden)]
    pub fn watch(&mut self, watcher: impl Fn(&Statement) + Clone + Send + Sync + 'static) {
        let Connections { writer, reader, .. } = &mut self.connections;
        for connection in [writer, reader] {
            let watcher = watcher.clone();
            connection.set_metric_callback(move |run| watcher(run.statement));
        }
    }

    /// Opens a look at everything, as of this moment.
    pub(crate) async fn open_view(&self) -> Result<SqlView, StoreError> {
        let transaction = self.in_time(self.begin_reading()).await?;
        Ok(SqlView { connection: self.session(transaction) })
    }

    /// What is done in a transaction ends soon when the server falls silent.
    fn session(&self, transaction: DatabaseTransaction) -> Session {
        Session::new(transaction, self.connections.pulse.clone())
    }

    /// Waits for a first answer no longer than for a connection: a server that is frozen keeps its
    /// connections and says nothing, and its own time limits are frozen with it.
    async fn in_time<T>(
        &self,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let limit = match self.backend() {
            // The file has a limit of its own for whoever waits to write.
            DbBackend::Sqlite => {
                self.config.acquire_timeout.saturating_add(self.config.busy_timeout)
            }
            _ => self.config.acquire_timeout,
        };
        match timeout(limit, self.connections.home.host(work)).await {
            Ok(done) => done,
            Err(late) => Err(StoreError::Unavailable(late.into())),
        }
    }

    async fn begin_reading(&self) -> Result<DatabaseTransaction, StoreError> {
        let connection = self.connections.reader.begin().await.map_err(failure)?;
        // Either engine fixes what a transaction sees at its first read, so the view reads now.
        let first_read = match self.backend() {
            DbBackend::Sqlite => "SELECT 1 FROM sqlite_schema LIMIT 1",
            _ => "SELECT 1",
        };
        connection.execute_unprepared(first_read).await.map_err(failure)?;
        Ok(connection)
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.connections.writer.get_database_backend()
    }
}

/// Begins a transaction that may write.
///
/// SQLite takes the right to write at once: a transaction that reads first could not get it later
/// without a conflict.
pub(crate) async fn begin_writing(
    connection: &DatabaseConnection,
) -> Result<DatabaseTransaction, StoreError> {
    let sqlite_transaction_mode = match connection.get_database_backend() {
        DbBackend::Sqlite => Some(SqliteTransactionMode::Immediate),
        _ => None,
    };
    let options = TransactionOptions { sqlite_transaction_mode, ..Default::default() };
    connection.begin_with_options(options).await.map_err(failure)
}

#[async_trait]
impl Store for SqlStore {
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        let transaction = self.in_time(begin_writing(&self.connections.writer)).await?;
        Ok(Box::new(SqlTransaction { connection: self.session(transaction) }))
    }

    async fn view(&self) -> Result<Box<dyn ReadView>, StoreError> {
        Ok(Box::new(self.open_view().await?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_view_cannot_write() {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", directory.path().join("books.db").display());
        let store = SqlStore::connect(&SqlConfig::new(url)).await.unwrap();
        store.migrate_up().await.unwrap();

        let view = store.connections.reader.begin().await.unwrap();
        let result =
            view.execute_unprepared("INSERT INTO number_series (code) VALUES ('INV')").await;
        assert!(result.unwrap_err().to_string().contains("readonly"));
    }

    #[tokio::test]
    async fn what_is_told_after_a_full_disk_is_written() {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", directory.path().join("books.db").display());
        let store = SqlStore::connect(&SqlConfig::new(&url)).await.unwrap();
        let writer = &store.connections.writer;
        writer.execute_unprepared("CREATE TABLE held (x)").await.unwrap();
        // Not one page more than there are: what SQLite does then it does on a full disk too.
        writer.execute_unprepared("PRAGMA max_page_count = 1").await.unwrap();
        let write = async |text, ends: bool| {
            let unit = begin_writing(writer).await.unwrap();
            let written = unit.execute_unprepared(text).await;
            let _ = if ends { unit.commit().await } else { unit.rollback().await };
            written.is_ok()
        };
        assert!(!write("INSERT INTO held VALUES (zeroblob(100000))", false).await);
        assert!(write("INSERT INTO held VALUES (1)", false).await);
        assert!(write("INSERT INTO held VALUES (2)", true).await);

        let elsewhere = SqlStore::connect(&SqlConfig::new(&url)).await.unwrap();
        let found = elsewhere.connections.reader.begin().await.unwrap();
        let sum = Statement::from_string(DbBackend::Sqlite, "SELECT SUM(x) AS sum FROM held");
        let sum = found.query_one_raw(sum).await.unwrap().unwrap();
        assert_eq!(sum.try_get::<i64>("", "sum").unwrap(), 2);
    }

    #[tokio::test]
    async fn who_writes_keeps_foreign_keys_after_the_schema_has_changed() {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", directory.path().join("books.db").display());
        let store = SqlStore::connect(&SqlConfig::new(url)).await.unwrap();
        store.migrate_up().await.unwrap();
        store.migrate_down(1).await.unwrap();
        store.migrate_up().await.unwrap();

        let text = "INSERT INTO product_words VALUES ('x', X'00')";
        let result = store.connections.writer.execute_unprepared(text).await;
        assert!(result.unwrap_err().to_string().contains("FOREIGN KEY"));
    }
}
