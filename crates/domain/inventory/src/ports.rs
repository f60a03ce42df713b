//! What inventory needs from a store.

use async_trait::async_trait;
use gaara_kernel::{Currency, MovementId, Page, PageRequest, ProductId, StoreError, WarehouseId};

use crate::level::{StockKey, StockLevel};
use crate::list::{LevelFilter, LevelSort, LevelView, ProductFilter, ProductSort, WarehouseSort};
use crate::movement::PostedMovement;
use crate::product::Product;
use crate::warehouse::Warehouse;

/// Keeps products.
#[async_trait]
pub trait ProductRepository: Send {
    /// Adds a product.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `product.id`, `product.sku` or `product.barcode`.
    async fn add(&mut self, product: &Product) -> Result<(), StoreError>;

    /// A product, kept from every other writer until the unit ends.
    async fn lock(&mut self, id: ProductId) -> Result<Option<Product>, StoreError>;

    /// The products with these ids that exist, in no particular order, in one round trip.
    async fn find_many(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError>;

    /// Saves a product that was locked before.
    async fn save(&mut self, product: &Product) -> Result<(), StoreError>;
}

/// Keeps warehouses.
#[async_trait]
pub trait WarehouseRepository: Send {
    /// Adds a warehouse.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `warehouse.id` or `warehouse.code`.
    async fn add(&mut self, warehouse: &Warehouse) -> Result<(), StoreError>;

    /// A warehouse by id.
    async fn find(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError>;
}

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

/// Reads inventory without waiting for writers.
#[async_trait]
pub trait InventoryView: Send {
    /// A product by id.
    async fn find_product(&mut self, id: ProductId) -> Result<Option<Product>, StoreError>;

    /// The products with these ids that exist, in no particular order.
    async fn find_products(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError>;

    /// Products that match, sorted.
    async fn list_products(
        &mut self,
        filter: &ProductFilter,
        page: &PageRequest<ProductSort>,
    ) -> Result<Page<Product>, StoreError>;

    /// A warehouse by id.
    async fn find_warehouse(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError>;

    /// Warehouses, sorted.
    async fn list_warehouses(
        &mut self,
        page: &PageRequest<WarehouseSort>,
    ) -> Result<Page<Warehouse>, StoreError>;

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
