//! Roles of the test server, which are gone when they are dropped.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use gaara_store_sql::SqlConfig;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};

use crate::databases::{Database, run};

/// Somebody who may sign in to one database; to be dropped before it.
pub(super) struct Person {
    pub(super) name: String,
    /// The address by which this role comes.
    own: SqlConfig,
    /// The address of whoever may do anything.
    mighty: String,
}

/// The name of a failure in PostgreSQL's own words.
pub(super) fn code(error: &sqlx::Error) -> Option<String> {
    error.as_database_error()?.code().map(Into::into)
}

impl Person {
    /// Makes a role. Roles are the whole server's, so no two tests make the same one.
    pub(super) async fn new(database: &Database, name: &str) -> Self {
        let name = format!("{name} {:016x}", RandomState::new().hash_one(0));
        let mighty = database.config.url.clone();
        let options: PgConnectOptions = mighty.parse().unwrap();
        let url = options.username(&name).password("secret").to_url_lossy().to_string();
        let own = SqlConfig { url, ..database.config.clone() };
        let person = Self { name, own, mighty };
        let make = format!("CREATE ROLE {} LOGIN PASSWORD 'secret'", person.quoted());
        database.execute(&make).await.unwrap();
        person
    }

    /// The name as it stands in a statement.
    pub(super) fn quoted(&self) -> String {
        format!("\"{}\"", self.name.replace('"', "\"\""))
    }

    /// How this role opens the database.
    pub(super) fn config(&self) -> SqlConfig {
        self.own.clone()
    }

    /// Makes this role the owner of the database, and no superuser.
    pub(super) async fn own(&self) {
        let mut server = PgConnection::connect(&self.mighty).await.unwrap();
        let options: PgConnectOptions = self.mighty.parse().unwrap();
        let database = options.get_database().unwrap();
        run(&mut server, format!("ALTER DATABASE {database} OWNER TO {}", self.quoted())).await;
    }

    /// Runs a statement as this role and answers how many rows it changed.
    pub(super) async fn execute(&self, statement: &str) -> Result<u64, sqlx::Error> {
        let mut connection = PgConnection::connect(&self.own.url).await?;
        let done = connection.execute(AssertSqlSafe(statement.to_owned())).await;
        connection.close().await?;
        Ok(done?.rows_affected())
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        let quoted = self.quoted();
        let removal = format!(
            "REASSIGN OWNED BY {quoted} TO CURRENT_USER; DROP OWNED BY {quoted}; DROP ROLE {quoted}"
        );
        let mighty = self.mighty.clone();
        // A drop cannot wait inside the runtime of the test, which may be ending.
        let removal = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async {
                run(&mut PgConnection::connect(&mighty).await.unwrap(), removal).await;
            });
        });
        let _ = removal.join();
    }
}
