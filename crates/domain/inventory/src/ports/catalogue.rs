//! What products, warehouses and what they refer to need from a store.

use async_trait::async_trait;
use gaara_kernel::{
    CategoryId, Code, Page, PageRequest, ProductId, StoreError, SupplierId, UnitId, WarehouseId,
};

use crate::barcode::Barcode;
use crate::category::{Category, CategoryTree};
use crate::list::{
    CategoryFilter, CategorySort, ProductFilter, ProductSort, SupplierFilter, SupplierSort,
    UnitSort, WarehouseFilter, WarehouseSort,
};
use crate::product::Product;
use crate::supplier::Supplier;
use crate::unit::Unit;
use crate::warehouse::Warehouse;

/// The unique keys that products want.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductKeys {
    /// Ids.
    pub ids: Vec<ProductId>,
    /// SKUs.
    pub skus: Vec<Code>,
    /// Barcodes, of units and of packages.
    pub barcodes: Vec<Barcode>,
}

/// Which of the keys are taken, and by which product.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenKeys {
    /// Ids that exist.
    pub ids: Vec<ProductId>,
    /// SKUs that exist.
    pub skus: Vec<(Code, ProductId)>,
    /// Barcodes that exist.
    pub barcodes: Vec<(Barcode, ProductId)>,
}

/// What stands against changing how a product is counted and costed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProductUsage {
    /// The product.
    pub product: ProductId,
    /// Whether anything of it is on hand somewhere; it was moved in any case.
    pub has_stock: bool,
}

/// Keeps products.
#[async_trait]
pub trait ProductRepository: Send {
    /// Adds a product.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `product.id`, `product.sku` or `product.barcode`.
    async fn add(&mut self, product: &Product) -> Result<(), StoreError> {
        self.add_all(std::slice::from_ref(product)).await
    }

    /// Adds products, in a number of statements that does not grow with them.
    ///
    /// # Errors
    /// The same as of [`ProductRepository::add`].
    async fn add_all(&mut self, products: &[Product]) -> Result<(), StoreError>;

    /// A product, kept from every other writer, and from everybody who would hold it, until the
    /// unit ends.
    async fn lock(&mut self, id: ProductId) -> Result<Option<Product>, StoreError> {
        Ok(self.lock_many(&[id]).await?.pop())
    }

    /// The products with these ids that exist, each locked, in the order of their ids.
    async fn lock_many(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError>;

    /// The products with these ids that exist, in the order of their ids, kept as they are until
    /// the unit ends. Many may hold a product at once; nobody can lock it meanwhile.
    async fn hold_many(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError>;

    /// Saves a product that was locked before.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `product.sku` or `product.barcode`.
    async fn save(&mut self, product: &Product) -> Result<(), StoreError> {
        self.save_all(std::slice::from_ref(product)).await
    }

    /// Saves products that were locked before, in a number of statements that does not grow with
    /// them.
    ///
    /// # Errors
    /// The same as of [`ProductRepository::save`].
    async fn save_all(&mut self, products: &[Product]) -> Result<(), StoreError>;

    /// Which of these keys are taken.
    async fn find_taken(&mut self, keys: &ProductKeys) -> Result<TakenKeys, StoreError>;

    /// What is known of those of these products that were ever moved; the others are left out.
    async fn find_usage(&mut self, ids: &[ProductId]) -> Result<Vec<ProductUsage>, StoreError>;
}

/// Keeps units.
#[async_trait]
pub trait UnitRepository: Send {
    /// Adds units; a base stands before what is told in it.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `unit.id` or `unit.code`.
    async fn add_all(&mut self, units: &[Unit]) -> Result<(), StoreError>;

    /// A unit, kept from every other writer, and from everybody who would hold it, until the
    /// transaction ends.
    async fn lock(&mut self, id: UnitId) -> Result<Option<Unit>, StoreError>;

    /// The units with these codes that exist, and their bases, in the order of their codes, kept
    /// as they are until the transaction ends.
    async fn hold_many(&mut self, codes: &[Code]) -> Result<Vec<Unit>, StoreError>;

    /// The units with these codes that exist, and their bases, in the order of their codes.
    ///
    /// What is used of a unit never changes, so who moves goods need not hold it.
    async fn find_many(&mut self, codes: &[Code]) -> Result<Vec<Unit>, StoreError>;

    /// Saves a unit that was locked before.
    async fn save(&mut self, unit: &Unit) -> Result<(), StoreError>;

    /// Whether a product, a packaging or another unit is told in this unit.
    async fn is_used(&mut self, code: &Code) -> Result<bool, StoreError>;
}

/// Keeps categories. Whoever writes locks the tree first.
#[async_trait]
pub trait CategoryRepository: Send {
    /// Keeps everybody else from changing the tree until the unit ends, and answers who belongs
    /// to whom.
    async fn lock_tree(&mut self) -> Result<CategoryTree, StoreError>;

    /// Adds a category.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `category.id`.
    async fn add(&mut self, category: &Category) -> Result<(), StoreError>;

    /// A category, kept from everybody who would hold it until the unit ends.
    async fn lock(&mut self, id: CategoryId) -> Result<Option<Category>, StoreError>;

    /// The categories with these ids that exist, in the order of their ids, kept as they are until
    /// the unit ends.
    async fn hold_many(&mut self, ids: &[CategoryId]) -> Result<Vec<Category>, StoreError>;

    /// Saves a category that was locked before and, where its path is a new one, the paths of all
    /// that stand below it, in one statement.
    async fn save(&mut self, before: &Category, after: &Category) -> Result<(), StoreError>;

    /// Removes a category that nothing refers to.
    async fn remove(&mut self, id: CategoryId) -> Result<(), StoreError>;

    /// Whether a product hangs on this category itself, or a stocktake counts it.
    async fn is_used(&mut self, id: CategoryId) -> Result<bool, StoreError>;
}

/// Keeps suppliers.
#[async_trait]
pub trait SupplierRepository: Send {
    /// Adds a supplier.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `supplier.id` or `supplier.email`.
    async fn add(&mut self, supplier: &Supplier) -> Result<(), StoreError>;

    /// A supplier, kept from everybody who would hold it until the unit ends.
    async fn lock(&mut self, id: SupplierId) -> Result<Option<Supplier>, StoreError>;

    /// The suppliers with these ids that exist, in the order of their ids, kept as they are until
    /// the unit ends.
    async fn hold_many(&mut self, ids: &[SupplierId]) -> Result<Vec<Supplier>, StoreError>;

    /// Saves a supplier that was locked before.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `supplier.email`.
    async fn save(&mut self, supplier: &Supplier) -> Result<(), StoreError>;
}

/// Keeps warehouses.
#[async_trait]
pub trait WarehouseRepository: Send {
    /// Adds a warehouse.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `warehouse.id` or `warehouse.code`.
    async fn add(&mut self, warehouse: &Warehouse) -> Result<(), StoreError>;

    /// A warehouse, kept from everybody who would hold it until the unit ends.
    async fn lock(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError>;

    /// A warehouse, kept as it is until the unit ends.
    async fn hold(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError> {
        Ok(self.hold_many(&[id]).await?.pop())
    }

    /// The warehouses with these ids that exist, in the order of their ids, kept as they are until
    /// the unit ends. Many may hold a warehouse at once; nobody can lock it meanwhile.
    async fn hold_many(&mut self, ids: &[WarehouseId]) -> Result<Vec<Warehouse>, StoreError>;

    /// Saves a warehouse that was locked before.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `warehouse.code`.
    async fn save(&mut self, warehouse: &Warehouse) -> Result<(), StoreError>;

    /// Whether anything is on hand there.
    async fn has_stock(&mut self, id: WarehouseId) -> Result<bool, StoreError>;
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

    /// A unit by id.
    async fn find_unit(&mut self, id: UnitId) -> Result<Option<Unit>, StoreError>;

    /// The units with these codes that exist, and their bases, in the order of their codes.
    async fn find_units(&mut self, codes: &[Code]) -> Result<Vec<Unit>, StoreError>;

    /// Units, sorted.
    async fn list_units(&mut self, page: &PageRequest<UnitSort>) -> Result<Page<Unit>, StoreError>;

    /// A category by id.
    async fn find_category(&mut self, id: CategoryId) -> Result<Option<Category>, StoreError>;

    /// Categories that match, sorted; sorted by path they read as a tree.
    async fn list_categories(
        &mut self,
        filter: &CategoryFilter,
        page: &PageRequest<CategorySort>,
    ) -> Result<Page<Category>, StoreError>;

    /// A supplier by id.
    async fn find_supplier(&mut self, id: SupplierId) -> Result<Option<Supplier>, StoreError>;

    /// Suppliers that match, sorted.
    async fn list_suppliers(
        &mut self,
        filter: &SupplierFilter,
        page: &PageRequest<SupplierSort>,
    ) -> Result<Page<Supplier>, StoreError>;

    /// A warehouse by id.
    async fn find_warehouse(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError>;

    /// Warehouses that match, sorted.
    async fn list_warehouses(
        &mut self,
        filter: &WarehouseFilter,
        page: &PageRequest<WarehouseSort>,
    ) -> Result<Page<Warehouse>, StoreError>;
}
