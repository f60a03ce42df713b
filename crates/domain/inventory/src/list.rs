//! How inventory is listed.

mod catalogue;
mod stock;

pub use catalogue::{ProductFilter, ProductSort, WarehouseSort};
pub use stock::{LevelFilter, LevelSort, LevelView};
