//! What a stocktake counts: warehouse, categories and products found.

use gaara_inventory::{AmbiguousScope, ProductKind, StocktakeScope};
use gaara_kernel::{CategoryId, ProductId, StoreError, WarehouseId};
use thiserror::Error;

use crate::inventory::stock::{MovementLineError, PlaceError, hold_places};
use crate::ports::UnitOfWork;

/// Why something cannot be counted. Products and categories count from 0.
#[derive(Debug, Error)]
pub enum ScopeError {
    /// It names categories and products at once.
    #[error(transparent)]
    Ambiguous(#[from] AmbiguousScope),
    /// Nothing can be counted there.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// A product cannot be counted.
    #[error("product {index}: {error}")]
    Product {
        /// Which of them.
        index: usize,
        /// Why not.
        error: MovementLineError,
    },
    /// There is no such category.
    #[error("category {index}: there is no such category")]
    UnknownCategory {
        /// Which of them.
        index: usize,
    },
}

/// Finds everything that a scope names; what is named twice is counted once.
pub(super) async fn find_scope<E: From<ScopeError> + From<StoreError>>(
    unit: &mut dyn UnitOfWork,
    warehouse: WarehouseId,
    scope: &StocktakeScope,
) -> Result<StocktakeScope, E> {
    hold_places(unit, warehouse, None).await?.map_err(ScopeError::from)?;
    match scope {
        StocktakeScope::Everything => Ok(StocktakeScope::Everything),
        StocktakeScope::Categories(ids) => {
            check_categories(unit, ids).await?.map_err(E::from)?;
            Ok(StocktakeScope::Categories(sorted(ids)))
        }
        StocktakeScope::Products(ids) => {
            check_products(unit, ids).await?.map_err(E::from)?;
            Ok(StocktakeScope::Products(sorted(ids)))
        }
    }
}

/// Holds the categories, so that they are not removed meanwhile.
async fn check_categories(
    unit: &mut dyn UnitOfWork,
    ids: &[CategoryId],
) -> Result<Result<(), ScopeError>, StoreError> {
    let found = unit.categories().hold_many(&sorted(ids)).await?;
    let is_known = |id: &CategoryId| found.iter().any(|category| category.id == *id);
    let unknown = ids.iter().position(|id| !is_known(id));
    Ok(unknown.map_or(Ok(()), |index| Err(ScopeError::UnknownCategory { index })))
}

async fn check_products(
    unit: &mut dyn UnitOfWork,
    ids: &[ProductId],
) -> Result<Result<(), ScopeError>, StoreError> {
    let mut found = unit.products().hold_many(&sorted(ids)).await?;
    found.sort_unstable_by_key(|product| product.id);
    let check = |(index, id): (usize, &ProductId)| {
        let product = found.binary_search_by_key(id, |product| product.id);
        let product = product.ok().and_then(|place| found.get(place));
        let error = match product {
            None => MovementLineError::UnknownProduct,
            Some(product) if product.archived_at.is_some() => MovementLineError::Archived,
            Some(product) if product.kind != ProductKind::Stocked => MovementLineError::NotStocked,
            Some(_) => return Ok(()),
        };
        Err(ScopeError::Product { index, error })
    };
    Ok(ids.iter().enumerate().try_for_each(check))
}

fn sorted<T: Ord + Copy>(ids: &[T]) -> Vec<T> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}
