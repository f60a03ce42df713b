//! Why stocktakes are refused, state by state and field by field.

use gaara_application::inventory::{MovementLineError, ScopeError, StocktakeLockError};
use gaara_inventory::{Stocktake, StocktakeStateError, StocktakeStatus};

use crate::code::Code;
use crate::problem::{FieldProblem, Problem};
use crate::routes::stock::place_problem;

/// Why a stocktake could not be taken in the state that is needed.
pub(super) fn lock_problem(error: StocktakeLockError) -> Problem {
    match error {
        StocktakeLockError::NotFound => Problem::not_found(),
        StocktakeLockError::Stale { current } => Problem::stale(current),
        StocktakeLockError::State(StocktakeStateError(status)) => Problem::new(state_code(status)),
        StocktakeLockError::Store(error) => error.into(),
    }
}

/// What a stocktake answers to an action that its state does not allow.
const fn state_code(status: StocktakeStatus) -> Code {
    match status {
        StocktakeStatus::Draft => Code::StocktakeNotStarted,
        StocktakeStatus::Counting => Code::StocktakeStarted,
        StocktakeStatus::Posted => Code::StocktakePosted,
        StocktakeStatus::Cancelled => Code::StocktakeCancelled,
    }
}

/// Why something cannot be counted.
pub(super) fn scope_problem(error: ScopeError) -> Problem {
    let at = |pointer: String, code| Problem::at(FieldProblem::new(pointer, code));
    match error {
        ScopeError::Ambiguous(_) => Problem::at(ambiguous_scope()),
        ScopeError::Place(error) => place_problem(error),
        ScopeError::UnknownCategory { index } => {
            at(format!("/category_ids/{index}"), Code::ValidationReference)
        }
        ScopeError::Product { index, error } => {
            let code = match error {
                MovementLineError::NotStocked => Code::ProductNotStocked,
                MovementLineError::Archived => Code::ResourceArchived,
                _ => Code::ValidationReference,
            };
            at(format!("/product_ids/{index}"), code)
        }
    }
}

/// Categories and products are named at once.
pub(super) fn ambiguous_scope() -> FieldProblem {
    FieldProblem::new("/product_ids", Code::StocktakeScopeAmbiguous)
}

/// There is too much to count.
pub(super) fn too_large() -> Problem {
    Problem::new(Code::StocktakeTooLarge).param("max", Stocktake::LINES_MAX)
}
