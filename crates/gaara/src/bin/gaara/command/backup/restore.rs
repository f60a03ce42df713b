//! Putting a backup into the place of the books, all at once.

mod files;

use gaara::kernel::Clock;
use gaara::{BooksFigures, prepare_data_directory, release_sqlite};
use gaara_crypto::SystemClock;

use super::{parent, tidy};
use crate::backup::{Engine, Key, Opened, Place, Scratch, figures, sqlite_path, stamp};
use crate::command_line::BackupSource;
use crate::config::Config;
use crate::failure::Failure;
use crate::heads::Heads;
use crate::output;

/// What is allowed beyond the usual.
#[derive(Clone, Copy)]
pub(super) struct Allowed {
    /// Restoring where there are books.
    pub(super) books: bool,
    /// Restoring what does not agree with itself.
    pub(super) findings: bool,
}

/// Opens a backup beside the books, checks it there, and lets the two change places.
pub(super) async fn run(name: &str, source: BackupSource, allowed: Allowed) -> Result<(), Failure> {
    let BackupSource { sources, from } = source;
    let config = sources.load(Vec::new())?;
    prepare_data_directory(&config.data_dir)?;
    let place = Place::of(&config, from);
    let key = Key::of(&config).await?;
    let directory = place.find(name, &key)?;
    let mut engine = Engine::of(&config).await?;
    tidy(&config, &place, &mut engine).await?;
    if !allowed.books && holds_books(&mut engine).await {
        let line = "the database holds books; --force keeps them under another name and restores";
        return Err(Failure::Usage(line.to_owned()));
    }
    let within = match &engine {
        Engine::Sqlite(sql) => parent(&sqlite_path(sql)?),
        Engine::Postgres(_) => config.data_dir.clone(),
    };
    let opened = Opened::open(&directory, &mut engine, &key, &within).await?;
    let stamp = stamp(Clock::now(&SystemClock));
    let restored = match check(&opened, &config, allowed).await {
        Ok(checked) => swap(&mut engine, &opened, &stamp).await.map(|kept| (checked, kept)),
        Err(refused) => Err(refused),
    };
    let ((findings, expected), kept) = match restored {
        Ok(restored) => restored,
        Err(refused) => {
            opened.discard(&mut engine).await?;
            return Err(refused);
        }
    };
    if let Some(kept) = kept {
        output::line(&format!("the books that were there are kept as {kept}"))?;
    }
    compare(&engine, &expected).await?;
    Heads::kept_in(&config.data_dir).begin_again(opened.manifest.audit_head.as_ref(), &stamp)?;
    tell(&config, &opened.manifest.name, findings)
}

/// Answers how many findings there are, and how much there is in the books now.
async fn check(
    opened: &Opened,
    config: &Config,
    allowed: Allowed,
) -> Result<(usize, BooksFigures), Failure> {
    let looked = opened.look(config).await?;
    if !looked.differences.is_empty() {
        let found = looked.differences.join("; ");
        return Err(Failure::Other(format!("nothing was restored: {found}")));
    }
    if !looked.findings.is_empty() && !allowed.findings {
        let found = looked.findings.join("; ");
        return Err(Failure::Other(format!(
            "nothing was restored: {found}; --despite-findings restores these books as they are"
        )));
    }
    looked.findings.iter().try_for_each(|line| output::line(line))?;
    looked.advice.iter().try_for_each(|line| output::line(&format!("advice: {line}")))?;
    opened.note_restore(config).await?;
    // Looking brings the schema up to date, so the manifest tells less than this.
    Ok((looked.findings.len(), opened.figures().await?))
}

/// Makes sure that whoever opens the books now finds those that were checked.
async fn compare(engine: &Engine, expected: &BooksFigures) -> Result<(), Failure> {
    let sql = match engine {
        Engine::Sqlite(sql) => sql,
        Engine::Postgres(postgres) => &postgres.sql,
    };
    let (back, _) = figures(sql).await?;
    if back == *expected {
        return Ok(());
    }
    let line = "the books in place are others than those that were checked; start no server";
    Err(Failure::Other(line.to_owned()))
}

fn tell(config: &Config, name: &str, findings: usize) -> Result<(), Failure> {
    output::line(&format!("restored {name}"))?;
    if !config.redis_url.is_empty() {
        output::line("restart every instance: what they remember is of the books before")?;
    }
    if findings == 0 {
        return Ok(());
    }
    let counted = super::counted(findings);
    Err(Failure::WithFindings(format!("{name} was restored with {counted}")))
}

/// Whether there is anything that could be lost. What cannot be read could be anything.
async fn holds_books(engine: &mut Engine) -> bool {
    let sql = match engine {
        Engine::Sqlite(sql) => match sqlite_path(sql) {
            Ok(path) if path.exists() => sql.clone(),
            // A log without its file is all that is left of somebody's books.
            Ok(path) => return files::has_log(&path),
            Err(_) => return false,
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

/// Lets the two change places; answers what those that were there are called now.
async fn swap(
    engine: &mut Engine,
    opened: &Opened,
    stamp: &str,
) -> Result<Option<String>, Failure> {
    let kept_as = format!("before_{stamp}");
    match (engine, &opened.at) {
        (Engine::Sqlite(sql), Scratch::File(fresh)) => {
            release_sqlite(&opened.sql).await?;
            let kept = files::swap(sql, fresh, &kept_as).await?;
            Ok(kept.map(|path| path.display().to_string()))
        }
        (Engine::Postgres(postgres), Scratch::Database(fresh)) => {
            let server = &mut postgres.server;
            let place = server.database().to_owned();
            let kept_as = server.name_beside(&kept_as.to_lowercase());
            let had = server.has(&place).await?;
            for unset in server.settle(fresh).await? {
                output::line(&format!("advice: this may be done by a superuser alone: {unset}"))?;
            }
            server.swap(fresh, &kept_as).await.map_err(|error| {
                let why = output::chain(&error);
                Failure::Other(format!("{why}; stop every server that uses the database"))
            })?;
            Ok(had.then_some(kept_as))
        }
        _ => Err(Failure::Other("the backup is of another engine".to_owned())),
    }
}
