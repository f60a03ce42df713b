//! Movements in a state that does not allow what is asked.

use gaara_inventory::{DraftMovement, Movement, MovementStatus};
use gaara_kernel::{MovementId, StoreError, Version};
use thiserror::Error;

use crate::ports::UnitOfWork;

/// Why a stored movement could not be taken as a draft.
#[derive(Debug, Error)]
pub enum DraftLockError {
    /// There is no such movement.
    #[error("there is no such movement")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the movement is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// It is no draft any more.
    #[error("the movement is {}", .0.code())]
    NotDraft(MovementStatus),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Locks a draft. The state speaks before the version: who comes too late is told what happened.
pub(super) async fn lock_draft(
    unit: &mut dyn UnitOfWork,
    id: MovementId,
    expected: Option<Version>,
) -> Result<DraftMovement, DraftLockError> {
    let movement = unit.movements().lock(id).await?.ok_or(DraftLockError::NotFound)?;
    let Movement::Draft(draft) = movement else {
        return Err(DraftLockError::NotDraft(movement.status()));
    };
    if expected.is_some_and(|expected| expected != draft.version) {
        return Err(DraftLockError::Stale { current: draft.version });
    }
    Ok(draft)
}
