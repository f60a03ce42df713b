//! Mail to people.

use std::fmt;

use async_trait::async_trait;
use gaara_kernel::{Cause, EmailAddress};
use thiserror::Error;

/// A mail; its text may carry a link and never prints.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// To whom.
    pub to: EmailAddress,
    /// What it is about, in one line.
    pub subject: String,
    /// What it says.
    pub text: String,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// A mail could not be handed over; it may be tried again.
#[derive(Debug, Error)]
#[error("the mail was not taken")]
pub struct MailError(#[source] pub Cause);

/// Hands mail over to whoever carries it.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a mail over.
    ///
    /// # Errors
    /// [`MailError`] when it was not taken.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;
}

/// Who carries mail, and where the links in it lead.
#[derive(Clone)]
pub struct MailSettings {
    /// Who carries it.
    pub mailer: std::sync::Arc<dyn Mailer>,
    /// The address of the server as people reach it, without a slash at the end.
    pub public_url: String,
}
