//! A backup opened in a place of its own, and checked there.

use std::path::{Path, PathBuf};

use gaara::SqlConfig;
use gaara::kernel::{Clock, StoreError};
use gaara_crypto::SystemClock;
use tempfile::TempDir;

use super::engine::{Postgres, figures, file_config};
use super::file::unpack;
use super::{Engine, Key, Manifest};
use crate::books;
use crate::command::agreement;
use crate::config::Config;
use crate::failure::Failure;
use crate::heads::Heads;

/// A backup in a place of its own.
pub(crate) struct Opened {
    pub(crate) manifest: Manifest,
    /// How to open the database.
    pub(crate) sql: SqlConfig,
    /// Its file, or the name of its database on the server.
    pub(crate) at: Scratch,
    /// Where the file of the backup was opened; gone with this value.
    _staging: TempDir,
}

/// Where an opened backup is.
pub(crate) enum Scratch {
    File(PathBuf),
    Database(String),
}

impl Opened {
    /// Opens a backup beside the books. `within` is on the disk that an SQLite file will be on.
    pub(crate) async fn open(
        directory: &Path,
        engine: &mut Engine,
        key: &Key,
        within: &Path,
    ) -> Result<Self, Failure> {
        let manifest = Manifest::read(directory, key)?;
        if manifest.engine != engine.name() {
            return Err(Failure::Other(format!(
                "the backup is of {} and the database of {}",
                manifest.engine,
                engine.name()
            )));
        }
        let staging = tempfile::Builder::new().prefix(".gaara-restore-").tempdir_in(within)?;
        let path = staging.path().join(engine.file());
        unpack(directory, &manifest, &path, key)?;
        let (sql, at) = match engine {
            Engine::Sqlite(_) => (file_config(&path)?, Scratch::File(path)),
            Engine::Postgres(postgres) => {
                let name = load(postgres, &path).await?;
                let url = postgres.server.url_of(&name);
                (SqlConfig { url, ..postgres.sql.clone() }, Scratch::Database(name))
            }
        };
        Ok(Self { manifest, sql, at, _staging: staging })
    }

    /// Everything that is other than when the backup was made, or does not agree with itself.
    pub(crate) async fn findings(&self, config: &Config) -> Result<Vec<String>, Failure> {
        let (back, head) = figures(&self.sql).await?;
        let mut found = self.manifest.differences(&back);
        if head != self.manifest.audit_head {
            found.push("the head of the audit log is another than was written down".to_owned());
        }
        if !found.is_empty() {
            return Ok(found);
        }
        let breakers = books::breakers(config);
        let gaara = books::builder(config, self.sql.clone(), "", &breakers)?.build().await?;
        // Heads of later than the backup are not in it.
        let last = self.manifest.audit_head.map_or(0, |head| head.number);
        let heads = Heads::kept_in(&config.data_dir).read()?;
        let heads: Vec<_> = heads.into_iter().filter(|head| head.number <= last).collect();
        let looked = agreement::look(&gaara, &heads).await;
        gaara.close().await?;
        found.extend(agreement::findings(&looked?));
        Ok(found)
    }

    /// Removes what was opened.
    pub(crate) async fn discard(self, engine: &mut Engine) -> Result<(), Failure> {
        if let (Engine::Postgres(postgres), Scratch::Database(name)) = (engine, &self.at) {
            postgres.server.remove(name).await?;
        }
        Ok(())
    }
}

/// Reads a dump into a new database; answers its name.
async fn load(postgres: &mut Postgres, from: &Path) -> Result<String, Failure> {
    let Postgres { server, programs, .. } = postgres;
    let instant = Clock::now(&SystemClock).as_millis();
    let name = format!("{}_restore_{instant}", server.database());
    server.create(&name).await.map_err(|error| match error {
        StoreError::Unavailable(_) => Failure::from(error),
        _ => Failure::Other(format!(
            "{}; the user of the database needs the right to make databases (CREATEDB)",
            crate::output::chain(&error)
        )),
    })?;
    let loaded = programs.restore(server.environment(&name), &name, from);
    if loaded.is_err() {
        server.remove(&name).await?;
    }
    loaded.map(|()| name)
}
