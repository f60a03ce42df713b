//! Stocktakes in a state that does not allow what is asked.

use gaara_inventory::{Stocktake, StocktakeStateError};
use gaara_kernel::{StocktakeId, StoreError, Version};
use thiserror::Error;

use crate::context::Context;
use crate::outbox::Event;
use crate::ports::UnitOfWork;

/// Why a stored stocktake could not be taken in the state that is needed.
#[derive(Debug, Error)]
pub enum StocktakeLockError {
    /// There is no such stocktake.
    #[error("there is no such stocktake")]
    NotFound,
    /// It is in another state.
    #[error(transparent)]
    State(#[from] StocktakeStateError),
    /// Somebody changed it meanwhile.
    #[error("the stocktake is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Implements [`crate::Failure`] for an enum with the variants `Lock(#[from] StocktakeLockError)`
/// and `Store(#[from] StoreError)`.
macro_rules! lock_failure {
    ($error:ty) => {
        impl $crate::failure::Failure for $error {
            fn store_error(&self) -> Option<&gaara_kernel::StoreError> {
                match self {
                    Self::Lock($crate::inventory::StocktakeLockError::Store(error))
                    | Self::Store(error) => Some(error),
                    _ => None,
                }
            }
        }
    };
}
pub(super) use lock_failure;

/// Locks a stocktake. The state speaks before the version: who comes too late is told what
/// happened.
pub(super) async fn lock_stocktake<T>(
    unit: &mut dyn UnitOfWork,
    id: StocktakeId,
    expected: Option<Version>,
    check: impl Fn(&Stocktake) -> Result<T, StocktakeStateError> + Send,
) -> Result<Stocktake, StocktakeLockError> {
    let stocktake = unit.stocktakes().lock(id).await?.ok_or(StocktakeLockError::NotFound)?;
    check(&stocktake)?;
    if expected.is_some_and(|expected| expected != stocktake.version) {
        return Err(StocktakeLockError::Stale { current: stocktake.version });
    }
    Ok(stocktake)
}

/// Tells the outside world what became of a stocktake.
pub(super) fn event(kind: &str, stocktake: &Stocktake, context: &Context) -> Event {
    Event::new(kind, stocktake.id, context).with("warehouse_id", &stocktake.warehouse)
}
