//! How inventory is listed.

mod catalogue;
mod stock;

pub use catalogue::{ProductFilter, ProductSort, WarehouseSort};
pub use stock::{
    LedgerFilter, LedgerSort, LedgerView, LevelFilter, LevelSort, LevelView, MovementFilter,
    MovementSort, ReorderFilter, ReorderView, StockNames,
};
