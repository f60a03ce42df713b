//! Problems that several routes of payments have.

use gaara_application::invoicing::{PeriodLocked, SettleError, WrittenAllocation};
use gaara_invoicing::{AllocateError, AllocationError, VoidPaymentError};

use crate::code::Code;
use crate::problem::{FieldProblem, Problem};

/// Invoices that do not take their parts of a payment; the allocations as they were sent tell
/// where each stands.
pub(super) fn settle_problem(
    error: SettleError,
    allocations: &[WrittenAllocation],
    pointer: impl Fn(usize) -> String,
) -> Problem {
    let place = |invoice| {
        let index = allocations.iter().position(|part| part.invoice == invoice);
        pointer(index.unwrap_or_default())
    };
    let at = |invoice, field: &str, code| FieldProblem::new(place(invoice) + field, code);
    match error {
        SettleError::UnknownInvoice { invoice } => {
            Problem::at(at(invoice, "/invoice_id", Code::ValidationReference))
        }
        SettleError::NotIssued { invoice } => {
            Problem::at(at(invoice, "/invoice_id", Code::InvoiceNotIssued))
        }
        SettleError::Void { invoice } => Problem::at(at(invoice, "/invoice_id", Code::InvoiceVoid)),
        SettleError::ExceedsAmount { unallocated } => {
            Problem::new(Code::PaymentExceedsAmount).param("amount", unallocated)
        }
        SettleError::Refused { invoice, error } => match error {
            AllocateError::Void => Problem::new(Code::PaymentVoid),
            AllocateError::ExceedsAmount { unallocated } => {
                Problem::new(Code::PaymentExceedsAmount).param("amount", unallocated)
            }
            AllocateError::Mismatch(_)
            | AllocateError::Invoice(AllocationError::CurrencyMismatch { .. }) => {
                Problem::at(at(invoice, "/invoice_id", Code::PaymentMismatch))
            }
            AllocateError::Invoice(AllocationError::NotPositive) => {
                Problem::at(at(invoice, "/amount", Code::ValidationPositive))
            }
            AllocateError::Invoice(AllocationError::AlreadySettled) => {
                Problem::at(at(invoice, "/invoice_id", Code::InvoiceAlreadySettled))
            }
            AllocateError::Invoice(AllocationError::ExceedsOpen { open }) => {
                Problem::at(at(invoice, "/amount", Code::PaymentExceedsBalance).param("open", open))
            }
        },
        SettleError::Store(error) => error.into(),
    }
}

/// A day whose books are closed.
pub(super) fn period_problem(PeriodLocked { locked_through }: PeriodLocked) -> Problem {
    Problem::new(Code::PaymentPeriodLocked).param("locked_through", locked_through)
}

/// A payment that cannot be voided.
pub(super) fn void_problem(error: VoidPaymentError) -> Problem {
    match error {
        VoidPaymentError::Void => Problem::new(Code::PaymentVoid),
        VoidPaymentError::HasAllocations { count } => {
            Problem::new(Code::PaymentHasAllocations).param("count", count)
        }
    }
}
