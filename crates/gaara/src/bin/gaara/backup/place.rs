//! The directory that backups are kept in: one directory each, named by its instant.

use std::fs;
use std::path::{Path, PathBuf};

use gaara::kernel::{Clock, Timestamp};
use gaara::prepare_data_directory;
use gaara_crypto::SystemClock;

use super::{Key, Manifest, on, sync_directory};
use crate::config::Config;
use crate::failure::Failure;
use crate::output;

/// What the name of a backup begins with.
pub(super) const PREFIX: &str = "gaara-";
/// What the name of one ends with that is being written.
const UNFINISHED: &str = ".part";

/// Where backups are kept.
pub(crate) struct Place(PathBuf);

/// What became of the backups beside a new one.
#[derive(Default)]
pub(crate) struct Kept {
    /// Those that were removed.
    pub(crate) removed: Vec<String>,
    /// Those that are not ours to count or to remove, and why.
    pub(crate) left_alone: Vec<(String, String)>,
}

/// An instant as it stands in names: `20261128T093000123Z`.
pub(crate) fn stamp(instant: Timestamp) -> String {
    instant.to_string().replace(['-', ':', '.'], "")
}

impl Place {
    /// The directory that is asked for, else the one that is configured, else one in the data
    /// directory.
    pub(crate) fn of(config: &Config, asked: Option<PathBuf>) -> Self {
        let configured = &config.backup_directory;
        let configured = (!configured.is_empty()).then(|| PathBuf::from(configured));
        Self(asked.or(configured).unwrap_or_else(|| config.data_dir.join("backups")))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Every complete backup, the oldest first, whoever made it.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        // A file that somebody packed a backup into is none.
        let entries = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<_> =
            names.filter(|name| name.starts_with(PREFIX) && !name.ends_with(UNFINISHED)).collect();
        names.sort();
        names
    }

    /// The directory of a backup by its name; `latest` is the newest one of ours.
    pub(crate) fn find(&self, name: &str, key: &Key) -> Result<PathBuf, Failure> {
        if name == "latest" {
            return self.latest(key);
        }
        let known = self.names().into_iter().find(|known| known == name);
        let missing = || Failure::Other(format!("{}: no backup {name}", self.0.display()));
        known.map(|name| self.directory(&name)).ok_or_else(missing)
    }

    /// The newest one that somebody with our key made; those passed over are named.
    fn latest(&self, key: &Key) -> Result<PathBuf, Failure> {
        let now = format!("{PREFIX}{}", stamp(Clock::now(&SystemClock)));
        for name in self.names().into_iter().rev() {
            let path = self.directory(&name);
            match Manifest::read(&path, key) {
                Err(why) => output::complain(&format!("passed over {name}: {}", why.told())),
                // A clock that was ahead would make an old backup the latest one for long.
                Ok(_) if name > now => {
                    let line = format!("{name} is of later than now; name the backup you mean");
                    return Err(Failure::Other(line));
                }
                Ok(_) => return Ok(path),
            }
        }
        let line = format!("{}: no backup that was made with our key", self.0.display());
        Err(Failure::Other(line))
    }

    pub(crate) fn directory(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Makes the directory that a new backup is written into; answers its name too.
    pub(crate) fn begin(&self, now: Timestamp) -> Result<(String, PathBuf), Failure> {
        prepare_data_directory(&self.0)?;
        let name = format!("{PREFIX}{}", stamp(now));
        let path = self.directory(&format!("{name}{UNFINISHED}"));
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(on(&path))?;
        Ok((name, path))
    }

    /// Gives a backup its name once all of it is on the disk.
    pub(crate) fn finish(&self, name: &str, path: &Path) -> Result<PathBuf, Failure> {
        sync_directory(path).map_err(on(path))?;
        let finished = self.directory(name);
        fs::rename(path, &finished).map_err(on(&finished))?;
        sync_directory(&self.0).map_err(on(&self.0))?;
        Ok(finished)
    }

    /// Removes all but so many of ours: the one just made, and the newest others.
    ///
    /// Ours is what our key vouches for, of the same engine, with books in it.
    pub(crate) fn keep(&self, count: usize, made: &str, key: &Key) -> Result<Kept, Failure> {
        let engine = Manifest::read(&self.directory(made), key)?.engine;
        let mut kept = Kept::default();
        let mut ours = Vec::new();
        for name in self.names().into_iter().filter(|name| name != made) {
            match Manifest::read(&self.directory(&name), key) {
                Err(why) => kept.left_alone.push((name, why.told())),
                Ok(it) if it.engine != engine => {
                    kept.left_alone.push((name, format!("it is of {}", it.engine)));
                }
                Ok(it) if !it.figures.is_begun() => {
                    kept.left_alone.push((name, "nobody had begun to keep books".to_owned()));
                }
                Ok(_) => ours.push(name),
            }
        }
        ours.truncate(ours.len().saturating_sub(count.saturating_sub(1)));
        for name in ours {
            // Renamed first: what is half removed must not look like a backup.
            let leaving = self.directory(&format!("{name}{UNFINISHED}"));
            fs::rename(self.directory(&name), &leaving).map_err(on(&leaving))?;
            fs::remove_dir_all(&leaving).map_err(on(&leaving))?;
            kept.removed.push(name);
        }
        Ok(kept)
    }
}
