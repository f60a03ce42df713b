//! Looking how the things are that the server stands on, however often somebody asks.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use futures_util::future::join_all;
use gaara_application::{App, Probe};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use crate::cause::chain;

/// How long one thing may take to tell how it is.
const PROBE_TIMEOUT: Duration = Duration::from_secs(1);

/// How long what was found is told again. Strangers may ask: without this they would decide how
/// often the store is asked.
const KEPT: Duration = Duration::from_millis(250);

/// How long what was found is told again while somebody looks anew: whoever asks now and then gets
/// what is true now, and whoever asks all the time does not wait for a store that is busy.
const TOLD_MEANWHILE: Duration = Duration::from_secs(1);

/// How one thing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) name: &'static str,
    /// What is wrong; `None` when all is well.
    pub(crate) trouble: Option<String>,
    pub(crate) milliseconds: u64,
}

/// What was found, and when.
type Found = (Instant, Arc<[Finding]>);

/// What was found last, and whose turn it is to look.
#[derive(Debug, Default)]
pub(crate) struct Examination {
    last: RwLock<Option<Found>>,
    turn: Arc<Mutex<()>>,
}

impl Examination {
    /// How everything is, as of this second. Of many who ask at once one looks.
    pub(crate) async fn findings(self: Arc<Self>, app: Arc<App>) -> Arc<[Finding]> {
        if let Some(findings) = self.not_older_than(KEPT) {
            return findings;
        }
        if let Some(findings) = self.not_older_than(TOLD_MEANWHILE) {
            if let Ok(turn) = Arc::clone(&self.turn).try_lock_owned() {
                actix_web::rt::spawn(async move {
                    self.look(&app).await;
                    drop(turn);
                });
            }
            return findings;
        }
        let turn = self.turn.lock().await;
        let findings = match self.not_older_than(KEPT) {
            Some(findings) => findings,
            None => self.look(&app).await,
        };
        drop(turn);
        findings
    }

    fn not_older_than(&self, age: Duration) -> Option<Arc<[Finding]>> {
        let last = self.last.read().unwrap_or_else(PoisonError::into_inner);
        last.as_ref().filter(|(at, _)| at.elapsed() < age).map(|(_, found)| Arc::clone(found))
    }

    async fn look(&self, app: &App) -> Arc<[Finding]> {
        let findings: Arc<[Finding]> = join_all(app.probes().iter().map(examine)).await.into();
        for finding in findings.iter() {
            if let Some(trouble) = &finding.trouble {
                tracing::warn!(part = finding.name, trouble, "not ready");
            }
        }
        let mut last = self.last.write().unwrap_or_else(PoisonError::into_inner);
        *last = Some((Instant::now(), Arc::clone(&findings)));
        findings
    }
}

async fn examine(probe: &Arc<dyn Probe>) -> Finding {
    let began = Instant::now();
    let trouble = match timeout(PROBE_TIMEOUT, probe.check()).await {
        Ok(Ok(())) => None,
        Ok(Err(cause)) => Some(chain(&*cause)),
        Err(_) => Some("it gave no answer within a second".to_owned()),
    };
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    Finding { name: probe.name(), trouble, milliseconds }
}
