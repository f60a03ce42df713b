//! The directory that backups are kept in: one directory each, named by its instant.

use std::fs;
use std::path::{Path, PathBuf};

use gaara::kernel::Timestamp;
use gaara::prepare_data_directory;

use super::sync_directory;
use crate::config::Config;
use crate::failure::Failure;

/// What the name of a backup begins with.
const PREFIX: &str = "gaara-";
/// What the name of one ends with that is being written.
const UNFINISHED: &str = ".part";

/// Where backups are kept.
pub(crate) struct Place(PathBuf);

impl Place {
    /// The directory that is asked for, else the one that is configured, else one in the data
    /// directory.
    pub(crate) fn of(config: &Config, asked: Option<PathBuf>) -> Self {
        let configured = &config.backup_directory;
        let configured = (!configured.is_empty()).then(|| PathBuf::from(configured));
        Self(asked.or(configured).unwrap_or_else(|| config.data_dir.join("backups")))
    }

    /// Every complete backup, the oldest first.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<_> =
            names.filter(|name| name.starts_with(PREFIX) && !name.ends_with(UNFINISHED)).collect();
        names.sort();
        names
    }

    /// The directory of a backup by its name; `latest` is the newest one.
    pub(crate) fn find(&self, name: &str) -> Result<PathBuf, Failure> {
        let names = self.names();
        let found = match name {
            "latest" => names.last(),
            _ => names.iter().find(|known| *known == name),
        };
        let missing = || Failure::Other(format!("{}: no backup {name}", self.0.display()));
        found.map(|name| self.directory(name)).ok_or_else(missing)
    }

    pub(crate) fn directory(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Makes the directory that a new backup is written into; answers its name too.
    pub(crate) fn begin(&self, now: Timestamp) -> Result<(String, PathBuf), Failure> {
        prepare_data_directory(&self.0)?;
        let stamp = now.to_string().replace(['-', ':', '.'], "");
        let name = format!("{PREFIX}{stamp}");
        let path = self.directory(&format!("{name}{UNFINISHED}"));
        fs::create_dir(&path)?;
        Ok((name, path))
    }

    /// Gives a backup its name once all of it is on the disk.
    pub(crate) fn finish(&self, name: &str, path: &Path) -> Result<PathBuf, Failure> {
        sync_directory(path)?;
        let finished = self.directory(name);
        fs::rename(path, &finished)?;
        sync_directory(&self.0)?;
        Ok(finished)
    }

    /// Removes all but the newest so many; answers which.
    pub(crate) fn keep(&self, count: usize) -> Result<Vec<String>, Failure> {
        let mut names = self.names();
        names.truncate(names.len().saturating_sub(count));
        for name in &names {
            // Renamed first: what is half removed must not look like a backup.
            let leaving = self.directory(&format!("{name}{UNFINISHED}"));
            fs::rename(self.directory(name), &leaving)?;
            fs::remove_dir_all(&leaving)?;
        }
        Ok(names)
    }
}
