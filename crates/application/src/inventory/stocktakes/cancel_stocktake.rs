//! Giving stocktakes up.

use gaara_identity::Permission;
use gaara_inventory::{Stocktake, StocktakeStateError};
use gaara_kernel::{StocktakeId, StoreError, Version};
use thiserror::Error;

use super::state::{StocktakeLockError, event, lock_failure, lock_stocktake};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Gives a stocktake up; what was counted stays on record.
#[derive(Debug, Clone)]
pub struct CancelStocktake {
    /// Which stocktake.
    pub id: StocktakeId,
    /// The version the decision was made on, where the caller cares.
    pub expected: Option<Version>,
}

/// Why a stocktake was not given up.
#[derive(Debug, Error)]
pub enum CancelStocktakeError {
    /// It could not be taken.
    #[error(transparent)]
    Lock(#[from] StocktakeLockError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

lock_failure!(CancelStocktakeError);

impl From<StocktakeStateError> for CancelStocktakeError {
    fn from(error: StocktakeStateError) -> Self {
        Self::Lock(error.into())
    }
}

impl UseCase for CancelStocktake {
    type Output = Stocktake;
    type Error = CancelStocktakeError;
    const PERMISSION: Permission = Permission::EditStocktakes;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Stocktake, CancelStocktakeError> {
        let open = lock_stocktake(unit, self.id, self.expected, Stocktake::check_open).await?;
        let stocktake = open.cancel(context.now())?;
        unit.stocktakes().save(&stocktake).await?;
        let event = event("stocktake.cancelled", &stocktake, context);
        unit.outbox().add(&event).await?;
        Ok(stocktake)
    }

    fn audit(&self, output: &Stocktake) -> AuditEntry {
        AuditEntry::new("stocktake.cancelled", self.id).with("counted", &output.progress.counted)
    }
}
