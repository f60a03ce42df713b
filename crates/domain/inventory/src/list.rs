//! How inventory is listed.

mod catalogue;
mod stock;

pub use catalogue::{
    ArchivedFilter, CategoryFilter, CategorySort, ProductFilter, ProductSort, SupplierFilter,
    SupplierSort, UnitSort, WarehouseFilter, WarehouseSort,
};
pub use stock::{LevelFilter, LevelSort, LevelView};
