//! Planning stocktakes.

use gaara_identity::Permission;
use gaara_inventory::{Progress, Stocktake, StocktakeScope, StocktakeState};
use gaara_kernel::{StocktakeId, StoreError, Version, WarehouseId};
use thiserror::Error;

use super::scope::{ScopeError, find_scope};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Plans a stocktake; nothing is counted yet.
#[derive(Debug, Clone)]
pub struct CreateStocktake {
    /// The id a client chose.
    pub id: Option<StocktakeId>,
    /// Where to count.
    pub warehouse: WarehouseId,
    /// What to count.
    pub scope: StocktakeScope,
    /// What people say about it.
    pub note: Option<String>,
}

/// Why a stocktake was not planned.
#[derive(Debug, Error)]
pub enum CreateStocktakeError {
    /// Something cannot be counted.
    #[error(transparent)]
    Scope(#[from] ScopeError),
    /// The store failed; [`StoreError::Duplicate`] names a taken id.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CreateStocktakeError);

impl UseCase for CreateStocktake {
    type Output = Stocktake;
    type Error = CreateStocktakeError;
    const PERMISSION: Permission = Permission::EditStocktakes;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Stocktake, CreateStocktakeError> {
        let scope = find_scope::<Self::Error>(unit, self.warehouse, &self.scope).await?;
        let stocktake = Stocktake {
            id: context.id_or_new(self.id),
            warehouse: self.warehouse,
            scope,
            note: self.note.clone(),
            state: StocktakeState::Draft,
            progress: Progress::default(),
            created_at: context.now(),
            updated_at: context.now(),
            version: Version::FIRST,
        };
        unit.stocktakes().add(&stocktake).await?;
        Ok(stocktake)
    }

    fn audit(&self, output: &Stocktake) -> AuditEntry {
        AuditEntry::new("stocktake.created", output.id).with("warehouse", &output.warehouse)
    }
}
