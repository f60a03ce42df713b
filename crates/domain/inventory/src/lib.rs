//! Units, categories, suppliers, products, warehouses, stock levels and movements as pure rules
//! and ports.
//!
//! Stock is one row per product and warehouse: what is on hand, what is reserved, and its value.
//! It can never be negative, and its cost is never reposted.
#![deny(clippy::float_arithmetic)]

mod barcode;
mod category;
mod factor;
mod level;
mod list;
mod movement;
mod ports;
mod product;
mod supplier;
mod unit;
mod warehouse;

pub use barcode::{Barcode, BarcodeError};
pub use category::{Category, CategoryTree, PlaceError, path_key};
pub use factor::{ConversionError, Factor, FactorError};
pub use level::{LevelError, Shortage, StockKey, StockLevel};
pub use list::{
    ArchivedFilter, CategoryFilter, CategorySort, LevelFilter, LevelSort, LevelView, ProductFilter,
    ProductSort, SupplierFilter, SupplierSort, UnitSort, WarehouseFilter, WarehouseSort,
};
pub use movement::{
    DraftMovement, LedgerEntry, MovementKind, MovementLine, PostError, PostedMovement,
};
pub use ports::{
    CatalogueView, CategoryRepository, ProductKeys, ProductRepository, ProductUsage,
    StockRepository, StockView, SupplierRepository, TakenKeys, UnitRepository, WarehouseRepository,
};
pub use product::{
    BarcodePlace, Costing, Packaging, Product, ProductFault, ProductKind, ReorderRule,
};
pub use supplier::Supplier;
pub use unit::{Decimals, NewUnit, QuantityError, Unit, UnitBase, standard_units};
pub use warehouse::Warehouse;
