//! How inventory is listed.

mod catalogue;
mod promises;
mod stock;

pub use catalogue::{
    ArchivedFilter, CategoryFilter, CategorySort, ProductFilter, ProductSort, SupplierFilter,
    SupplierSort, UnitSort, WarehouseFilter, WarehouseSort,
};
pub use promises::{
    ReservationFilter, ReservationSort, StocktakeFilter, StocktakeLineFilter, StocktakeLineSort,
    StocktakeLineView, StocktakeSort,
};
pub use stock::{
    LedgerFilter, LedgerSort, LedgerView, LevelFilter, LevelSort, LevelView, MovementFilter,
    MovementSort, ReorderFilter, ReorderSort, ReorderView, StockNames,
};
