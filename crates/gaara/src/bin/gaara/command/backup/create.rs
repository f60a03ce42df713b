//! Making a backup while the server goes on.

use std::fs;

use gaara::kernel::Clock;
use gaara::prepare_data_directory;
use gaara_crypto::SystemClock;

use crate::backup::{Engine, Key, Manifest, Place, Taken, pack};
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
    let finished = write(&config, &place, encrypt).await?;
    output::line(&finished)?;
    if let Some(keep) = keep {
        for name in place.keep(usize::try_from(keep).unwrap_or(usize::MAX))? {
            output::line(&format!("removed {name}"))?;
        }
    }
    Ok(())
}

/// Answers the name of the backup.
async fn write(config: &Config, place: &Place, encrypt: bool) -> Result<String, Failure> {
    let mut progress = Progress::new();
    let key = Key::of(config).await?;
    let engine = Engine::of(config).await?;
    let now = Clock::now(&SystemClock);
    let (name, path) = place.begin(now)?;
    let written = async {
        progress.tell(0, 3, "copying the books");
        let staging = tempfile::Builder::new();
        let staging = { staging }.prefix(".gaara-backup-").tempdir_in(&config.data_dir)?;
        let Taken { path: copy, figures, audit_head } = engine.take(staging.path()).await?;
        progress.tell(1, 3, "writing the backup");
        let suffix = if encrypt { ".sealed" } else { "" };
        let file = format!("{}{suffix}", engine.file());
        let (bytes, sha256) = pack(&copy, &path.join(&file), encrypt.then_some(&key))?;
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
        manifest.write(&path, &key)?;
        place.finish(&name, &path)
    };
    let written = written.await;
    if written.is_err() {
        // What is half written is worth nothing.
        drop(fs::remove_dir_all(&path));
    }
    written.map(|_| name)
}
