//! Empty, migrated databases to test on: a file for SQLite, a copy of a template for PostgreSQL.
use std::collections::hash_map::{DefaultHasher, RandomState};
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

use gaara_store_sql::{SqlConfig, SqlStore};
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, Row, SqliteConnection,
};
use tempfile::TempDir;

/// A database, which is gone when this is dropped.
pub(crate) struct Database {
    /// How to open it.
    pub(crate) config: SqlConfig,
    _rest: Rest,
}

#[expect(dead_code, reason = "what is kept here matters only when it is dropped")]
enum Rest {
    File(TempDir),
    Server(Dropped),
}

impl Database {
    /// Opens it.
    pub(crate) async fn open(&self) -> SqlStore {
        SqlStore::connect(&self.config).await.expect("the database opens")
    }
}

impl Database {
    /// Runs a statement past the store and answers how many rows it changed.
    pub(crate) async fn execute(&self, statement: &str) -> Result<u64, sqlx::Error> {
        let statement = AssertSqlSafe(statement.to_owned());
        if self.is_sqlite() {
            let options: SqliteConnectOptions = self.config.url.parse()?;
            let mut connection = SqliteConnection::connect_with(&options).await?;
            Ok(connection.execute(statement).await?.rows_affected())
        } else {
            let mut connection = PgConnection::connect(&self.config.url).await?;
            Ok(connection.execute(statement).await?.rows_affected())
        }
    }

    /// The texts in the first column of what a query answers, on PostgreSQL.
    pub(crate) async fn texts(&self, query: &str) -> Result<Vec<String>, sqlx::Error> {
        let mut connection = PgConnection::connect(&self.config.url).await?;
        let rows = connection.fetch_all(AssertSqlSafe(query.to_owned())).await?;
        rows.iter().map(|row| row.try_get(0)).collect()
    }

    /// Whether this is a file.
    pub(crate) fn is_sqlite(&self) -> bool {
        self.config.url.starts_with("sqlite:")
    }
}

/// A file of its own, without tables.
pub(crate) async fn empty_sqlite() -> Database {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let url = format!("sqlite:{}", directory.path().join("books.db").display());
    Database { config: SqlConfig::new(url), _rest: Rest::File(directory) }
}

/// A database of its own on the test server, without tables.
pub(crate) async fn empty_postgres() -> Database {
    postgres_from("template0").await
}

/// A file of its own, with all tables.
pub(crate) async fn sqlite() -> (Arc<SqlStore>, Database) {
    let database = empty_sqlite().await;
    let store = database.open().await;
    store.migrate_up().await.expect("the schema can be made");
    (Arc::new(store), database)
}

/// A database of its own on the test server, with all tables.
pub(crate) async fn postgres() -> (Arc<SqlStore>, Database) {
    let template = template().await;
    let database = postgres_from(&template).await;
    (Arc::new(database.open().await), database)
}

async fn postgres_from(template: &str) -> Database {
    let name = format!("gaara_test_{:016x}", RandomState::new().build_hasher().finish());
    let mut server = server().await;
    run(&mut server, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    let mut config = SqlConfig::new(address(&name));
    // Every test has pools of its own, and all of them share one server.
    (config.read_connections_max, config.write_connections_max) = (4, 6);
    Database { config, _rest: Rest::Server(Dropped(name)) }
}

/// The migrated database that others are copied from, made by whoever comes first.
async fn template() -> String {
    let program = std::env::current_exe().expect("the test program");
    let built = program.metadata().and_then(|file| file.modified()).expect("its time of building");
    let mut hasher = DefaultHasher::new();
    (program, built).hash(&mut hasher);
    let name = format!("gaara_template_{:016x}", hasher.finish());

    let mut server = server().await;
    run(&mut server, "SELECT pg_advisory_lock(5243)".to_owned()).await;
    let query = sqlx::query("SELECT count(*) FROM pg_database WHERE datname = $1").bind(&name);
    let row = query.fetch_one(&mut server).await.expect("the server answers");
    if row.get::<i64, _>(0) == 0 {
        let draft = format!("{name}_draft");
        run(&mut server, format!("DROP DATABASE IF EXISTS {draft}")).await;
        run(&mut server, format!("CREATE DATABASE {draft} TEMPLATE template0")).await;
        let store = SqlStore::connect(&SqlConfig::new(address(&draft))).await.expect("it opens");
        store.migrate_up().await.expect("the schema can be made");
        store.close().await.expect("it closes");
        run(&mut server, format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
    }
    server.close().await.expect("the server lets go");
    name
}

fn options() -> PgConnectOptions {
    let Ok(url) = std::env::var("GAARA_TEST_POSTGRES_URL") else {
        panic!(
            "GAARA_TEST_POSTGRES_URL is not set: this test needs a PostgreSQL server. \
             `scripts/postgres.sh start` starts a throw-away one and prints its address."
        );
    };
    url.parse().expect("GAARA_TEST_POSTGRES_URL is an address")
}

fn address(database: &str) -> String {
    options().database(database).to_url_lossy().to_string()
}

pub(crate) async fn server() -> PgConnection {
    PgConnection::connect_with(&options()).await.expect("the test server can be reached")
}

pub(crate) async fn run(server: &mut PgConnection, statement: String) {
    server.execute(AssertSqlSafe(statement)).await.expect("the server obeys");
}

/// The name of a database that is removed from the server on drop.
struct Dropped(String);

impl Drop for Dropped {
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.0);
        // A drop cannot wait inside the runtime of the test, which may be ending.
        let removal = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                run(&mut server().await, statement).await;
            });
        });
        let _ = removal.join();
    }
}

/// Writes each of these tests for both engines, on a database made by this function.
macro_rules! on_both_engines {
    ($sqlite:path, $postgres:path; $($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    super::$name($sqlite().await).await;
                }
            )+
        }

        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    super::$name($postgres().await).await;
                }
            )+
        }
    };
    ($($name:ident),+ $(,)?) => {
        $crate::databases::on_both_engines! {
            $crate::databases::sqlite, $crate::databases::postgres; $($name),+
        }
    };
}
pub(crate) use on_both_engines;
