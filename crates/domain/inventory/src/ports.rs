//! What inventory needs from a store.

mod catalogue;
mod promises;
mod reports;
mod stock;
mod stocktakes;

pub use catalogue::{
    CatalogueView, CategoryRepository, ProductKeys, ProductRepository, ProductUsage,
    SupplierRepository, TakenKeys, UnitRepository, WarehouseRepository,
};
pub use promises::{ReservationRepository, ReservationView};
pub use reports::StockReports;
pub use stock::{MovementRepository, StockRepository, StockView};
pub use stocktakes::{StocktakeRepository, StocktakeView};
