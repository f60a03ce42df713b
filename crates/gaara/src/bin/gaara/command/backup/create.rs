//! Making a backup while the server goes on.

use std::fs;

use gaara::kernel::Clock;
use gaara::prepare_data_directory;
use gaara_crypto::SystemClock;

use super::tidy;
use crate::backup::{Engine, Key, Manifest, Opened, Place, Taken, hold, pack, staging};
use crate::command_line::BackupCreate;
use crate::config::Config;
use crate::failure::Failure;
use crate::output;
use crate::progress::Progress;

/// Makes one, and removes older ones where that is asked for.
pub(super) async fn run(create: BackupCreate) -> Result<(), Failure> {
    let BackupCreate { sources, to, encrypt, keep } = create;
    let config = sources.load(Vec::new())?;
    if let Some(path) = config.database_path().filter(|path| !path.exists()) {
        return Err(Failure::Other(format!("there is no database {}", path.display())));
    }
    prepare_data_directory(&config.data_dir)?;
    let place = Place::of(&config, to);
    let mut engine = Engine::of(&config).await?;
    tidy(&config, &place, &mut engine).await?;
    // A fresh key beside backups of another one would part them for ever.
    let is_first = place.names().is_empty();
    let key = if is_first { Key::of_first(&config).await? } else { Key::of(&config).await? };
    let finished = write(&config, &place, &engine, &key, encrypt).await?;
    output::line(&finished)?;
    match keep.map(|keep| usize::try_from(keep).unwrap_or(usize::MAX)) {
        Some(keep) => retain(&config, &place, &mut engine, &key, &finished, keep).await,
        None => Ok(()),
    }
}

/// Removes older backups once the new one has shown that it can stand in for them.
async fn retain(
    config: &Config,
    place: &Place,
    engine: &mut Engine,
    key: &Key,
    made: &str,
    keep: usize,
) -> Result<(), Failure> {
    let nothing =
        |why: &str| Failure::Other(format!("{made} was made, and nothing was removed: {why}"));
    let opened = Opened::open(&place.directory(made), engine, key, &config.data_dir).await;
    let opened = opened.map_err(|error| nothing(&error.told()))?;
    let looked = opened.look(config).await;
    let is_begun = opened.manifest.figures.is_begun();
    opened.discard(engine).await?;
    let faults = looked.map_err(|error| nothing(&error.told()))?.faults();
    if !faults.is_empty() {
        return Err(nothing(&faults.join("; ")));
    }
    if !is_begun {
        return Err(nothing("nobody has begun to keep books"));
    }
    let kept = place.keep(keep, made, key)?;
    for (name, why) in kept.left_alone {
        output::complain(&format!("left alone {name}: {why}"));
    }
    kept.removed.iter().try_for_each(|name| output::line(&format!("removed {name}")))?;
    Ok(())
}

/// Answers the name of the backup.
async fn write(
    config: &Config,
    place: &Place,
    engine: &Engine,
    key: &Key,
    encrypt: bool,
) -> Result<String, Failure> {
    let mut progress = Progress::new();
    let now = Clock::now(&SystemClock);
    let (name, path) = place.begin(now)?;
    let _held = hold(&path);
    let written = async {
        progress.tell(0, 3, "copying the books");
        let staging = staging(".gaara-backup-", &config.data_dir)?;
        let _held = hold(staging.path());
        let Taken { path: copy, figures, audit_head } = engine.take(staging.path()).await?;
        progress.tell(1, 3, "writing the backup");
        let suffix = if encrypt { ".sealed" } else { "" };
        let file = format!("{}{suffix}", engine.file());
        let (bytes, sha256) = pack(&copy, &path.join(&file), encrypt.then_some(key))?;
        progress.tell(2, 3, "writing what is in it");
        let manifest = Manifest {
            name: name.clone(),
            made_at: now.to_string(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            engine: engine.name(),
            file,
            is_sealed: encrypt,
            bytes,
            sha256,
            figures,
            audit_head,
        };
        manifest.write(&path, key)?;
        place.finish(&name, &path)
    };
    let written = written.await;
    if written.is_err() {
        // What is half written is worth nothing.
        drop(fs::remove_dir_all(&path));
    }
    written.map(|_| name)
}
