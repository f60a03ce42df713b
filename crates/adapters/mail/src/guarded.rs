//! Mail by a carrier that is left alone while it fails.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_application::{Guard, GuardError, Mail, MailError, Mailer};
use gaara_security_policy::CallOutcome;

/// Hands mail to a carrier, behind a breaker.
pub struct GuardedMailer {
    mailer: Arc<dyn Mailer>,
    guard: Arc<Guard>,
}

impl GuardedMailer {
    /// Puts a breaker before a carrier.
    #[must_use]
    pub fn new(mailer: Arc<dyn Mailer>, guard: Arc<Guard>) -> Self {
        Self { mailer, guard }
    }
}

/// A server that refuses one mail for good is there, and does its part.
fn judge(result: &Result<(), MailError>) -> CallOutcome {
    let refusal = |error: &MailError| {
        let smtp = error.0.downcast_ref::<lettre::transport::smtp::Error>();
        smtp.is_some_and(lettre::transport::smtp::Error::is_permanent)
    };
    let did_its_part = result.as_ref().err().is_none_or(refusal);
    if did_its_part { CallOutcome::Success } else { CallOutcome::Failure }
}

#[async_trait]
impl Mailer for GuardedMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let sent = self.guard.call_judged(self.mailer.send(mail), |sent| Some(judge(sent))).await;
        sent.map_err(|error| match error {
            GuardError::Failed(error) => error,
            GuardError::Down(down) => MailError(Box::new(down)),
        })
    }
}
