//! What a movement answers to an action that its state does not allow.

use gaara_inventory::MovementStatus;

use crate::code::Code;
use crate::problem::Problem;

/// What is done to a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Change,
    Post,
    Reverse,
    Cancel,
    Delete,
}

impl Action {
    /// Why the state refuses the action; `None` where it allows it.
    const fn refusal(self, status: MovementStatus) -> Option<Code> {
        use MovementStatus::{Cancelled, Draft, Posted, Reversed};
        match (self, status) {
            (Self::Change | Self::Post | Self::Cancel, Draft) | (Self::Reverse, Posted) => None,
            (Self::Delete, Draft) => Some(Code::MovementUseCancel),
            (Self::Change, Posted | Reversed) | (Self::Delete, _) => Some(Code::MovementImmutable),
            (Self::Reverse, Draft) => Some(Code::MovementNotPosted),
            (Self::Post | Self::Cancel, Posted) => Some(Code::MovementAlreadyPosted),
            (Self::Post | Self::Reverse | Self::Cancel, Reversed) => Some(Code::MovementReversed),
            (_, Cancelled) => Some(Code::MovementCancelled),
        }
    }
}

/// The refusal of an action by a movement's state.
pub(super) fn state_problem(action: Action, status: MovementStatus) -> Problem {
    action.refusal(status).map_or_else(
        || Problem::internal(format!("{action:?} was refused although the state allows it")),
        Problem::new,
    )
}
