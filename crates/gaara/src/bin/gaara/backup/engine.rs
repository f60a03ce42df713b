//! What a backup is taken of: an SQLite file, or a database of a PostgreSQL server.

use std::path::{Path, PathBuf};

use gaara::application::AuditHead;
use gaara::{
    BooksFigures, BuildError, PostgresServer, SqlConfig, SqlStore, release_sqlite, sqlite_url,
};
use gaara_crypto::Sha256Digest;

use super::programs::Programs;
use crate::config::Config;
use crate::failure::Failure;

/// What the books are kept in.
pub(crate) enum Engine {
    /// A file.
    Sqlite(SqlConfig),
    /// A server, and the programs that go with it.
    Postgres(Box<Postgres>),
}

/// A server, and the programs that go with it.
pub(crate) struct Postgres {
    pub(crate) server: PostgresServer,
    pub(crate) programs: Programs,
    pub(crate) major: u32,
    pub(crate) sql: SqlConfig,
}

/// What was taken: a file, and how much there is in it.
pub(crate) struct Taken {
    /// Where it is for now.
    pub(crate) path: PathBuf,
    pub(crate) figures: BooksFigures,
    pub(crate) audit_head: Option<AuditHead>,
}

impl Engine {
    /// The one that is configured.
    pub(crate) async fn of(config: &Config) -> Result<Self, Failure> {
        let sql = config.sql().ok_or_else(|| BuildError::Path(config.data_dir.clone()))?;
        if sql.url.starts_with("sqlite:") {
            return Ok(Self::Sqlite(sql));
        }
        let mut server = PostgresServer::connect(&sql.url).await?;
        let major = server.major().await?;
        let programs = Programs::find(config, major)?;
        Ok(Self::Postgres(Box::new(Postgres { server, programs, major, sql })))
    }

    /// How a manifest calls it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Sqlite(_) => "sqlite".to_owned(),
            Self::Postgres(postgres) => format!("postgres {}", postgres.major),
        }
    }

    /// What the file of a backup is called.
    pub(crate) const fn file(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "books.db",
            Self::Postgres(_) => "books.dump",
        }
    }

    /// Copies the books as of one moment, while others go on to write.
    pub(crate) async fn take(&self, staging: &Path) -> Result<Taken, Failure> {
        let path = staging.join(self.file());
        match self {
            Self::Sqlite(sql) => {
                let store = SqlStore::connect(sql).await?;
                store.copy_to(&path).await?;
                store.close().await?;
                // The copy is of one moment, so it tells itself how much there is in it.
                let copy = file_config(&path)?;
                let (figures, audit_head) = figures(&copy).await?;
                release_sqlite(&copy).await?;
                some_books(&figures)?;
                Ok(Taken { path, figures, audit_head })
            }
            Self::Postgres(postgres) => {
                let Postgres { server, programs, sql, .. } = &**postgres;
                let store = SqlStore::connect(sql).await?;
                let books = store.books().await?;
                let moment = books.export().await?;
                let figures = books.figures().await?;
                some_books(&figures)?;
                let seal = books.last_seal().await?;
                programs.dump(&server.environment(server.database()), &moment, &path)?;
                drop(books);
                store.close().await?;
                let audit_head = seal.map(|seal| seal.head(&Sha256Digest));
                Ok(Taken { path, figures, audit_head })
            }
        }
    }
}

impl Engine {
    /// Removes the databases that killed restores have left behind; answers which.
    pub(crate) async fn sweep(&mut self) -> Result<Vec<String>, Failure> {
        match self {
            Self::Sqlite(_) => Ok(Vec::new()),
            Self::Postgres(postgres) => Ok(postgres.server.sweep("restore_").await?),
        }
    }
}

/// Refuses a database that no program of ours has written its schema to.
fn some_books(figures: &BooksFigures) -> Result<(), Failure> {
    if figures.rows.contains_key("audit_seals") {
        return Ok(());
    }
    Err(Failure::Other("there are no books in the database".to_owned()))
}

/// How to open an SQLite file.
pub(super) fn file_config(path: &Path) -> Result<SqlConfig, Failure> {
    let url = sqlite_url(path).ok_or_else(|| BuildError::Path(path.to_owned()))?;
    Ok(SqlConfig::new(url))
}

/// The file that an address of SQLite names.
pub(crate) fn sqlite_path(sql: &SqlConfig) -> Result<PathBuf, Failure> {
    Ok(gaara::sqlite_path(sql)?)
}

/// How much there is in a database, and the head of its audit log.
pub(crate) async fn figures(sql: &SqlConfig) -> Result<(BooksFigures, Option<AuditHead>), Failure> {
    let store = SqlStore::connect(sql).await?;
    let books = store.books().await?;
    let figures = books.figures().await?;
    let has_seals = figures.rows.contains_key("audit_seals");
    let seal = if has_seals { books.last_seal().await? } else { None };
    drop(books);
    store.close().await?;
    Ok((figures, seal.map(|seal| seal.head(&Sha256Digest))))
}
