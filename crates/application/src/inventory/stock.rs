//! Stock levels and movements.

mod move_stock;
mod post_movement;
mod queries;

pub use post_movement::{PostMovement, PostMovementError, WrittenMovementLine};
pub use queries::{FindMovement, ListLevels};

pub(crate) use move_stock::{MoveStockError, move_stock};
