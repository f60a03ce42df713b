//! A backup opened in a place of its own, and checked there.

use std::path::{Path, PathBuf};

use gaara::application::{AuditFinding, NoteRestore};
use gaara::kernel::{Clock, StoreError};
use gaara::{BooksFigures, Gaara, SqlConfig};
use gaara_crypto::SystemClock;
use tempfile::TempDir;

use super::engine::{Postgres, figures, file_config};
use super::file::{staging, unpack};
use super::unkept::Unkept;
use super::{Engine, Held, Key, Manifest, hold};
use crate::books;
use crate::command::agreement;
use crate::config::Config;
use crate::failure::Failure;
use crate::heads::Heads;

/// What is to be done where not everybody has the rights that they had.
const RIGHTS_LEFT_OUT: &str = "the rights on tables are left out: some were given to roles that are \
     not here, or by somebody else; gaara migrate grant --role NAME lets servers in";

/// A backup in a place of its own.
pub(crate) struct Opened {
    pub(crate) manifest: Manifest,
    /// How to open the database.
    pub(crate) sql: SqlConfig,
    /// Its file, or the name of its database on the server.
    pub(crate) at: Scratch,
    /// Whether everybody has the rights on tables that they had; files know none.
    has_rights: bool,
    /// Tells others that this is no left-over.
    _held: Held,
    /// Where the file of the backup was opened; gone with this value.
    _staging: TempDir,
}

/// What became of looking at an opened backup.
#[derive(Default)]
pub(crate) struct Looked {
    /// What is other than when the backup was made: it is not what was written down.
    pub(crate) differences: Vec<String>,
    /// What does not agree within the books themselves.
    pub(crate) findings: Vec<String>,
    /// What an operator should know, and no fault of the backup.
    pub(crate) advice: Vec<String>,
}

impl Looked {
    /// Everything that is wrong, one line each.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.differences.iter().chain(&self.findings).cloned().collect()
    }
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
        let staging = staging(".gaara-restore-", within)?;
        let held = hold(staging.path());
        let path = staging.path().join(engine.file());
        unpack(directory, &manifest, &path, key)?;
        let (sql, at, has_rights) = match engine {
            Engine::Sqlite(_) => (file_config(&path)?, Scratch::File(path), true),
            Engine::Postgres(postgres) => {
                let (name, has_rights) = load(postgres, &path).await?;
                let url = postgres.server.url_of(&name);
                (SqlConfig { url, ..postgres.sql.clone() }, Scratch::Database(name), has_rights)
            }
        };
        Ok(Self { manifest, sql, at, has_rights, _held: held, _staging: staging })
    }

    /// How much there is in it now.
    pub(crate) async fn figures(&self) -> Result<BooksFigures, Failure> {
        Ok(figures(&self.sql).await?.0)
    }

    /// Compares with the manifest, and checks whether the books agree with themselves.
    pub(crate) async fn look(&self, config: &Config) -> Result<Looked, Failure> {
        let (back, head) = figures(&self.sql).await?;
        let mut looked =
            Looked { differences: self.manifest.differences(&back), ..Looked::default() };
        if head != self.manifest.audit_head {
            let line = "the head of the audit log is another than was written down".to_owned();
            looked.differences.push(line);
        }
        if !looked.differences.is_empty() {
            return Ok(looked);
        }
        if !self.has_rights {
            looked.advice.push(RIGHTS_LEFT_OUT.to_owned());
        }
        let secrets = Unkept::of(config);
        if self.manifest.audit_head.is_some() && secrets.lacks("derivation_key").await {
            let line =
                "the secret derivation_key is missing: no row of the audit log can be checked";
            looked.findings.push(line.to_owned());
        }
        let gaara = self.gaara(config, secrets).await?;
        let agreed = self.agreement(&gaara, config, &mut looked).await;
        gaara.close().await?;
        agreed.map(|()| looked)
    }

    async fn gaara(&self, config: &Config, secrets: Unkept) -> Result<Gaara, Failure> {
        let breakers = books::breakers(config);
        let builder = books::builder(config, self.sql.clone(), "", &breakers)?;
        Ok(builder.secrets(secrets).build().await?)
    }

    /// Tells the audit log of these books that they were restored, where there is the secret that
    /// vouches for its rows.
    pub(crate) async fn note_restore(&self, config: &Config) -> Result<(), Failure> {
        let secrets = Unkept::of(config);
        if secrets.lacks("derivation_key").await {
            return Ok(());
        }
        let gaara = self.gaara(config, secrets).await?;
        let note = NoteRestore { backup: self.manifest.name.clone() };
        let noted = gaara.execute(&gaara.system(), &note).await;
        gaara.close().await?;
        noted.map_err(|refusal| Failure::other(&refusal))
    }

    /// Checks the books. The head in the manifest is what the audit log has to end with, which the
    /// key vouches for; those kept beside the books may be of a branch that a restore has left.
    async fn agreement(
        &self,
        gaara: &Gaara,
        config: &Config,
        looked: &mut Looked,
    ) -> Result<(), Failure> {
        let own = self.manifest.audit_head;
        let last = own.map_or(0, |head| head.number);
        let heads = Heads::kept_in(&config.data_dir).read().unwrap_or_else(|why| {
            looked.advice.push(why.told());
            Vec::new()
        });
        let heads: Vec<_> = heads.into_iter().filter(|head| head.number <= last).collect();
        let mut checked = agreement::look(gaara, &heads).await?;
        let differs = |finding: &AuditFinding| match finding {
            AuditFinding::HeadDiffers { seal } => Some(*seal),
            _ => None,
        };
        if let Some(seal) = checked.audit.findings.iter().find_map(differs) {
            looked.advice.push(format!(
                "audit.heads has another seal {seal} than the backup: it was kept of other books, \
                 or of those after a restore"
            ));
            let own: Vec<_> = own.into_iter().collect();
            checked = agreement::look(gaara, &own).await?;
        }
        looked.findings.extend(agreement::findings(&checked));
        Ok(())
    }

    /// Removes what was opened.
    pub(crate) async fn discard(self, engine: &mut Engine) -> Result<(), Failure> {
        if let (Engine::Postgres(postgres), Scratch::Database(name)) = (engine, &self.at) {
            postgres.server.remove(name).await?;
        }
        Ok(())
    }
}

/// Reads a dump into a new database; answers its name, and whether all rights came with it.
async fn load(postgres: &mut Postgres, from: &Path) -> Result<(String, bool), Failure> {
    let Postgres { server, programs, .. } = postgres;
    let instant = Clock::now(&SystemClock).as_millis();
    let name = server.name_beside(&format!("restore_{instant}"));
    // Held as long as this session lasts: what nobody holds was left behind.
    server.hold(&name).await?;
    server.create(&name).await.map_err(|error| match error {
        StoreError::Unavailable(_) => Failure::from(error),
        _ => Failure::Other(format!(
            "{}; the user of the database needs the right to make databases (CREATEDB)",
            crate::output::chain(&error)
        )),
    })?;
    let loaded = programs.restore(&server.environment(&name), &name, from);
    if loaded.is_err() {
        server.remove(&name).await?;
    }
    loaded.map(|has_rights| (name, has_rights))
}
