//! What a payment is for, and what was gained by exchange with it.

use gaara_kernel::{AllocationId, Date, InvoiceId, Money, MoneyError, Timestamp};
use thiserror::Error;

use super::{Direction, Payment, PaymentState};
use crate::base::share;
use crate::issued::IssuedInvoice;
use crate::settlement::AllocationError;

/// A part of a payment that settles an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// The id.
    pub id: AllocationId,
    /// The invoice.
    pub invoice: InvoiceId,
    /// How much.
    pub amount: Money,
    /// What that part of the payment is worth in the currency of the books.
    pub base_amount: Money,
    /// What it took off the invoice in the currency of the books.
    pub base_settled: Money,
    /// What was gained by exchange; a loss is below zero.
    pub base_gain: Money,
    /// The day it counts on.
    pub allocation_date: Date,
}

/// What of a payment does not fit an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// The invoice is another party's.
    Party,
    /// The invoice is in another currency.
    Currency,
    /// The invoice is settled by money that goes the other way.
    Direction,
}

/// Why an allocation was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AllocateError {
    /// The payment is void.
    #[error("the payment is void")]
    Void,
    /// The payment does not fit the invoice.
    #[error("the payment does not fit the invoice: {0:?}")]
    Mismatch(Mismatch),
    /// More is asked for than is left of the payment.
    #[error("only {unallocated} is left of the payment")]
    ExceedsAmount {
        /// What is left.
        unallocated: Money,
    },
    /// The invoice does not take it.
    #[error(transparent)]
    Invoice(#[from] AllocationError),
}

impl From<MoneyError> for AllocateError {
    fn from(_: MoneyError) -> Self {
        Self::Mismatch(Mismatch::Currency)
    }
}

/// Why an allocation was not removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReleaseError {
    /// The payment is void.
    #[error("the payment is void")]
    Void,
    /// The payment has no such allocation.
    #[error("there is no such allocation")]
    NotFound,
    /// The allocation is of another invoice, or the sums leave the range.
    #[error("the allocation does not fit the invoice")]
    Unfit,
}

impl From<MoneyError> for ReleaseError {
    fn from(_: MoneyError) -> Self {
        Self::Unfit
    }
}

impl Payment {
    /// Settles a part of an invoice with a part of the payment.
    ///
    /// Both sides are counted from their beginning: what all allocations of the payment are worth
    /// together, less those before, against what all settled parts of the invoice are worth
    /// together, less those before. The difference is the gain.
    ///
    /// # Errors
    /// Every variant of [`AllocateError`]; nothing has changed then.
    pub fn allocate(
        &mut self,
        id: AllocationId,
        invoice: &mut IssuedInvoice,
        amount: Money,
        now: Timestamp,
        allocation_date: Date,
    ) -> Result<Allocation, AllocateError> {
        self.check(invoice, amount)?;
        let base_amount = self.base_value(amount)?;
        let base_settled = invoice.allocate(amount, now)?;
        let gain = base_amount.minus(base_settled)?;
        let base_gain = match self.direction() {
            Direction::In => gain,
            Direction::Out => gain.negated(),
        };
        let invoice = invoice.content.written.id;
        let allocation = Allocation {
            id,
            invoice,
            amount,
            base_amount,
            base_settled,
            base_gain,
            allocation_date,
        };
        self.allocations.push(allocation);
        self.allocations.sort_by_key(|allocation| allocation.id);
        Ok(allocation)
    }

    /// Takes an allocation back, with exactly the values it had.
    ///
    /// # Errors
    /// Every variant of [`ReleaseError`]; nothing has changed then.
    pub fn release(
        &mut self,
        id: AllocationId,
        invoice: &mut IssuedInvoice,
        now: Timestamp,
    ) -> Result<Allocation, ReleaseError> {
        if self.state() == PaymentState::Void {
            return Err(ReleaseError::Void);
        }
        let found = self.allocations.iter().find(|allocation| allocation.id == id).copied();
        let allocation = found.ok_or(ReleaseError::NotFound)?;
        if allocation.invoice != invoice.content.written.id {
            return Err(ReleaseError::Unfit);
        }
        invoice.release(allocation.amount, allocation.base_settled, now)?;
        self.allocations.retain(|other| other.id != id);
        Ok(allocation)
    }

    /// Counts one more save of the payment, after its allocations changed.
    pub fn reallocated(&mut self, now: Timestamp) {
        self.touch(now);
    }

    fn check(&self, invoice: &IssuedInvoice, amount: Money) -> Result<(), AllocateError> {
        if self.state() == PaymentState::Void {
            return Err(AllocateError::Void);
        }
        let mismatch = if invoice.party() != self.party() {
            Some(Mismatch::Party)
        } else if invoice.settled_by() != self.direction() {
            Some(Mismatch::Direction)
        } else if invoice.content.written.currency != self.amount().currency()
            || amount.currency() != self.amount().currency()
        {
            Some(Mismatch::Currency)
        } else {
            None
        };
        if let Some(mismatch) = mismatch {
            return Err(AllocateError::Mismatch(mismatch));
        }
        let unallocated = self.unallocated();
        if amount.minor() > unallocated.minor() {
            return Err(AllocateError::ExceedsAmount { unallocated });
        }
        Ok(())
    }

    /// What the next part of the payment is worth in the currency of the books.
    fn base_value(&self, amount: Money) -> Result<Money, MoneyError> {
        let nothing = Money::zero(self.base_amount().currency());
        let before =
            self.allocations.iter().try_fold(nothing, |sum, part| sum.plus(part.base_amount))?;
        share(self.base_amount(), self.allocated().plus(amount)?, self.amount())?.minus(before)
    }
}
