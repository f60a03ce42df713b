//! What inventory needs from a store.

mod catalogue;
mod stock;

pub use catalogue::{CatalogueView, ProductRepository, WarehouseRepository};
pub use stock::{MovementRepository, StockRepository, StockView};
