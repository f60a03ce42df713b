//! Sealing the audit log as long as the server runs.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use gaara::application::{App, AuditHead};
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

use crate::heads::Heads;
use crate::output;

/// How often what was written to the audit log is sealed.
const SEAL_EVERY: Duration = Duration::from_secs(1);
/// How many seals are made between two heads that are kept.
const HEAD_EVERY: u64 = 60;

/// Somebody who seals until told to stop.
pub(super) struct Sealer(JoinHandle<()>);

impl Sealer {
    /// Begins to seal.
    pub(super) fn start(app: Arc<App>, heads: Arc<Heads>) -> Self {
        Self(tokio::spawn(seal(app, heads)))
    }

    /// Seals what the last requests wrote, and ends.
    pub(super) async fn stop(self, app: &App, heads: &Heads) {
        self.0.abort();
        while let Ok(Some(_)) = app.seal_audit_log().await {}
        if let Ok(Some(head)) = app.audit_head().await {
            keep(heads, &head);
            warn_unless_kept(heads.replace_last(&head));
        }
    }
}

/// Seals what was committed.
async fn seal(app: Arc<App>, heads: Arc<Heads>) {
    let mut turns = tokio::time::interval(SEAL_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        match app.seal_audit_log().await {
            Ok(Some(head)) => {
                if head.number % HEAD_EVERY == 1 {
                    keep(&heads, &head);
                }
                warn_unless_kept(heads.replace_last(&head));
            }
            Ok(None) => {}
            Err(error) => {
                let error = output::chain(&error);
                tracing::warn!(error, "the audit log was not sealed; it is tried again");
            }
        }
    }
}

/// Keeps a head in a file and in the log, which may both be carried elsewhere.
fn keep(heads: &Heads, head: &AuditHead) {
    tracing::info!(%head, "the audit log is sealed");
    warn_unless_kept(heads.keep(head));
}

fn warn_unless_kept(kept: io::Result<()>) {
    if let Err(error) = kept {
        let error = output::chain(&error);
        tracing::warn!(error, "the head of the audit log cannot be kept");
    }
}
