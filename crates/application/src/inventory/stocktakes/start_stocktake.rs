//! Beginning to count.

use gaara_identity::Permission;
use gaara_inventory::{Stocktake, StocktakeStateError, TooManyLines};
use gaara_kernel::{StocktakeId, StoreError, Version};
use thiserror::Error;

use super::state::{StocktakeLockError, event, lock_failure, lock_stocktake};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Begins to count.
#[derive(Debug, Clone)]
pub struct StartStocktake {
    /// Which stocktake.
    pub id: StocktakeId,
    /// The version the decision was made on, where the caller cares.
    pub expected: Option<Version>,
}

/// Why counting did not begin.
#[derive(Debug, Error)]
pub enum StartStocktakeError {
    /// It could not be taken as a draft.
    #[error(transparent)]
    Lock(#[from] StocktakeLockError),
    /// Another stocktake counts something of it already.
    #[error("another stocktake counts something of this one")]
    Overlaps,
    /// There is too much to count.
    #[error(transparent)]
    TooLarge(#[from] TooManyLines),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

lock_failure!(StartStocktakeError);

impl From<StocktakeStateError> for StartStocktakeError {
    fn from(error: StocktakeStateError) -> Self {
        Self::Lock(error.into())
    }
}

impl UseCase for StartStocktake {
    type Output = Stocktake;
    type Error = StartStocktakeError;
    const PERMISSION: Permission = Permission::EditStocktakes;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Stocktake, StartStocktakeError> {
        let draft = lock_stocktake(unit, self.id, self.expected, Stocktake::check_draft).await?;
        let lines = match unit.stocktakes().add_lines(&draft).await {
            Err(StoreError::Duplicate { field: OPEN_LINE }) => {
                return Err(StartStocktakeError::Overlaps);
            }
            lines => u32::try_from(lines?).unwrap_or(u32::MAX),
        };
        Stocktake::check_lines(lines)?;
        let stocktake = draft.start(lines, context.now())?;
        unit.stocktakes().save(&stocktake).await?;
        let event = event("stocktake.started", &stocktake, context).with("lines", &lines);
        unit.outbox().add(&event).await?;
        Ok(stocktake)
    }

    fn audit(&self, output: &Stocktake) -> AuditEntry {
        AuditEntry::new("stocktake.started", self.id).with("lines", &output.progress.lines)
    }
}

/// What the store says when a product is counted by two at once.
pub(super) const OPEN_LINE: &str = "stocktake.line";
