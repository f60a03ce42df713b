//! Documents are locked in the state that an action needs, or say why they are not in it.

use gaara_invoicing::{DraftInvoice, Invoice, IssuedInvoice};
use gaara_kernel::{InvoiceId, StoreError, Version};
use thiserror::Error;

use crate::ports::UnitOfWork;

/// Why a document is not in the state that an action needs.
#[derive(Debug, Error)]
pub enum InvoiceStateError {
    /// There is no such document.
    #[error("there is no such document")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the document is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// It was not issued yet.
    #[error("the document is a draft")]
    NotIssued,
    /// It was issued before.
    #[error("the document was issued as {number}")]
    Issued {
        /// Its number.
        number: String,
    },
    /// It is void, which is final.
    #[error("the document {number} is void")]
    Void {
        /// Its number.
        number: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Locks a document that must be a draft. Its state is told before a stale version is.
pub(super) async fn lock_draft(
    unit: &mut dyn UnitOfWork,
    id: InvoiceId,
    expected: Option<Version>,
) -> Result<DraftInvoice, InvoiceStateError> {
    let invoice = unit.invoices().lock(id).await?.ok_or(InvoiceStateError::NotFound)?;
    let current = invoice.version();
    match invoice {
        Invoice::Draft(draft) => {
            check_version(current, expected)?;
            Ok(*draft)
        }
        Invoice::Issued(issued) => Err(InvoiceStateError::Issued { number: issued.number.text() }),
        Invoice::Void(voided) => {
            Err(InvoiceStateError::Void { number: voided.issued.number.text() })
        }
    }
}

/// Locks a document that must be issued.
pub(super) async fn lock_issued(
    unit: &mut dyn UnitOfWork,
    id: InvoiceId,
    expected: Option<Version>,
) -> Result<IssuedInvoice, InvoiceStateError> {
    let invoice = unit.invoices().lock(id).await?.ok_or(InvoiceStateError::NotFound)?;
    let current = invoice.version();
    match invoice {
        Invoice::Draft(_) => Err(InvoiceStateError::NotIssued),
        Invoice::Issued(issued) => {
            check_version(current, expected)?;
            Ok(*issued)
        }
        Invoice::Void(voided) => {
            Err(InvoiceStateError::Void { number: voided.issued.number.text() })
        }
    }
}

pub(super) fn check_version(
    current: Version,
    expected: Option<Version>,
) -> Result<(), InvoiceStateError> {
    match expected {
        Some(expected) if expected != current => Err(InvoiceStateError::Stale { current }),
        _ => Ok(()),
    }
}

/// Lets the error of a use case take a state, and the store's failure apart from it.
macro_rules! from_state {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$crate::invoicing::InvoiceStateError> for $error {
            fn from(error: $crate::invoicing::InvoiceStateError) -> Self {
                match error {
                    $crate::invoicing::InvoiceStateError::Store(error) => Self::Store(error),
                    error => Self::State(error),
                }
            }
        })+
    };
}
pub(crate) use from_state;
