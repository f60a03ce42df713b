//! Taking something out of use and back into it.

use gaara_kernel::{StoreError, Timestamp, Version};
use thiserror::Error;

use crate::failure::failure;

/// Why something was not archived, or not restored.
#[derive(Debug, Error)]
pub enum ArchivingError {
    /// There is no such thing.
    #[error("there is no such thing")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("it is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// It is archived already.
    #[error("it is archived already")]
    Archived,
    /// It is in use already.
    #[error("it is not archived")]
    NotArchived,
    /// There is still stock, or business that is not done.
    #[error("it is still needed")]
    InUse,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ArchivingError);

/// Which version a step is taken on.
pub(crate) fn check_version(
    expected: Option<Version>,
    current: Version,
) -> Result<(), ArchivingError> {
    match expected {
        Some(expected) if expected != current => Err(ArchivingError::Stale { current }),
        _ => Ok(()),
    }
}

/// Only what is in use can be archived.
pub(crate) fn check_in_use(archived_at: Option<Timestamp>) -> Result<(), ArchivingError> {
    if archived_at.is_some() { Err(ArchivingError::Archived) } else { Ok(()) }
}

/// Only what is archived can be restored.
pub(crate) fn check_archived(archived_at: Option<Timestamp>) -> Result<(), ArchivingError> {
    if archived_at.is_some() { Ok(()) } else { Err(ArchivingError::NotArchived) }
}
