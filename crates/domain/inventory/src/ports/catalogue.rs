//! What the catalogue needs from a store.

use async_trait::async_trait;
use gaara_kernel::{Page, PageRequest, ProductId, StoreError, WarehouseId};

use crate::list::{ProductFilter, ProductSort, WarehouseSort};
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

/// Reads the catalogue without waiting for writers.
#[async_trait]
pub trait CatalogueView: Send {
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
}
