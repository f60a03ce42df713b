//! The data directory, which nobody but its owner may write to.

use std::fs::{self, DirBuilder, Metadata};
use std::io;
use std::path::Path;

use crate::build_error::BuildError;

/// Makes the directory for its owner alone, or checks the one that is there.
///
/// # Errors
/// [`BuildError::DataDirectory`] when it cannot be made, or when others may write to it.
pub fn prepare_data_directory(path: &Path) -> Result<(), BuildError> {
    let fault = |reason: String| BuildError::DataDirectory { path: path.to_owned(), reason };
    let unusable = |error: io::Error| fault(error.to_string());
    make(path).map_err(unusable)?;
    let metadata = fs::metadata(path).map_err(unusable)?;
    if others_may_write(&metadata) {
        return Err(fault("others than its owner may write to it; set its mode to 700".to_owned()));
    }
    Ok(())
}

#[cfg(unix)]
fn make(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;

    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(unix)]
fn others_may_write(metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;

    metadata.permissions().mode() & 0o022 != 0
}

#[cfg(not(unix))]
fn make(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(path)
}

#[cfg(not(unix))]
fn others_may_write(_: &Metadata) -> bool {
    false
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_new_directory_belongs_to_its_owner_alone() {
        let around = tempfile::tempdir().unwrap();
        let path = around.path().join("a/b");

        prepare_data_directory(&path).unwrap();

        assert_eq!((mode(&path), mode(&around.path().join("a"))), (0o700, 0o700));
    }

    #[test]
    fn a_directory_that_others_may_write_to_is_refused() {
        let around = tempfile::tempdir().unwrap();
        for (bits, good) in [(0o755, true), (0o750, true), (0o770, false), (0o702, false)] {
            fs::set_permissions(around.path(), fs::Permissions::from_mode(bits)).unwrap();
            assert_eq!(prepare_data_directory(around.path()).is_ok(), good, "{bits:o}");
        }
    }

    #[test]
    fn a_file_is_no_directory() {
        let around = tempfile::tempdir().unwrap();
        let path = around.path().join("file");
        fs::write(&path, "").unwrap();
        assert!(prepare_data_directory(&path).is_err());
    }
}
