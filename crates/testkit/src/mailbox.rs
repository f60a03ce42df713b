//! Mail that tests can read.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use gaara_application::{Mail, MailError, Mailer};

/// Keeps the mail it is handed, and takes none while it is told not to.
#[derive(Debug, Default)]
pub struct Mailbox {
    mails: Mutex<Vec<Mail>>,
    is_away: AtomicBool,
}

impl Mailbox {
    /// Says whether mail is taken from now on.
    pub fn go_away(&self, is_away: bool) {
        self.is_away.store(is_away, Ordering::SeqCst);
    }

    /// The mail since the last look.
    pub fn take(&self) -> Vec<Mail> {
        std::mem::take(&mut *self.mails.lock().expect("no test panics while it reads"))
    }

    /// What stands behind `#` in the link of the only mail since the last look.
    pub fn take_link(&self) -> String {
        let mails = self.take();
        let [mail] = mails.as_slice() else { panic!("one mail: {mails:?}") };
        let link = mail.text.lines().find_map(|line| line.split_once("/password#"));
        link.expect("a mail with a link").1.to_owned()
    }
}

#[async_trait]
impl Mailer for Mailbox {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        if self.is_away.load(Ordering::SeqCst) {
            return Err(MailError("nobody takes mail".into()));
        }
        self.mails.lock().expect("no test panics while it reads").push(mail.clone());
        Ok(())
    }
}
