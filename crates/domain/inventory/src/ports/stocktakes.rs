//! What stocktakes need from a store.

use async_trait::async_trait;
use gaara_kernel::{Page, PageRequest, ProductId, StocktakeId, StoreError};

use crate::level::StockKey;
use crate::list::{
    StocktakeFilter, StocktakeLineFilter, StocktakeLineSort, StocktakeLineView, StocktakeSort,
};
use crate::stocktake::{Stocktake, StocktakeLine};

/// Keeps stocktakes and their lines.
///
/// While a stocktake is counting its lines are open, and a product in a warehouse has one open
/// line at most.
#[async_trait]
pub trait StocktakeRepository: Send {
    /// Adds a stocktake, which has no lines yet.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `stocktake.id`.
    async fn add(&mut self, stocktake: &Stocktake) -> Result<(), StoreError>;

    /// A stocktake, kept from every other writer until the unit ends.
    async fn lock(&mut self, id: StocktakeId) -> Result<Option<Stocktake>, StoreError>;

    /// Saves a locked stocktake, its scope included; the lines of one that counts no longer are
    /// open no longer.
    async fn save(&mut self, stocktake: &Stocktake) -> Result<(), StoreError>;

    /// Adds an open line for each stocked product in scope that has a level in the warehouse, in
    /// one statement. Answers how many.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `stocktake.line` when another open stocktake has one of
    /// them.
    async fn add_lines(&mut self, stocktake: &Stocktake) -> Result<u64, StoreError>;

    /// All lines, in the order of their products.
    async fn find_lines(&mut self, id: StocktakeId) -> Result<Vec<StocktakeLine>, StoreError>;

    /// The lines of these products that exist, in the order of their products.
    async fn find_lines_of(
        &mut self,
        id: StocktakeId,
        products: &[ProductId],
    ) -> Result<Vec<StocktakeLine>, StoreError>;

    /// Which of these products are kept in stock and in scope, in their order.
    async fn find_in_scope(
        &mut self,
        stocktake: &Stocktake,
        products: &[ProductId],
    ) -> Result<Vec<ProductId>, StoreError>;

    /// Saves lines of a stocktake that counts, and adds those that are new, in one statement.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `stocktake.line` when another open stocktake has one of
    /// them.
    async fn save_lines(
        &mut self,
        stocktake: &Stocktake,
        lines: &[StocktakeLine],
    ) -> Result<(), StoreError>;

    /// The sequence of the last ledger entry of each of these locked levels; those without any
    /// are left out.
    async fn find_last_sequences(
        &mut self,
        keys: &[StockKey],
    ) -> Result<Vec<(StockKey, i64)>, StoreError>;
}

/// Reads stocktakes without waiting for writers.
#[async_trait]
pub trait StocktakeView: Send {
    /// A stocktake by id.
    async fn find_stocktake(&mut self, id: StocktakeId) -> Result<Option<Stocktake>, StoreError>;

    /// Stocktakes that match, sorted.
    async fn list_stocktakes(
        &mut self,
        filter: &StocktakeFilter,
        page: &PageRequest<StocktakeSort>,
    ) -> Result<Page<Stocktake>, StoreError>;

    /// Lines that match, sorted; the natural order is the product id.
    async fn list_stocktake_lines(
        &mut self,
        filter: &StocktakeLineFilter,
        page: &PageRequest<StocktakeLineSort>,
    ) -> Result<Page<StocktakeLineView>, StoreError>;
}
