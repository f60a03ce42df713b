//! What a killed backup or restore has left behind: whole copies of the books, in clear.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// What the names of our directories begin with, or end with in a directory of backups.
const BEGINNINGS: [&str; 2] = [".gaara-backup-", ".gaara-restore-"];
const ENDING: &str = ".part";

/// A directory that a living process works in; let go of when the process ends, however it does.
pub(crate) struct Held {
    _directory: Option<File>,
}

/// Marks a directory as one that somebody works in.
pub(crate) fn hold(path: &Path) -> Held {
    // Where a file system has no locks, nothing is ever taken for left behind.
    let directory = File::open(path).ok().filter(is_free);
    Held { _directory: directory }
}

/// Removes what no living process holds of what our kind leaves in a directory; answers what.
pub(crate) fn sweep(within: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(within).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_ours = BEGINNINGS.iter().any(|it| name.starts_with(it))
            || (name.starts_with(super::place::PREFIX) && name.ends_with(ENDING));
        is_ours && entry.file_type().is_ok_and(|kind| kind.is_dir())
    });
    let mut removed = Vec::new();
    for path in ours.map(|entry| entry.path()) {
        let Some(held) = File::open(&path).ok().filter(is_free) else { continue };
        fs::remove_dir_all(&path).map_err(super::on(&path))?;
        drop(held);
        removed.push(path);
    }
    Ok(removed)
}

/// Takes the lock of a directory, where nobody has it.
#[cfg(unix)]
fn is_free(directory: &File) -> bool {
    use rustix::fs::{FlockOperation, flock};

    flock(directory, FlockOperation::NonBlockingLockExclusive).is_ok()
}

/// Here nobody can tell.
#[cfg(not(unix))]
fn is_free(_: &File) -> bool {
    false
}
