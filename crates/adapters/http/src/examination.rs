//! Looking how the things are that the server stands on, however often somebody asks.

use std::sync::Arc;
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

/// How one thing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) name: &'static str,
    /// What is wrong; `None` when all is well.
    pub(crate) trouble: Option<String>,
    pub(crate) milliseconds: u64,
}

/// What was found last.
#[derive(Debug, Default)]
pub(crate) struct Examination(Mutex<Option<(Instant, Arc<[Finding]>)>>);

impl Examination {
    /// How everything is, as of this quarter of a second. Of many who ask at once one looks.
    pub(crate) async fn findings(&self, app: &App) -> Arc<[Finding]> {
        let mut last = self.0.lock().await;
        if let Some((at, findings)) = &*last
            && at.elapsed() < KEPT
        {
            return Arc::clone(findings);
        }
        let findings: Arc<[Finding]> = join_all(app.probes().iter().map(examine)).await.into();
        for finding in findings.iter() {
            if let Some(trouble) = &finding.trouble {
                tracing::warn!(part = finding.name, trouble, "not ready");
            }
        }
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
