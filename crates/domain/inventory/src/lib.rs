//! The catalogue, stock levels, movements, reservations and stocktakes as pure rules and ports.
//!
//! Stock is one row per product and warehouse: what is on hand, what is reserved, and its value.
//! It can never be negative, and its cost is never reposted.
#![deny(clippy::float_arithmetic)]

mod barcode;
mod bucket;
mod category;
mod factor;
mod layer;
mod level;
mod list;
mod movement;
mod ports;
mod product;
mod reservation;
mod shelves;
mod stocktake;
mod supplier;
mod unit;
mod valuation;
mod warehouse;

pub use barcode::{Barcode, BarcodeError};
pub use bucket::{Bucket, Change, CostMethod};
pub use category::{Category, CategoryTree, PlaceError, path_key};
pub use factor::{ConversionError, Factor, FactorError};
pub use layer::{CostLayer, LayerChanges, LayerDemand, NewLayer};
pub use level::{LevelError, Shortage, StockKey, StockLevel, price_of_one, worth};
pub use list::{
    ArchivedFilter, CategoryFilter, CategorySort, LedgerFilter, LedgerSort, LedgerView,
    LevelFilter, LevelSort, LevelView, MovementFilter, MovementSort, ProductFilter, ProductSort,
    ReorderFilter, ReorderSort, ReorderView, ReservationFilter, ReservationSort, StockNames,
    StocktakeFilter, StocktakeLineFilter, StocktakeLineSort, StocktakeLineView, StocktakeSort,
    SupplierFilter, SupplierSort, UnitSort, WarehouseFilter, WarehouseSort,
};
pub use movement::{
    CancelledMovement, DailyChange, DatedShortage, DraftMovement, LedgerEntry, Movement,
    MovementContent, MovementKind, MovementLine, MovementOwner, MovementStatus, Origin, PostError,
    PostedMovement, PostingDay, PostingFacts, Returned, Revaluation, Reversal, ReversalFacts,
    ReverseError,
};
pub use ports::{
    CatalogueView, CategoryRepository, MovementRepository, ProductKeys, ProductRepository,
    ProductUsage, ReservationRepository, ReservationView, StockReports, StockRepository, StockView,
    StocktakeRepository, StocktakeView, SupplierRepository, TakenKeys, UnitRepository,
    WarehouseRepository,
};
pub use product::{
    BarcodePlace, Costing, MeasureError, Measured, Packaging, Product, ProductFault, ProductKind,
    ReorderRule,
};
pub use reservation::{
    Consumption, EndError, Promise, Reservation, ReservationState, ReservationStatus, ReserveError,
    take_back_overdue,
};
pub use shelves::{BelowMinimum, Shelves};
pub use stocktake::{
    AmbiguousScope, CountError, Difference, Progress, SettleError, Settlement, Stocktake,
    StocktakeCount, StocktakeLine, StocktakeScope, StocktakeState, StocktakeStateError,
    StocktakeStatus, TooManyLines, Uncounted,
};
pub use supplier::Supplier;
pub use unit::{Decimals, NewUnit, QuantityError, Unit, UnitBase, standard_units};
pub use valuation::{StockValuation, ValuationBy, ValuationFilter, ValuationRow, Valued};
pub use warehouse::Warehouse;
