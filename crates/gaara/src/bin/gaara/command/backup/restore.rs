//! Putting a backup into the place of the books, all at once.

use std::fs;
use std::path::{Path, PathBuf};

use gaara::kernel::StoreError;
use gaara::{SqlConfig, prepare_data_directory, release_sqlite};

use crate::backup::{Engine, Key, Opened, Place, Scratch, figures, sqlite_path, sync_directory};
use crate::command_line::BackupSource;
use crate::config::Config;
use crate::failure::Failure;
use crate::heads::Heads;
use crate::output;

/// Opens a backup beside the books, checks it there, and lets the two change places.
pub(super) async fn run(name: &str, source: BackupSource, force: bool) -> Result<(), Failure> {
    let BackupSource { sources, from } = source;
    let config = sources.load(Vec::new())?;
    prepare_data_directory(&config.data_dir)?;
    let directory = Place::of(&config, from).find(name)?;
    let key = Key::of(&config).await?;
    let mut engine = Engine::of(&config).await?;
    if !force && holds_books(&mut engine).await {
        let line = "the database holds books; --force keeps them under another name and restores";
        return Err(Failure::Usage(line.to_owned()));
    }
    let within = match &engine {
        Engine::Sqlite(sql) => parent(&sqlite_path(sql)?),
        Engine::Postgres(_) => config.data_dir.clone(),
    };
    let opened = Opened::open(&directory, &mut engine, &key, &within).await?;
    let found = opened.findings(&config).await;
    let is_good = found.as_ref().is_ok_and(Vec::is_empty);
    if !is_good {
        opened.discard(&mut engine).await?;
        let found = found?.join("; ");
        return Err(Failure::Other(format!("nothing was restored: {found}")));
    }
    let restored = swap(&mut engine, &opened).await;
    if restored.is_err() {
        opened.discard(&mut engine).await?;
        return restored.map(|_| ());
    }
    let name = &opened.manifest.name;
    Heads::kept_in(&config.data_dir).begin_again(opened.manifest.audit_head.as_ref(), name)?;
    if let Some(kept) = restored? {
        output::line(&format!("the books that were there are kept as {kept}"))?;
    }
    tell(&config, name)
}

fn tell(config: &Config, name: &str) -> Result<(), Failure> {
    output::line(&format!("restored {name}"))?;
    if !config.redis_url.is_empty() {
        output::line("restart every instance: what they remember is of the books before")?;
    }
    Ok(())
}

fn parent(path: &Path) -> PathBuf {
    path.parent().filter(|it| !it.as_os_str().is_empty()).map_or_else(|| ".".into(), PathBuf::from)
}

/// Whether there is anything that could be lost. What cannot be read could be anything.
async fn holds_books(engine: &mut Engine) -> bool {
    let sql = match engine {
        Engine::Sqlite(sql) => match sqlite_path(sql) {
            Ok(path) if path.exists() => sql.clone(),
            _ => return false,
        },
        Engine::Postgres(postgres) => {
            let database = postgres.server.database().to_owned();
            match postgres.server.has(&database).await {
                Ok(true) => postgres.sql.clone(),
                Ok(false) => return false,
                Err(_) => return true,
            }
        }
    };
    figures(&sql).await.map_or(true, |(figures, _)| figures.is_begun())
}

/// Lets the two change places; answers what the books that were there are called now.
async fn swap(engine: &mut Engine, opened: &Opened) -> Result<Option<String>, Failure> {
    let kept_as = format!("before_{}", opened.manifest.name.trim_start_matches("gaara-"));
    match (engine, &opened.at) {
        (Engine::Sqlite(sql), Scratch::File(fresh)) => {
            release_sqlite(&opened.sql).await?;
            let kept = swap_files(sql, fresh, &kept_as).await?;
            Ok(kept.map(|path| path.display().to_string()))
        }
        (Engine::Postgres(postgres), Scratch::Database(fresh)) => {
            let server = &mut postgres.server;
            let place = server.database().to_owned();
            let kept_as = format!("{place}_{kept_as}").to_lowercase();
            let had = server.has(&place).await?;
            server.swap(fresh, &kept_as).await.map_err(|error| {
                let why = output::chain(&error);
                Failure::Other(format!("{why}; stop every server that uses the database"))
            })?;
            Ok(had.then_some(kept_as))
        }
        _ => Err(Failure::Other("the backup is of another engine".to_owned())),
    }
}

async fn swap_files(
    sql: &SqlConfig,
    fresh: &Path,
    kept_as: &str,
) -> Result<Option<PathBuf>, Failure> {
    let target = sqlite_path(sql)?;
    let beside = |ending: &str| PathBuf::from(format!("{}{ending}", target.display()));
    let mut kept = None;
    if target.exists() {
        // What is too damaged to be opened is kept as it is, with its log.
        if let Err(StoreError::Conflict) = release_sqlite(sql).await {
            let line = "the database is in use; stop the server first";
            return Err(Failure::Other(line.to_owned()));
        }
        let old = beside(&format!(".{kept_as}"));
        fs::hard_link(&target, &old)?;
        for side in ["-wal", "-shm"] {
            let from = beside(side);
            if from.exists() {
                fs::rename(from, format!("{}{side}", old.display()))?;
            }
        }
        kept = Some(old);
    }
    // One step: whoever looks finds the books before or the books restored.
    fs::rename(fresh, &target)?;
    sync_directory(&parent(&target))?;
    Ok(kept)
}
