//! Mail by SMTP, and into files for development.

mod file;
mod guarded;
mod message;
mod smtp;

pub use file::FileMailer;
pub use guarded::GuardedMailer;
pub use message::SenderError;
pub use smtp::{SmtpError, SmtpMailer};
