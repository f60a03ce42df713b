//! The file of a backup: written once, with its checksum, sealed or as it is.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use gaara::kernel::Entropy;
use gaara_crypto::{Hashed, SystemEntropy, open_stream, seal_stream};
use tempfile::TempDir;

use super::{Key, Manifest};
use crate::failure::Failure;

/// Tells of what failed where.
pub(crate) fn on(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let path: PathBuf = path.to_owned();
    move |error| Failure::Other(format!("{}: {error}", path.display()))
}

/// Makes a directory for its owner alone, which is gone with the value.
pub(crate) fn staging(prefix: &str, within: &Path) -> Result<TempDir, Failure> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(within).map_err(on(within))
}

/// Opens a regular file: to open a pipe would wait for somebody to write into it.
pub(super) fn open_regular(path: &Path) -> io::Result<File> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    File::open(path)
}

/// Makes a file for its owner alone.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Copies a file into a backup; answers how long it is there, and its SHA-256.
pub(crate) fn pack(
    from: &Path,
    to: &Path,
    seal_by: Option<&Key>,
) -> Result<(u64, String), Failure> {
    written(from, to, seal_by).map_err(on(to))
}

fn written(from: &Path, to: &Path, seal_by: Option<&Key>) -> io::Result<(u64, String)> {
    let (mut source, mut sink) = (File::open(from)?, Hashed::new(create(to)?));
    if let Some(key) = seal_by {
        let entropy: &dyn Entropy = &SystemEntropy;
        seal_stream(key.expose(), &entropy.token_bytes(), &mut source, &mut sink)?;
    } else {
        io::copy(&mut source, &mut sink)?;
    }
    sink.flush()?;
    let (file, bytes, sha256) = sink.finish();
    file.sync_all()?;
    Ok((bytes, sha256))
}

/// Copies the file of a backup out of it, and makes sure that it is the one that was put there.
pub(crate) fn unpack(
    directory: &Path,
    manifest: &Manifest,
    to: &Path,
    key: &Key,
) -> Result<(), Failure> {
    // A name out of a manifest must not lead anywhere else.
    let name = Path::new(&manifest.file).file_name().unwrap_or_default();
    let from = directory.join(name);
    let wrong = |why: &str| Failure::Other(format!("{}: {why}", from.display()));
    let source = open_regular(&from).map_err(|error| wrong(&error.to_string()))?;
    let mut source = Hashed::new(source);
    let mut sink = create(to).map_err(on(to))?;
    if manifest.is_sealed {
        open_stream(key.expose(), &mut source, &mut sink)
            .map_err(|error| wrong(&error.to_string()))?;
    } else {
        io::copy(&mut source, &mut sink).map_err(on(to))?;
    }
    drain(&mut source).map_err(|error| wrong(&error.to_string()))?;
    sink.sync_all().map_err(on(to))?;
    let (_, bytes, sha256) = source.finish();
    if bytes != manifest.bytes {
        return Err(wrong(&format!("it has {bytes} bytes and not {}", manifest.bytes)));
    }
    if sha256 != manifest.sha256 {
        return Err(wrong("its checksum is another: it was damaged or exchanged"));
    }
    Ok(())
}

fn drain(source: &mut dyn Read) -> io::Result<()> {
    io::copy(source, &mut io::sink()).map(|_| ())
}

/// Makes sure that the disk has the names in a directory too.
pub(crate) fn sync_directory(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(path)?.sync_all()?;
    fs::metadata(path).map(|_| ())
}
