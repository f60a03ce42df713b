//! The catalogue and its stock.

mod catalogue;
mod stock;

pub use catalogue::*;
pub use stock::*;
