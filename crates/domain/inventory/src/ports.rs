//! What inventory needs from a store.

mod catalogue;
mod stock;

pub use catalogue::{
    CatalogueView, CategoryRepository, ProductKeys, ProductRepository, ProductUsage,
    SupplierRepository, TakenKeys, UnitRepository, WarehouseRepository,
};
pub use stock::{StockRepository, StockView};
