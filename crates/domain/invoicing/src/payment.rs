//! Payments: money that came in or went out, and what it is for.

mod allocation;
mod method;
#[cfg(test)]
mod tests;

use gaara_kernel::{
    Currency, Date, Money, MoneyError, PaymentId, Timestamp, Version, search_words,
};
use thiserror::Error;

use crate::document::{DocumentType, PartyId};
use crate::exchange::ExchangeRate;

pub use allocation::{AllocateError, Allocation, Mismatch, ReleaseError};
pub use method::{Direction, PaymentMethod, PaymentState};

/// Why a payment was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PaymentError {
    /// The amount is zero or less.
    #[error("a payment must be greater than zero")]
    NotPositive,
    /// The books cannot hold so much.
    #[error("the payment is too large for the books")]
    OutOfRange,
}

impl From<MoneyError> for PaymentError {
    fn from(_: MoneyError) -> Self {
        Self::OutOfRange
    }
}

/// Why a payment could not be voided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VoidPaymentError {
    /// It is void already.
    #[error("the payment is void")]
    Void,
    /// It settles invoices.
    #[error("the payment settles {count} invoices")]
    HasAllocations {
        /// How many allocations it has.
        count: usize,
    },
}

/// Money that came in from a party or went out to one. What is not allocated stays the party's
/// credit. Amount, party, date and rate never change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    id: PaymentId,
    direction: Direction,
    party: PartyId,
    amount: Money,
    rate: ExchangeRate,
    base_amount: Money,
    date: Date,
    method: PaymentMethod,
    reference: Option<String>,
    note: Option<String>,
    allocations: Vec<Allocation>,
    voided_at: Option<Timestamp>,
    created_at: Timestamp,
    updated_at: Timestamp,
    version: Version,
}

/// A payment as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPayment {
    /// The id.
    pub id: PaymentId,
    /// Whether it came in or went out.
    pub direction: Direction,
    /// Who paid, or was paid.
    pub party: PartyId,
    /// How much.
    pub amount: Money,
    /// What one unit of its currency is in the currency of the books.
    pub rate: ExchangeRate,
    /// The currency of the books.
    pub books: Currency,
    /// When it was paid.
    pub payment_date: Date,
    /// How.
    pub method: PaymentMethod,
    /// What the bank or the other side calls it.
    pub reference: Option<String>,
    /// What people note beside it.
    pub note: Option<String>,
    /// When it was recorded.
    pub created_at: Timestamp,
}

/// What happened to a payment after it was written, as a store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentHistory {
    /// What it is worth in the currency of the books.
    pub base_amount: Money,
    /// What it is for.
    pub allocations: Vec<Allocation>,
    /// When it was voided.
    pub voided_at: Option<Timestamp>,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

impl Payment {
    /// Checks a payment, which is for nothing yet.
    ///
    /// # Errors
    /// Every variant of [`PaymentError`].
    pub fn try_new(new: NewPayment) -> Result<Self, PaymentError> {
        if !new.amount.is_positive() {
            return Err(PaymentError::NotPositive);
        }
        let history = PaymentHistory {
            base_amount: new.rate.convert(new.amount, new.books)?,
            allocations: Vec::new(),
            voided_at: None,
            updated_at: new.created_at,
            version: Version::FIRST,
        };
        Ok(Self::from_stored(new, history))
    }

    /// Puts a stored payment together again.
    #[must_use]
    pub fn from_stored(new: NewPayment, history: PaymentHistory) -> Self {
        let mut allocations = history.allocations;
        allocations.sort_by_key(|allocation| allocation.id);
        Self {
            id: new.id,
            direction: new.direction,
            party: new.party,
            amount: new.amount,
            rate: new.rate,
            base_amount: history.base_amount,
            date: new.payment_date,
            method: new.method,
            reference: new.reference,
            note: new.note,
            allocations,
            voided_at: history.voided_at,
            created_at: new.created_at,
            updated_at: history.updated_at,
            version: history.version,
        }
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> PaymentId {
        self.id
    }

    /// Whether it came in or went out.
    #[must_use]
    pub const fn direction(&self) -> Direction {
        self.direction
    }

    /// What money of this party that goes this way settles: whoever pays settles invoices, and
    /// whoever is paid back settles credit notes.
    #[must_use]
    pub const fn settles(&self) -> DocumentType {
        self.party.settled_by(self.direction)
    }

    /// Who paid, or was paid.
    #[must_use]
    pub const fn party(&self) -> PartyId {
        self.party
    }

    /// How much.
    #[must_use]
    pub const fn amount(&self) -> Money {
        self.amount
    }

    /// What one unit of its currency is in the currency of the books.
    #[must_use]
    pub const fn rate(&self) -> ExchangeRate {
        self.rate
    }

    /// What it is worth in the currency of the books.
    #[must_use]
    pub const fn base_amount(&self) -> Money {
        self.base_amount
    }

    /// When it was paid.
    #[must_use]
    pub const fn payment_date(&self) -> Date {
        self.date
    }

    /// How.
    #[must_use]
    pub const fn method(&self) -> PaymentMethod {
        self.method
    }

    /// What the bank or the other side calls it.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    /// What people note beside it.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// What it is for, sorted by id.
    #[must_use]
    pub fn allocations(&self) -> &[Allocation] {
        &self.allocations
    }

    /// Whether it counts.
    #[must_use]
    pub const fn state(&self) -> PaymentState {
        if self.voided_at.is_some() { PaymentState::Void } else { PaymentState::Posted }
    }

    /// When it was voided.
    #[must_use]
    pub const fn voided_at(&self) -> Option<Timestamp> {
        self.voided_at
    }

    /// When it was recorded.
    #[must_use]
    pub const fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// When it was last saved.
    #[must_use]
    pub const fn updated_at(&self) -> Timestamp {
        self.updated_at
    }

    /// How often it was saved.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// What is allocated.
    #[must_use]
    pub fn allocated(&self) -> Money {
        let nothing = Money::zero(self.amount.currency());
        let add = |sum: Money, part: &Allocation| sum.plus(part.amount).unwrap_or(sum);
        self.allocations.iter().fold(nothing, add)
    }

    /// What is left as the party's credit: nothing of a void payment.
    #[must_use]
    pub fn unallocated(&self) -> Money {
        match self.state() {
            PaymentState::Void => Money::zero(self.amount.currency()),
            PaymentState::Posted => self.amount.minus(self.allocated()).unwrap_or(self.amount),
        }
    }

    /// What was gained by exchange with all allocations, in the currency of the books; a loss is
    /// below zero.
    #[must_use]
    pub fn base_gain(&self) -> Money {
        let nothing = Money::zero(self.base_amount.currency());
        let add = |sum: Money, part: &Allocation| sum.plus(part.base_gain).unwrap_or(sum);
        self.allocations.iter().fold(nothing, add)
    }

    /// The words it is found by: those of its reference and its note.
    #[must_use]
    pub fn search_words(&self) -> Vec<String> {
        let texts: Vec<&str> = [self.reference(), self.note()].into_iter().flatten().collect();
        search_words(&texts.join(" "))
    }

    /// Changes what people note on it, the one thing of a payment that changes.
    ///
    /// # Errors
    /// [`VoidPaymentError::Void`].
    pub fn annotate(
        &mut self,
        reference: Option<String>,
        note: Option<String>,
        now: Timestamp,
    ) -> Result<(), VoidPaymentError> {
        if self.state() == PaymentState::Void {
            return Err(VoidPaymentError::Void);
        }
        (self.reference, self.note) = (reference, note);
        self.touch(now);
        Ok(())
    }

    /// Voids the payment, which keeps what it says.
    ///
    /// # Errors
    /// Every variant of [`VoidPaymentError`].
    pub fn void(&mut self, now: Timestamp) -> Result<(), VoidPaymentError> {
        if self.state() == PaymentState::Void {
            return Err(VoidPaymentError::Void);
        }
        let count = self.allocations.len();
        if count > 0 {
            return Err(VoidPaymentError::HasAllocations { count });
        }
        self.voided_at = Some(now);
        self.touch(now);
        Ok(())
    }

    /// Counts one more save; several changes of one execution count once.
    pub(crate) fn touch(&mut self, now: Timestamp) {
        self.updated_at = now;
        self.version = self.version.next();
    }
}
