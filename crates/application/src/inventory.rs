//! The catalogue and its stock.

mod catalogue;
mod reservations;
mod stock;
mod stocktakes;

pub use catalogue::*;
pub use reservations::*;
pub use stock::*;
pub use stocktakes::*;
