//! Heads of the audit log that are kept somewhere else than the log.

use async_trait::async_trait;
use gaara_kernel::StoreError;

use super::seal::AuditHead;

/// Where heads are kept: whoever cuts the log off has to find that place too.
#[async_trait]
pub trait KeptHeads: Send + Sync {
    /// Every head that is kept, in any order.
    ///
    /// # Errors
    /// [`StoreError::Internal`] when they cannot be read.
    async fn kept_heads(&self) -> Result<Vec<AuditHead>, StoreError>;
}
