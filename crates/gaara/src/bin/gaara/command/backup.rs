//! Making backups, looking at them, and putting them back.

mod create;
mod restore;

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::backup::{Engine, Key, Manifest, Opened, Place};
use crate::command_line::{BackupAction, BackupSource};
use crate::failure::Failure;
use crate::output;

/// Does what is asked of backups.
pub(super) async fn run(action: BackupAction) -> Result<(), Failure> {
    match action {
        BackupAction::Create(create) => create::run(create).await,
        BackupAction::List { source, json } => list(source, json).await,
        BackupAction::Verify { name, source } => verify(&name, source).await,
        BackupAction::Restore { name, source, force } => restore::run(&name, source, force).await,
    }
}

async fn list(source: BackupSource, as_json: bool) -> Result<(), Failure> {
    let BackupSource { sources, from } = source;
    let config = sources.load(Vec::new())?;
    let (place, key) = (Place::of(&config, from), Key::of(&config).await?);
    let read = |name: String| {
        let manifest = Manifest::read(&place.directory(&name), &key);
        (name, manifest.map_err(Failure::told))
    };
    let backups: Vec<_> = place.names().into_iter().map(read).collect();
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
    let directory: PathBuf = Place::of(&config, from).find(name)?;
    let key = Key::of(&config).await?;
    let mut engine = Engine::of(&config).await?;
    let opened = Opened::open(&directory, &mut engine, &key, &config.data_dir).await?;
    let found = opened.findings(&config).await;
    let name = opened.manifest.name.clone();
    opened.discard(&mut engine).await?;
    let found = found?;
    if found.is_empty() {
        return Ok(output::line(&format!("{name} can be restored, and its books agree"))?);
    }
    found.iter().try_for_each(|line| output::line(line))?;
    Err(Failure::Other(format!("{name}: {} findings", found.len())))
}
