//! What stock needs from a store.

use async_trait::async_trait;
use gaara_kernel::{Currency, MovementId, Page, PageRequest, StoreError};

use crate::level::{StockKey, StockLevel};
use crate::list::{LevelFilter, LevelSort, LevelView};
use crate::movement::PostedMovement;

/// Keeps stock levels and their history.
#[async_trait]
pub trait StockRepository: Send {
    /// The levels of these keys, each kept from every other writer until the unit ends.
    ///
    /// Keys are sorted and each stands once. A level that does not exist is added empty first:
    /// a missing row cannot be locked. Answers one level per key, in the same order.
    async fn lock_levels(
        &mut self,
        keys: &[StockKey],
        currency: Currency,
    ) -> Result<Vec<StockLevel>, StoreError>;

    /// Saves levels that were locked before, in one statement.
    async fn save_levels(&mut self, levels: &[StockLevel]) -> Result<(), StoreError>;

    /// Adds a posted movement, its lines and its history.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `movement.id`.
    async fn record(&mut self, posted: &PostedMovement) -> Result<(), StoreError>;
}

/// Reads stock without waiting for writers.
#[async_trait]
pub trait StockView: Send {
    /// Stock levels that match, sorted; the natural order is (product id, warehouse id).
    async fn list_levels(
        &mut self,
        filter: &LevelFilter,
        page: &PageRequest<LevelSort>,
    ) -> Result<Page<LevelView>, StoreError>;

    /// A posted movement by id.
    async fn find_movement(&mut self, id: MovementId)
    -> Result<Option<PostedMovement>, StoreError>;
}
