//! Heads of the audit log, kept beside the database: whoever cuts the log off has to find them too.

use std::fmt::Display;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use gaara::application::{AuditHead, KeptHeads};
use gaara::kernel::StoreError;
use tokio::task::spawn_blocking;

use crate::failure::Failure;

/// A file with one head in each line, which only grows, and one with the last head of all.
#[derive(Debug, Clone)]
pub(crate) struct Heads {
    path: PathBuf,
    last: PathBuf,
}

impl Heads {
    /// Those of an installation.
    pub(crate) fn kept_in(data_dir: &Path) -> Self {
        Self { path: data_dir.join("audit.heads"), last: data_dir.join("audit.head") }
    }

    /// Adds a head, in the place of one that a full disk has cut off.
    pub(crate) fn keep(&self, head: &AuditHead) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(&self.path)?;
        let mut kept = Vec::new();
        file.read_to_end(&mut kept)?;
        let whole = kept.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        if whole < kept.len() {
            // Only then: another process may have added a line since.
            file.set_len(u64::try_from(whole).unwrap_or(u64::MAX))?;
        }
        file.write_all(format!("{head}\n").as_bytes())
    }

    /// Puts a head in the place of the last one.
    pub(crate) fn replace_last(&self, head: &AuditHead) -> io::Result<()> {
        let fresh = self.last.with_extension("head.new");
        fs::write(&fresh, format!("{head}\n"))?;
        fs::rename(fresh, &self.last)
    }

    /// Begins again where a restored log ends; what was kept before stays beside it,
    /// named by the instant of the restore.
    pub(crate) fn begin_again(&self, head: Option<&AuditHead>, stamp: &str) -> io::Result<()> {
        if self.path.exists() {
            fs::rename(&self.path, self.path.with_extension(format!("heads.before-{stamp}")))?;
        }
        if self.last.exists() {
            fs::remove_file(&self.last)?;
        }
        head.map_or(Ok(()), |head| self.keep(head))
    }

    /// Every head that was kept.
    ///
    /// # Errors
    /// A file cannot be read, or a line of it is no head: somebody else wrote there.
    pub(crate) fn read(&self) -> Result<Vec<AuditHead>, Failure> {
        let mut heads = Vec::new();
        for path in [&self.path, &self.last] {
            let told =
                |reason: &dyn Display| Failure::Other(format!("{}: {reason}", path.display()));
            let text = match fs::read_to_string(path) {
                Ok(text) => text,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(told(&error)),
            };
            // What a full disk has cut off, or is being written, is no head yet.
            let whole = text.rfind('\n').map_or("", |end| &text[..end]);
            for line in whole.lines() {
                let head = AuditHead::parse(line);
                heads.push(head.ok_or_else(|| told(&format!("{line} is no head")))?);
            }
        }
        Ok(heads)
    }
}

#[async_trait]
impl KeptHeads for Heads {
    async fn kept_heads(&self) -> Result<Vec<AuditHead>, StoreError> {
        let heads = self.clone();
        let read = spawn_blocking(move || heads.read()).await;
        let read = read.map_err(|ended| StoreError::Internal(Box::new(ended)))?;
        read.map_err(|failure| StoreError::Internal(failure.told().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(number: u64) -> AuditHead {
        AuditHead { number, digest: [7; 32] }
    }

    #[test]
    fn what_was_cut_off_is_written_anew_and_what_is_no_head_is_told() {
        let directory = tempfile::tempdir().unwrap();
        let heads = Heads::kept_in(directory.path());
        assert_eq!(heads.read().unwrap(), []);
        heads.keep(&head(1)).unwrap();
        let mut file = OpenOptions::new().append(true).open(&heads.path).unwrap();
        file.write_all(b"61:0707").unwrap();
        assert_eq!(heads.read().unwrap(), [head(1)], "what is cut off is none");
        heads.keep(&head(61)).unwrap();
        heads.replace_last(&head(63)).unwrap();
        assert_eq!(heads.read().unwrap(), [head(1), head(61), head(63)]);

        file.write_all(b"\xff\n").unwrap();
        assert!(heads.read().is_err());
    }
}
