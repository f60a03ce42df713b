//! What a document answers to an action that its state does not allow.

use gaara_application::invoicing::InvoiceStateError;

use crate::code::Code;
use crate::problem::Problem;

/// What is done to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// Changing what it says.
    Change,
    /// Removing a draft.
    Remove,
    /// Issuing, annotating, voiding, crediting.
    Other,
}

/// The refusal of an action by a document's state.
pub(super) fn state_problem(error: InvoiceStateError, action: Action) -> Problem {
    let is_issue = action == Action::Other;
    match error {
        InvoiceStateError::NotFound => Problem::not_found(),
        InvoiceStateError::Stale { current } => Problem::stale(current),
        InvoiceStateError::NotIssued => Problem::new(Code::InvoiceNotIssued),
        InvoiceStateError::Issued { number } if is_issue => {
            Problem::new(Code::InvoiceAlreadyIssued).param("number", number)
        }
        // A void document stays on record like every other one that has a number.
        InvoiceStateError::Void { number } if action == Action::Remove => {
            Problem::new(Code::InvoiceImmutable).param("number", number)
        }
        InvoiceStateError::Issued { number } => {
            Problem::new(Code::InvoiceImmutable).param("number", number)
        }
        InvoiceStateError::Void { number } => {
            Problem::new(Code::InvoiceVoid).param("number", number)
        }
        InvoiceStateError::Store(error) => error.into(),
    }
}
