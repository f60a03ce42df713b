//! Stock levels, the ledger and movements.

mod ledger;
mod level;
mod movement;

pub(crate) use ledger::LedgerBody;
pub(crate) use level::{LevelBody, ReorderBody};
pub(crate) use movement::MovementBody;
