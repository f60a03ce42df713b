//! Settling issued documents: what a payment takes off one, and what that is worth in the books.

use gaara_kernel::{Currency, Money, MoneyError, Timestamp};
use thiserror::Error;

use crate::base::share;
use crate::document::{DocumentKind, DocumentType, PartyId};
use crate::issued::IssuedInvoice;
use crate::payment::Direction;

/// Why an allocation was refused by the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AllocationError {
    /// The amount is zero or less.
    #[error("an allocation must be greater than zero")]
    NotPositive,
    /// The amount is in another currency.
    #[error("the invoice is in {invoice}")]
    CurrencyMismatch {
        /// The currency of the invoice.
        invoice: Currency,
    },
    /// Nothing is open.
    #[error("nothing is open")]
    AlreadySettled,
    /// The amount is more than is open.
    #[error("only {open} is open")]
    ExceedsOpen {
        /// What is open.
        open: Money,
    },
}

impl IssuedInvoice {
    /// The other side of the document.
    #[must_use]
    pub const fn party(&self) -> PartyId {
        self.content.written.party
    }

    /// Which way money goes that settles the document: what is left of a credit note is paid back.
    #[must_use]
    pub const fn settled_by(&self) -> Direction {
        let written = &self.content.written;
        match (written.kind(), written.document_type()) {
            (DocumentKind::Sale, DocumentType::Invoice)
            | (DocumentKind::Purchase, DocumentType::CreditNote) => Direction::In,
            (DocumentKind::Purchase, DocumentType::Invoice)
            | (DocumentKind::Sale, DocumentType::CreditNote) => Direction::Out,
        }
    }

    /// What the open part is worth in the currency of the books: nothing when nothing is open.
    #[must_use]
    pub fn base_open(&self) -> Money {
        let nothing = Money::zero(self.base.currency());
        if self.open().is_zero() {
            return nothing;
        }
        let payable = self.content.totals.payable;
        let credited = share(self.base.payable, self.credited, payable);
        let rest = self.base.payable.minus(self.base_paid);
        rest.and_then(|rest| rest.minus(credited?)).unwrap_or(nothing)
    }

    /// Takes a part of a payment, and answers what that takes off the document in the currency of
    /// the books: what everything settled until now is worth, less what was counted before. The
    /// last part takes all that is left.
    ///
    /// # Errors
    /// Every variant of [`AllocationError`]; nothing has changed then.
    pub fn allocate(&mut self, amount: Money, now: Timestamp) -> Result<Money, AllocationError> {
        if !amount.is_positive() {
            return Err(AllocationError::NotPositive);
        }
        let invoice = self.content.written.currency;
        let mismatch = |_: MoneyError| AllocationError::CurrencyMismatch { invoice };
        let open = self.open();
        let left = open.minus(amount).map_err(mismatch)?;
        if open.is_zero() {
            return Err(AllocationError::AlreadySettled);
        }
        if left.is_negative() {
            return Err(AllocationError::ExceedsOpen { open });
        }
        let value = self.base_value(left).map_err(mismatch)?;
        let paid = self.paid.plus(amount).map_err(mismatch)?;
        self.base_paid = self.base_paid.plus(value).map_err(mismatch)?;
        self.paid = paid;
        self.touch(now);
        Ok(value)
    }

    /// Gives a part of a payment back, with exactly the value it took.
    ///
    /// # Errors
    /// [`MoneyError`] when the amounts are in other currencies; nothing has changed then.
    pub fn release(
        &mut self,
        amount: Money,
        value: Money,
        now: Timestamp,
    ) -> Result<(), MoneyError> {
        let (paid, base_paid) = (self.paid.minus(amount)?, self.base_paid.minus(value)?);
        (self.paid, self.base_paid) = (paid, base_paid);
        self.touch(now);
        Ok(())
    }

    /// What is taken off in the currency of the books when so much is left open.
    fn base_value(&self, left: Money) -> Result<Money, MoneyError> {
        let payable = self.content.totals.payable;
        let settled = share(self.base.payable, payable.minus(left)?, payable)?;
        self.base_open().minus(self.base.payable.minus(settled)?)
    }

    fn touch(&mut self, now: Timestamp) {
        self.updated_at = now;
        self.version = self.version.next();
    }
}
