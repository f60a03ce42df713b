//! Giving drafts up.

use gaara_identity::Permission;
use gaara_inventory::CancelledMovement;
use gaara_kernel::{MovementId, StoreError, Version};
use thiserror::Error;

use super::state::{DraftLockError, lock_draft};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::Failure;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Gives a draft up; it stays on record.
#[derive(Debug, Clone)]
pub struct CancelMovement {
    /// Which draft.
    pub id: MovementId,
    /// The version the decision was made on, where the caller cares.
    pub expected: Option<Version>,
}

/// Why a draft was not given up.
#[derive(Debug, Error)]
#[error(transparent)]
pub struct CancelMovementError(#[from] pub DraftLockError);

impl From<StoreError> for CancelMovementError {
    fn from(error: StoreError) -> Self {
        Self(error.into())
    }
}

impl Failure for CancelMovementError {
    fn store_error(&self) -> Option<&StoreError> {
        match &self.0 {
            DraftLockError::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl UseCase for CancelMovement {
    type Output = CancelledMovement;
    type Error = CancelMovementError;
    const PERMISSION: Permission = Permission::DraftStock;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<CancelledMovement, CancelMovementError> {
        let draft = lock_draft(unit, self.id, self.expected).await?;
        let cancelled = draft.cancel(context.now());
        unit.movements().save_cancelled(&cancelled).await?;
        Ok(cancelled)
    }

    fn audit(&self, _: &CancelledMovement) -> AuditEntry {
        AuditEntry::new("stock.cancelled", self.id)
    }
}
