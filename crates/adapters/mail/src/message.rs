//! A mail as it travels (RFC 5322).

use gaara_application::{Mail, MailError};
use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use thiserror::Error;

/// The text is no sender: `Gaara <gaara@example.com>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a sender of mail")]
pub struct SenderError;

pub(crate) fn sender(text: &str) -> Result<Mailbox, SenderError> {
    text.parse().map_err(|_| SenderError)
}

/// Puts a mail into its form.
pub(crate) fn message(from: &Mailbox, mail: &Mail) -> Result<Message, MailError> {
    let to = mail.to.as_str().parse().map_err(|error| MailError(Box::new(error)))?;
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(mail.subject.clone())
        .header(ContentType::TEXT_PLAIN)
        .body(mail.text.clone())
        .map_err(|error| MailError(Box::new(error)))
}

#[cfg(test)]
mod tests {
    use gaara_kernel::EmailAddress;

    use super::*;

    #[test]
    fn no_line_break_makes_a_header() {
        let from = sender("Gaara <gaara@example.com>").unwrap();
        let mail = Mail {
            to: EmailAddress::parse("sara@example.com").unwrap(),
            subject: "نجد: كلمة\r\nBcc: thief@example.com".to_owned(),
            text: "مرحبًا\n".to_owned(),
        };

        let sent = message(&from, &mail).unwrap().formatted();

        let head = String::from_utf8(sent).unwrap();
        assert!(!head.contains("\r\nBcc:"), "{head}");
        assert!(head.contains("\r\nTo: sara@example.com\r\n"), "{head}");
        assert_eq!(sender("nobody"), Err(SenderError));
    }
}
