//! Files that only their owner may read.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use zeroize::Zeroizing;

/// The longest file that is read, in bytes.
const BYTES_MAX: u64 = 64 * 1024;
/// How many left-over temporary files are stepped over.
const TRIES_MAX: u32 = 1_000;

/// Why a file could not be used, without its content.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FileFault {
    Missing,
    Unusable(String),
}

impl From<io::Error> for FileFault {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::NotFound {
            Self::Missing
        } else {
            Self::Unusable(error.to_string())
        }
    }
}

fn unusable(reason: &str) -> FileFault {
    FileFault::Unusable(reason.to_owned())
}

/// Reads a file that nobody but its owner may read.
pub(crate) fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, FileFault> {
    // What was opened is what is asked about: a check by path could be of another file.
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(unusable("it is not a file"));
    }
    if modes::others_may(&metadata, modes::ANYTHING) {
        return Err(unusable("others than its owner may read it; set its mode to 600"));
    }
    if metadata.len() > BYTES_MAX {
        return Err(unusable("it is larger than 64 KiB"));
    }
    // The capacity is had at once, since a growing vector would leave copies behind.
    let capacity = usize::try_from(BYTES_MAX).unwrap_or(0).saturating_add(1);
    let mut content = Zeroizing::new(Vec::with_capacity(capacity));
    Read::take(&mut file, BYTES_MAX).read_to_end(&mut content)?;
    Ok(content)
}

/// Publishes a new file whole or not at all, and leaves one that is there already as it is.
///
/// The content is written under another name first and then linked: a link, unlike a rename, never
/// replaces, so of two processes one wins and both read the winner's value.
pub(crate) fn create_unless_there(directory: &Path, name: &str, content: &str) -> io::Result<()> {
    modes::build_private(directory)?;
    if modes::others_may(&fs::metadata(directory)?, modes::WRITE) {
        return Err(io::Error::new(
            ErrorKind::PermissionDenied,
            "others than its owner may write to the directory; set its mode to 700",
        ));
    }
    let (mut file, temporary) = create_temporary(directory, name)?;
    let published = file
        .write_all(content.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::hard_link(&temporary, directory.join(name)));
    fs::remove_file(&temporary)?;
    match published {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        // The loser waits for the disk too: it is about to rely on the winner's file.
        _ => modes::sync_directory(directory),
    }
}

/// Makes a file nobody else has: a crash may have left some, and process ids come back.
fn create_temporary(directory: &Path, name: &str) -> io::Result<(File, PathBuf)> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let mut last = io::Error::from(ErrorKind::AlreadyExists);
    for _ in 0..TRIES_MAX {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = directory.join(format!(".{name}.{}.{count}", process::id()));
        match modes::private(OpenOptions::new().write(true).create_new(true)).open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

#[cfg(unix)]
mod modes {
    //! Who may do what, on Unix.

    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};

    use super::{DirBuilder, File, Metadata, OpenOptions, Path, io};

    /// Any right of the group and of others.
    pub(super) const ANYTHING: u32 = 0o077;
    /// The right of the group and of others to write.
    pub(super) const WRITE: u32 = 0o022;

    pub(super) fn others_may(metadata: &Metadata, rights: u32) -> bool {
        metadata.permissions().mode() & rights != 0
    }

    pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        options.mode(0o600)
    }

    pub(super) fn build_private(directory: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(directory)
    }

    /// A new name is on the disk only when its directory is.
    pub(super) fn sync_directory(directory: &Path) -> io::Result<()> {
        File::open(directory)?.sync_all()
    }
}

#[cfg(not(unix))]
mod modes {
    //! Who may do what, where the directory's own rights must do.

    use super::{DirBuilder, Metadata, OpenOptions, Path, io};

    pub(super) const ANYTHING: u32 = 0;
    pub(super) const WRITE: u32 = 0;

    pub(super) fn others_may(_metadata: &Metadata, _rights: u32) -> bool {
        false
    }

    pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub(super) fn build_private(directory: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).create(directory)
    }

    pub(super) fn sync_directory(_directory: &Path) -> io::Result<()> {
        Ok(())
    }
}
