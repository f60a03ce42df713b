//! Changing what a stocktake will count.

use gaara_identity::Permission;
use gaara_inventory::{Stocktake, StocktakeScope};
use gaara_kernel::{CategoryId, ProductId, StocktakeId, StoreError, Version, WarehouseId};
use thiserror::Error;

use super::scope::{ScopeError, find_scope};
use super::state::{StocktakeLockError, lock_failure, lock_stocktake};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given of a draft and keeps the rest; `Some(None)` takes a value away.
#[derive(Debug, Clone)]
pub struct ChangeStocktake {
    /// Which stocktake.
    pub id: StocktakeId,
    /// The version the change was made on.
    pub expected: Version,
    /// Where to count.
    pub warehouse: Option<WarehouseId>,
    /// The categories to count.
    pub categories: Option<Option<Vec<CategoryId>>>,
    /// The products to count.
    pub products: Option<Option<Vec<ProductId>>>,
    /// What people say about it.
    pub note: Option<Option<String>>,
}

/// Why a stocktake was not changed.
#[derive(Debug, Error)]
pub enum ChangeStocktakeError {
    /// It could not be taken as a draft.
    #[error(transparent)]
    Lock(#[from] StocktakeLockError),
    /// Something cannot be counted.
    #[error(transparent)]
    Scope(#[from] ScopeError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

lock_failure!(ChangeStocktakeError);

impl UseCase for ChangeStocktake {
    /// The stocktake before and after.
    type Output = (Stocktake, Stocktake);
    type Error = ChangeStocktakeError;
    const PERMISSION: Permission = Permission::EditStocktakes;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeStocktakeError> {
        let before =
            lock_stocktake(unit, self.id, Some(self.expected), Stocktake::check_draft).await?;
        let mut after = before.clone();
        after.warehouse = self.warehouse.unwrap_or(before.warehouse);
        let scope = self.merged(&before.scope)?;
        after.scope = find_scope::<Self::Error>(unit, after.warehouse, &scope).await?;
        if let Some(note) = &self.note {
            after.note.clone_from(note);
        }
        after.updated_at = context.now();
        after.version = before.version.next();
        unit.stocktakes().save(&after).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        AuditEntry::new("stocktake.changed", self.id)
            .with_change("warehouse", &before.warehouse, &after.warehouse)
            .with_change("scope", &printed(&before.scope), &printed(&after.scope))
    }
}

impl ChangeStocktake {
    fn merged(&self, scope: &StocktakeScope) -> Result<StocktakeScope, ScopeError> {
        let categories = scope.categories().map(<[CategoryId]>::to_vec);
        let products = scope.products().map(<[ProductId]>::to_vec);
        Ok(StocktakeScope::try_new(
            self.categories.clone().unwrap_or(categories),
            self.products.clone().unwrap_or(products),
        )?)
    }
}

/// A scope as the audit log keeps it.
fn printed(scope: &StocktakeScope) -> String {
    match scope {
        StocktakeScope::Everything => "everything".to_owned(),
        StocktakeScope::Categories(ids) => format!("{} categories", ids.len()),
        StocktakeScope::Products(ids) => format!("{} products", ids.len()),
    }
}
