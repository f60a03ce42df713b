//! Making backups, looking at them, and putting them back.

mod create;
mod restore;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::backup::{Engine, Key, Manifest, Opened, Place, sqlite_path, sweep};
use crate::command_line::{BackupAction, BackupSource};
use crate::config::Config;
use crate::failure::Failure;
use crate::output;

/// Does what is asked of backups.
pub(super) async fn run(action: BackupAction) -> Result<(), Failure> {
    match action {
        BackupAction::Create(create) => create::run(create).await,
        BackupAction::List { source, json } => list(source, json).await,
        BackupAction::Verify { name, source } => verify(&name, source).await,
        BackupAction::Restore { name, source, force, despite_findings } => {
            let allowed = restore::Allowed { books: force, findings: despite_findings };
            restore::run(&name, source, allowed).await
        }
    }
}

async fn list(source: BackupSource, as_json: bool) -> Result<(), Failure> {
    let BackupSource { sources, from } = source;
    let config = sources.load(Vec::new())?;
    let place = Place::of(&config, from);
    let names = place.names();
    // Nothing has to be vouched for where there is nothing.
    let key = if names.is_empty() { None } else { Some(Key::of(&config).await?) };
    let read = |key: &Key| {
        let read = |name: &String| {
            let manifest = Manifest::read(&place.directory(name), key);
            (name.clone(), manifest.map_err(Failure::told))
        };
        names.iter().map(read).collect()
    };
    let backups: Vec<_> = key.as_ref().map(read).unwrap_or_default();
    if as_json {
        let entry = |(name, manifest): &(String, Result<Manifest, String>)| match manifest {
            Ok(it) => json!({"name": name, "made_at": it.made_at, "engine": it.engine,
                "program": it.program, "bytes": it.bytes, "sealed": it.is_sealed}),
            Err(why) => json!({"name": name, "error": why}),
        };
        let entries: Vec<Value> = backups.iter().map(entry).collect();
        return Ok(output::line(&format!("{:#}", Value::from(entries)))?);
    }
    let row = |(name, manifest): &(String, Result<Manifest, String>)| match manifest {
        Ok(it) => {
            let sealed = if it.is_sealed { "sealed" } else { "plain" };
            let bytes = it.bytes.to_string();
            vec![name.clone(), it.engine.clone(), bytes, sealed.to_owned(), it.made_at.clone()]
        }
        Err(why) => vec![name.clone(), why.clone()],
    };
    let rows: Vec<_> = backups.iter().map(row).collect();
    output::table(&rows).iter().try_for_each(|line| output::line(line))?;
    Ok(())
}

async fn verify(name: &str, source: BackupSource) -> Result<(), Failure> {
    let BackupSource { sources, from } = source;
    let config = sources.load(Vec::new())?;
    let key = Key::of(&config).await?;
    let directory = Place::of(&config, from).find(name, &key)?;
    let mut engine = Engine::of(&config).await?;
    let opened = Opened::open(&directory, &mut engine, &key, &config.data_dir).await?;
    let looked = opened.look(&config).await;
    let name = opened.manifest.name.clone();
    opened.discard(&mut engine).await?;
    let looked = looked?;
    looked.advice.iter().try_for_each(|line| output::line(&format!("advice: {line}")))?;
    let found = looked.faults();
    if found.is_empty() {
        return Ok(output::line(&format!("{name} can be restored, and its books agree"))?);
    }
    found.iter().try_for_each(|line| output::line(line))?;
    Err(Failure::Other(format!("{name}: {}", counted(found.len()))))
}

fn counted(findings: usize) -> String {
    if findings == 1 { "one finding".to_owned() } else { format!("{findings} findings") }
}

/// Removes what killed backups and restores have left behind: copies of the books in clear.
async fn tidy(config: &Config, place: &Place, engine: &mut Engine) -> Result<(), Failure> {
    let mut places = vec![config.data_dir.clone(), place.path().to_owned()];
    if let Engine::Sqlite(sql) = engine {
        places.push(parent(&sqlite_path(sql)?));
    }
    for within in places {
        for path in sweep(&within)? {
            output::complain(&format!("removed {}, which was left behind", path.display()));
        }
    }
    for name in engine.sweep().await? {
        output::complain(&format!("removed the database {name}, which was left behind"));
    }
    Ok(())
}

/// The directory that a file is in.
fn parent(path: &Path) -> PathBuf {
    path.parent().filter(|it| !it.as_os_str().is_empty()).map_or_else(|| ".".into(), PathBuf::from)
}
