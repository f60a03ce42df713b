//! Products, warehouses, stock levels and movements as pure rules and ports.
//!
//! Stock is one row per product and warehouse: what is on hand, what is reserved, and its value.
//! It can never be negative, and its cost is never reposted.
#![deny(clippy::float_arithmetic)]

mod barcode;
mod level;
mod list;
mod movement;
mod ports;
mod product;
mod warehouse;

pub use barcode::{Barcode, BarcodeError};
pub use level::{LevelError, Shortage, StockKey, StockLevel};
pub use list::{LevelFilter, LevelSort, LevelView, ProductFilter, ProductSort, WarehouseSort};
pub use movement::{
    DraftMovement, LedgerEntry, MovementKind, MovementLine, PostError, PostedMovement,
};
pub use ports::{
    CatalogueView, ProductRepository, StockRepository, StockView, WarehouseRepository,
};
pub use product::{Costing, Product, ProductKind};
pub use warehouse::Warehouse;
