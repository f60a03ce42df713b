//! How the things are that the application stands on.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_identity::Permission;
use gaara_kernel::Cause;

use crate::actor::Actor;
use crate::app::{App, admit};
use crate::failure::{ReadError, Refusal};
use crate::ports::Store;

/// Looks how one thing is that the application stands on.
///
/// It may be asked at any moment and as often as somebody likes, so it neither changes anything nor
/// waits for long; whoever asks sets the limit.
#[async_trait]
pub trait Probe: Send + Sync {
    /// What it looks at, as `small_letters`.
    fn name(&self) -> &'static str;

    /// Looks.
    ///
    /// # Errors
    /// What is wrong, for the log and for people who may see it: without any secret.
    async fn check(&self) -> Result<(), Cause>;
}

/// Whether the store answers.
pub(crate) struct StoreProbe(pub(crate) Arc<dyn Store>);

#[async_trait]
impl Probe for StoreProbe {
    fn name(&self) -> &'static str {
        "database"
    }

    async fn check(&self) -> Result<(), Cause> {
        let mut view = self.0.view().await?;
        view.find_organization().await?;
        Ok(())
    }
}

impl App {
    /// Looks at more than the store before it calls itself ready.
    #[must_use]
    pub fn with_probes(mut self, probes: impl IntoIterator<Item = Arc<dyn Probe>>) -> Self {
        self.probes.extend(probes);
        self
    }

    /// What has to be well before requests can be served; the store comes first.
    #[must_use]
    pub fn probes(&self) -> &[Arc<dyn Probe>] {
        &self.probes
    }

    /// Whether somebody may see how each thing is. Nothing is read for it: the store may be what
    /// is not well.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] and [`Refusal::EnrolmentNeeded`].
    pub fn admit_to_health(&self, actor: &Actor) -> Result<(), Refusal<ReadError>> {
        admit(actor, Permission::ReadHealth)
    }
}
