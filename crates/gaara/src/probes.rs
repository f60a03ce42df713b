//! What has to be well besides the store: its schema, the secrets, and room on the disk.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use gaara_application::{Probe, SecretStore};
use gaara_kernel::Cause;
use gaara_store_sql::SqlStore;

use crate::signing_key::NAMES;

/// Whether the schema has every step of this program. Later ones do no harm: every schema serves
/// the program before it too.
pub(crate) struct SchemaProbe(pub(crate) Arc<SqlStore>);

#[async_trait]
impl Probe for SchemaProbe {
    fn name(&self) -> &'static str {
        "schema"
    }

    async fn check(&self) -> Result<(), Cause> {
        let steps = self.0.migration_status().await?;
        match steps.into_iter().find(|(_, applied)| !applied) {
            Some((step, _)) => Err(format!("the step {step} is missing").into()),
            None => Ok(()),
        }
    }
}

/// Whether the secrets that the program stands on can still be read: it would not start again
/// without them.
pub(crate) struct SecretsProbe(pub(crate) Arc<dyn SecretStore>);

#[async_trait]
impl Probe for SecretsProbe {
    fn name(&self) -> &'static str {
        "secrets"
    }

    async fn check(&self) -> Result<(), Cause> {
        for name in NAMES {
            self.0.get(name).await?;
        }
        Ok(())
    }
}

/// Whether there is room on the disk of the data directory.
#[cfg_attr(not(unix), expect(dead_code, reason = "only Unix tells how full a disk is"))]
pub(crate) struct DiskProbe {
    pub(crate) path: PathBuf,
    pub(crate) percent_min: u64,
    pub(crate) mib_min: u64,
}

#[async_trait]
impl Probe for DiskProbe {
    fn name(&self) -> &'static str {
        "disk"
    }

    #[cfg(unix)]
    async fn check(&self) -> Result<(), Cause> {
        let disk = rustix::fs::statvfs(&self.path)?;
        let (free, all) = (disk.f_bavail, disk.f_blocks);
        let free_mib = u128::from(free) * u128::from(disk.f_frsize) / (1024 * 1024);
        let is_enough = u128::from(free) * 100 >= u128::from(all) * u128::from(self.percent_min)
            && free_mib >= u128::from(self.mib_min);
        if is_enough { Ok(()) } else { Err(format!("{free_mib} MiB are free").into()) }
    }

    #[cfg(not(unix))]
    async fn check(&self) -> Result<(), Cause> {
        Ok(())
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn both_bounds_of_a_disk_count() {
        let full = |percent_min, mib_min| async move {
            DiskProbe { path: std::env::temp_dir(), percent_min, mib_min }.check().await.is_err()
        };

        assert!(!full(0, 0).await);
        assert!(full(101, 0).await);
        assert!(full(0, u64::MAX).await);
    }

    #[tokio::test]
    async fn a_disk_that_is_gone_is_told() {
        let path = "/nowhere/at/all".into();
        assert!(DiskProbe { path, percent_min: 0, mib_min: 0 }.check().await.is_err());
    }
}
