//! Stock levels and movements.

mod cancel_movement;
mod change_movement;
mod create_movement;
mod level_queries;
mod lines;
mod locked_levels;
mod move_stock;
mod places;
mod post_movement;
mod queries;
mod revalue;
mod reverse_movement;
mod state;
mod value_stock;
mod write_movement;

pub use cancel_movement::{CancelMovement, CancelMovementError};
pub use change_movement::ChangeMovement;
pub use create_movement::{CreateAndPostMovement, CreateMovement};
pub use level_queries::{ListLevels, ListReorder};
pub use lines::{MovementLineError, WrittenMovementLine};
pub use places::PlaceError;
pub use post_movement::{DraftMovementError, PostMovement};
pub use queries::{FindMovement, ListLedger, ListMovements};
pub use reverse_movement::{ReverseMovement, ReverseMovementError};
pub use state::DraftLockError;
pub use value_stock::ValueStock;
pub use write_movement::{MovementError, WrittenMovement};

pub(crate) use lines::Goods;
pub(crate) use locked_levels::announce_reservations;
pub(crate) use move_stock::{
    MoveStockError, Wanted, close_shelves, move_stock, move_valued, open_shelves, posting_day,
    shortfalls,
};
pub(crate) use places::hold_places;
pub(crate) use revalue::revalue;
pub(crate) use reverse_movement::reverse;
