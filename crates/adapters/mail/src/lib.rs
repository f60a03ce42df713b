//! Mail by SMTP, and into files for development.

mod file;
mod message;
mod smtp;

pub use file::FileMailer;
pub use message::SenderError;
pub use smtp::{SmtpError, SmtpMailer};
