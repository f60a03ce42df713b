//! What stock needs from a store.

use async_trait::async_trait;
use gaara_kernel::{
    Currency, Date, InvoiceId, MovementId, Page, PageRequest, ProductId, StoreError, Timestamp,
};

use crate::layer::{CostLayer, LayerChanges, LayerDemand};
use crate::level::{StockKey, StockLevel};
use crate::list::{
    LedgerFilter, LedgerSort, LedgerView, LevelFilter, LevelSort, LevelView, MovementFilter,
    MovementSort, ReorderFilter, ReorderSort, ReorderView,
};
use crate::movement::{
    CancelledMovement, DailyChange, DraftMovement, Movement, PostedMovement, Returned,
};

/// Keeps stock levels and their cost layers.
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

    /// The levels a product has, sorted by warehouse, each kept from every other writer until the
    /// unit ends.
    async fn lock_levels_of(&mut self, product: ProductId) -> Result<Vec<StockLevel>, StoreError>;

    /// Saves levels that were locked before, in one statement.
    async fn save_levels(&mut self, levels: &[StockLevel]) -> Result<(), StoreError>;

    /// Layers of locked levels, the oldest first: as many of each level as hold what is demanded
    /// of it, and all that `made_by` brought in, where it is given.
    async fn find_layers(
        &mut self,
        demand: &[LayerDemand],
        made_by: Option<MovementId>,
    ) -> Result<Vec<CostLayer>, StoreError>;

    /// Saves what became of layers, in a number of statements that does not grow with them.
    async fn save_layers(&mut self, changes: &LayerChanges) -> Result<(), StoreError>;

    /// What was moved on each day after this one, for each of these keys; days without a change
    /// are left out.
    async fn daily_changes(
        &mut self,
        keys: &[StockKey],
        after: Date,
    ) -> Result<Vec<DailyChange>, StoreError>;
}

/// Keeps stock movements and the ledger of what they did.
#[async_trait]
pub trait MovementRepository: Send {
    /// Adds a draft with its lines.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `movement.id`.
    async fn add(&mut self, draft: &DraftMovement) -> Result<(), StoreError>;

    /// Adds a movement that was never stored as a draft, its lines and its ledger entries.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `movement.id`.
    async fn add_posted(&mut self, posted: &PostedMovement) -> Result<(), StoreError>;

    /// A movement, kept from every other writer until the unit ends.
    async fn lock(&mut self, id: MovementId) -> Result<Option<Movement>, StoreError>;

    /// The movement that moved the goods of an invoice or a credit note; its reversal is left out.
    async fn find_of_invoice(
        &mut self,
        invoice: InvoiceId,
    ) -> Result<Option<MovementId>, StoreError>;

    /// Saves a locked draft, its lines included.
    async fn save(&mut self, draft: &DraftMovement) -> Result<(), StoreError>;

    /// Saves a locked draft as posted, and adds its ledger entries.
    async fn save_posted(&mut self, posted: &PostedMovement) -> Result<(), StoreError>;

    /// Saves that a locked movement was reversed.
    async fn save_reversed(&mut self, posted: &PostedMovement) -> Result<(), StoreError>;

    /// Saves a locked draft as given up.
    async fn save_cancelled(&mut self, cancelled: &CancelledMovement) -> Result<(), StoreError>;

    /// What came back of a movement, by product: the ledger entries of all movements that name
    /// it as their origin, added up, reversals included.
    async fn returned(&mut self, origin: MovementId) -> Result<Vec<Returned>, StoreError>;
}

/// Reads stock without waiting for writers.
#[async_trait]
pub trait StockView: Send {
    /// Stock levels that match, sorted; the natural order is (product id, warehouse id). What is
    /// reserved leaves out reservations that are overdue at this instant.
    async fn list_levels(
        &mut self,
        filter: &LevelFilter,
        now: Timestamp,
        page: &PageRequest<LevelSort>,
    ) -> Result<Page<LevelView>, StoreError>;

    /// Levels whose free stock is below their minimum; the natural order is (product id,
    /// warehouse id). A product that never was in a warehouse counts as having nothing there, and
    /// reservations that are overdue at this instant hold nothing.
    async fn list_reorder(
        &mut self,
        filter: &ReorderFilter,
        now: Timestamp,
        page: &PageRequest<ReorderSort>,
    ) -> Result<Page<ReorderView>, StoreError>;

    /// Ledger entries that match, sorted.
    async fn list_ledger(
        &mut self,
        filter: &LedgerFilter,
        page: &PageRequest<LedgerSort>,
    ) -> Result<Page<LedgerView>, StoreError>;

    /// A movement by id.
    async fn find_movement(&mut self, id: MovementId) -> Result<Option<Movement>, StoreError>;

    /// Movements that match, sorted, with their lines.
    async fn list_movements(
        &mut self,
        filter: &MovementFilter,
        page: &PageRequest<MovementSort>,
    ) -> Result<Page<Movement>, StoreError>;
}
