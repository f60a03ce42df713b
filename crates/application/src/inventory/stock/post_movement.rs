//! Posting drafts.

use gaara_identity::Permission;
use gaara_inventory::PostedMovement;
use gaara_kernel::{MovementId, StoreError, Version};
use thiserror::Error;

use super::create_movement::moved;
use super::move_stock::move_stock;
use super::state::{DraftLockError, lock_draft};
use super::write_movement::{MovementError, Stamp, WrittenMovement, organization};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::Failure;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Posts a draft.
#[derive(Debug, Clone)]
pub struct PostMovement {
    /// Which draft.
    pub id: MovementId,
    /// The version the decision was made on, where the caller cares.
    pub expected: Option<Version>,
}

/// Why a draft was not changed or posted.
#[derive(Debug, Error)]
pub enum DraftMovementError {
    /// It could not be taken as a draft.
    #[error(transparent)]
    Lock(#[from] DraftLockError),
    /// It cannot be written or posted as it is.
    #[error(transparent)]
    Movement(#[from] MovementError),
}

impl From<StoreError> for DraftMovementError {
    fn from(error: StoreError) -> Self {
        Self::Movement(error.into())
    }
}

impl Failure for DraftMovementError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Lock(DraftLockError::Store(error)) => Some(error),
            Self::Lock(_) => None,
            Self::Movement(error) => error.store_error(),
        }
    }
}

impl UseCase for PostMovement {
    type Output = PostedMovement;
    type Error = DraftMovementError;
    const PERMISSION: Permission = Permission::PostStock;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<PostedMovement, DraftMovementError> {
        let draft = lock_draft(unit, self.id, self.expected).await?;
        let organization = organization(unit).await?;
        let stamp = Stamp {
            id: draft.content.id,
            created_at: draft.content.created_at,
            version: draft.version.next(),
        };
        // Written again: products and units may have changed since the draft was.
        let written = WrittenMovement::of(&draft.content);
        let prepared = written.prepare_as(unit, stamp, context).await?;
        let posted = move_stock(unit, prepared.draft, &prepared.goods, &organization, context)
            .await
            .map_err(MovementError::from)?;
        unit.movements().save_posted(&posted).await?;
        Ok(posted)
    }

    fn audit(&self, output: &PostedMovement) -> AuditEntry {
        moved(output)
    }
}
