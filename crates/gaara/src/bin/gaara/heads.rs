//! Heads of the audit log, kept beside the database: whoever cuts the log off has to find them too.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use gaara::application::AuditHead;

/// A file with one head in each line, which only grows.
pub(crate) struct Heads {
    path: PathBuf,
}

impl Heads {
    /// Those of an installation.
    pub(crate) fn kept_in(data_dir: &Path) -> Self {
        Self { path: data_dir.join("audit.heads") }
    }

    /// Adds a head.
    pub(crate) fn keep(&self, head: &AuditHead) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
        writeln!(file, "{head}")
    }

    /// Begins again where a restored log ends; what was kept before stays beside it,
    /// named by the instant of the restore.
    pub(crate) fn begin_again(&self, head: Option<&AuditHead>, stamp: &str) -> io::Result<()> {
        if self.path.exists() {
            fs::rename(&self.path, self.path.with_extension(format!("heads.before-{stamp}")))?;
        }
        head.map_or(Ok(()), |head| self.keep(head))
    }

    /// Every head that can be read.
    pub(crate) fn read(&self) -> Vec<AuditHead> {
        let text = fs::read_to_string(&self.path).unwrap_or_default();
        text.lines().filter_map(AuditHead::parse).collect()
    }
}
