//! How inventory is listed.

mod catalogue;
mod promises;
mod stock;

pub use catalogue::{ProductFilter, ProductSort, WarehouseSort};
pub use promises::{
    ReservationFilter, ReservationSort, StocktakeFilter, StocktakeLineFilter, StocktakeLineSort,
    StocktakeLineView, StocktakeSort,
};
pub use stock::{
    LedgerFilter, LedgerSort, LedgerView, LevelFilter, LevelSort, LevelView, MovementFilter,
    MovementSort, ReorderFilter, ReorderView, StockNames,
};
