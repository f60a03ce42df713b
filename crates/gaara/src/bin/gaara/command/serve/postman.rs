//! Carrying mail as long as the server runs.

use std::sync::Arc;
use std::time::Duration;

use gaara::application::App;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, timeout};

use crate::figures::MailFigures;
use crate::output;

/// How often mail is looked for.
const MAIL_EVERY: Duration = Duration::from_secs(1);
/// How long a mail on its way may take to arrive once the server stops; what is not carried by
/// then waits for the next start.
const LAST_MAIL: Duration = Duration::from_secs(5);

/// Somebody who carries mail until told to stop.
pub(super) struct Postman {
    end: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Postman {
    /// Begins to carry.
    pub(super) fn start(app: Arc<App>, figures: Arc<MailFigures>) -> Self {
        let end = Arc::new(Notify::new());
        let task = tokio::spawn(carry(app, Arc::clone(&end), figures));
        Self { end, task }
    }

    /// Lets a mail that is on its way arrive, and ends.
    pub(super) async fn stop(mut self) {
        self.end.notify_one();
        if timeout(LAST_MAIL, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

/// Mails what waits for it. What was not taken is tried again.
async fn carry(app: Arc<App>, end: Arc<Notify>, figures: Arc<MailFigures>) {
    if !app.has_mail() {
        return;
    }
    let mut turns = tokio::time::interval(MAIL_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = turns.tick() => {}
            () = end.notified() => return,
        }
        match app.deliver_mail().await {
            Ok(count) => figures.note_sent(count),
            Err(error) => {
                figures.note_failure();
                let error = output::chain(&error);
                tracing::warn!(error, "mail was not taken; it is tried again");
            }
        }
    }
}
