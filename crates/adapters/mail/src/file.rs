//! Mail into files, to be looked at while somebody works on the program.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use gaara_application::{Mail, MailError, Mailer};
use lettre::message::Mailbox;

use crate::message::{SenderError, message, sender};

/// Writes each mail into a file of its own, below a directory that is made where it is missing.
#[derive(Debug)]
pub struct FileMailer {
    directory: PathBuf,
    from: Mailbox,
    written: AtomicU64,
}

impl FileMailer {
    /// Writes below a directory, as this sender.
    ///
    /// # Errors
    /// [`SenderError`] for a sender that is none.
    pub fn new(directory: impl Into<PathBuf>, from: &str) -> Result<Self, SenderError> {
        let (directory, from) = (directory.into(), sender(from)?);
        Ok(Self { directory, from, written: AtomicU64::new(0) })
    }
}

fn failed(error: std::io::Error) -> MailError {
    MailError(Box::new(error))
}

#[async_trait]
impl Mailer for FileMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let sent = message(&self.from, mail)?.formatted();
        tokio::fs::create_dir_all(&self.directory).await.map_err(failed)?;
        loop {
            let number = self.written.fetch_add(1, Ordering::Relaxed) + 1;
            let path = self.directory.join(format!("{number:06}.eml"));
            // Another run may have written a file of this number.
            match tokio::fs::OpenOptions::new().write(true).create_new(true).open(&path).await {
                Ok(_) => return tokio::fs::write(&path, &sent).await.map_err(failed),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed(error)),
            }
        }
    }
}
