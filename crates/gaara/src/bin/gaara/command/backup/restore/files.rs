//! Letting two SQLite files change places, with what belongs to them.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

use gaara::kernel::StoreError;
use gaara::{SqlConfig, release_sqlite};

use crate::backup::{on, sqlite_path, sync_directory};
use crate::command::backup::parent;
use crate::failure::Failure;

/// What SQLite keeps beside a file: pages that are not in it yet, their index, and pages to take
/// back.
const SIDES: [&str; 3] = ["-wal", "-shm", "-journal"];

fn beside(path: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", path.display()))
}

/// Whether pages lie beside a file.
pub(super) fn has_log(path: &Path) -> bool {
    ["-wal", "-journal"].iter().any(|side| beside(path, side).exists())
}

/// Puts a file into the place of the books; answers where what was there is kept.
pub(super) async fn swap(
    sql: &SqlConfig,
    fresh: &Path,
    kept_as: &str,
) -> Result<Option<PathBuf>, Failure> {
    let target = sqlite_path(sql)?;
    let old = beside(&target, &format!(".{kept_as}"));
    let mut kept = None;
    if target.exists() {
        // What is too damaged to be opened is kept as it is, with its log.
        if let Err(StoreError::Conflict) = release_sqlite(sql).await {
            return Err(in_use());
        }
        fs::hard_link(&target, &old).map_err(on(&old))?;
        kept = Some(old.clone());
    } else if is_held(&beside(&target, "-shm")) {
        // The file is gone, and the server that has it open still writes.
        return Err(in_use());
    }
    // Also where the file is gone: the log of other books would be read into these.
    for side in SIDES {
        let (from, to) = (beside(&target, side), beside(&old, side));
        if from.exists() {
            fs::rename(from, &to).map_err(on(&to))?;
            kept = kept.or(Some(to));
        }
    }
    // One step: whoever looks finds the books before or the books restored.
    fs::rename(fresh, &target).map_err(on(&target))?;
    sync_directory(&parent(&target))?;
    Ok(kept)
}

fn in_use() -> Failure {
    Failure::Other("the database is in use; stop the server first".to_owned())
}

/// Whether somebody has the index of a log locked, as every process does that has it open.
#[cfg(unix)]
fn is_held(index: &Path) -> bool {
    use rustix::fs::{FlockOperation, fcntl_lock};

    let opened = OpenOptions::new().read(true).write(true).open(index);
    opened.is_ok_and(|file| fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive).is_err())
}

/// Here an open file can be neither removed nor renamed.
#[cfg(not(unix))]
fn is_held(index: &Path) -> bool {
    index.exists() && OpenOptions::new().write(true).open(index).is_err()
}
