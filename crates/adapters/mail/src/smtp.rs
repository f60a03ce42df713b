//! Mail by SMTP.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use gaara_application::{Mail, MailError, Mailer};
use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use thiserror::Error;

use crate::message::{SenderError, message, sender};

/// How long a server may take for one answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The mail server or the sender is none. The address is not told: it holds a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SmtpError {
    /// The address is not one of a mail server.
    #[error("not the address of a mail server: smtps://USER:PASSWORD@HOST")]
    Address,
    /// The sender is none.
    #[error(transparent)]
    Sender(#[from] SenderError),
}

/// Hands mail to a server: `smtps://USER:PASSWORD@HOST` (TLS from the start, RFC 8314),
/// `smtp://USER:PASSWORD@HOST:587?tls=required` (STARTTLS), `smtp://HOST:25` (in the clear, for a
/// server on the same machine).
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpMailer").field("from", &self.from).finish_non_exhaustive()
    }
}

impl SmtpMailer {
    /// Hands mail to the server of an address, as this sender. Nothing is sent yet.
    ///
    /// # Errors
    /// Every variant of [`SmtpError`].
    pub fn new(url: &str, from: &str) -> Result<Self, SmtpError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        let transport = builder.map_err(|_| SmtpError::Address)?.timeout(Some(TIMEOUT)).build();
        Ok(Self { transport, from: sender(from)? })
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = message(&self.from, mail)?;
        let sent = self.transport.send(message).await;
        sent.map(|_| ()).map_err(|error| MailError(Box::new(error)))
    }
}
