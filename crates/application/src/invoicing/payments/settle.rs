//! Settling invoices with a payment.

use std::collections::BTreeMap;

use gaara_invoicing::{AllocateError, Invoice, IssuedInvoice, Mismatch, Payment, PaymentStatus};
use gaara_kernel::{Date, InvoiceId, Money, StoreError};
use thiserror::Error;

use crate::context::Context;
use crate::outbox::Event;
use crate::ports::UnitOfWork;

/// A part of a payment as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenAllocation {
    /// The invoice.
    pub invoice: InvoiceId,
    /// How much.
    pub amount: Money,
}

/// Why invoices were not settled.
#[derive(Debug, Error)]
pub enum SettleError {
    /// There is no such invoice.
    #[error("there is no invoice {invoice}")]
    UnknownInvoice {
        /// The invoice.
        invoice: InvoiceId,
    },
    /// The invoice is a draft.
    #[error("the invoice {invoice} is not issued")]
    NotIssued {
        /// The invoice.
        invoice: InvoiceId,
    },
    /// The invoice is void.
    #[error("the invoice {invoice} is void")]
    Void {
        /// The invoice.
        invoice: InvoiceId,
    },
    /// Payment and invoice refuse each other.
    #[error("the invoice {invoice}: {error}")]
    Refused {
        /// The invoice.
        invoice: InvoiceId,
        /// Why.
        error: AllocateError,
    },
    /// All parts together are more than is left of the payment.
    #[error("only {unallocated} is left of the payment")]
    ExceedsAmount {
        /// What is left.
        unallocated: Money,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Settles invoices with a payment, which is locked or new, and saves the invoices. Parts for one
/// invoice count together. `counts_on` is the day the parts count on, where that is not before
/// the invoice.
pub(super) async fn settle(
    unit: &mut dyn UnitOfWork,
    payment: &mut Payment,
    parts: &[WrittenAllocation],
    counts_on: Date,
    context: &Context,
) -> Result<Vec<IssuedInvoice>, SettleError> {
    let sums = sums(payment, parts)?;
    let ids: Vec<InvoiceId> = sums.keys().copied().collect();
    let invoices = unit.invoices().lock_many(&ids).await?;
    let mut settled = Vec::with_capacity(sums.len());
    for (invoice, amount) in sums {
        let found = invoices.iter().find(|found| found.content().written.id == invoice);
        let mut issued = match found {
            None => return Err(SettleError::UnknownInvoice { invoice }),
            Some(Invoice::Draft(_)) => return Err(SettleError::NotIssued { invoice }),
            Some(Invoice::Void(_)) => return Err(SettleError::Void { invoice }),
            Some(Invoice::Issued(issued)) => issued.as_ref().clone(),
        };
        let day = counts_on.max(issued.issue_date);
        payment
            .allocate(context.new_id(), &mut issued, amount, context.now(), day)
            .map_err(|error| SettleError::Refused { invoice, error })?;
        settled.push(issued);
    }
    unit.invoices().save_settlements(&settled).await?;
    let paid = settled.iter().filter(|it| it.payment_status() == PaymentStatus::Paid);
    let event = |invoice: &IssuedInvoice| {
        Event::new("invoice.paid", invoice.content.written.id, context)
            .with("number", &invoice.number.text())
    };
    let events: Vec<Event> = paid.map(event).collect();
    unit.outbox().add_all(&events).await?;
    Ok(settled)
}

/// What each invoice is to get, in the order that invoices are locked in.
fn sums(
    payment: &Payment,
    parts: &[WrittenAllocation],
) -> Result<BTreeMap<InvoiceId, Money>, SettleError> {
    let unallocated = payment.unallocated();
    let mut sums = BTreeMap::new();
    let mut total = Money::zero(unallocated.currency());
    for WrittenAllocation { invoice, amount } in parts.iter().copied() {
        let error = AllocateError::Mismatch(Mismatch::Currency);
        let mismatch = |_| SettleError::Refused { invoice, error };
        let sum = sums.entry(invoice).or_insert(Money::zero(unallocated.currency()));
        *sum = sum.plus(amount).map_err(mismatch)?;
        total = total.plus(amount).map_err(mismatch)?;
    }
    if total.minor() > unallocated.minor() && payment.voided_at().is_none() {
        return Err(SettleError::ExceedsAmount { unallocated });
    }
    Ok(sums)
}
