//! Payments and what they are for.

use std::collections::BTreeMap;

use gaara_kernel::{CustomerId, Date, InvoiceId, Money, MoneyError, PaymentId, Timestamp, Version};
use thiserror::Error;

/// How money came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentMethod {
    /// Notes and coins.
    Cash,
    /// A transfer between banks.
    BankTransfer,
    /// A card.
    Card,
    /// A cheque.
    Cheque,
    /// Anything else.
    Other,
}

impl PaymentMethod {
    /// Every method.
    pub const ALL: [Self; 5] =
        [Self::Cash, Self::BankTransfer, Self::Card, Self::Cheque, Self::Other];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::BankTransfer => "bank_transfer",
            Self::Card => "card",
            Self::Cheque => "cheque",
            Self::Other => "other",
        }
    }

    /// Finds a method by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }
}

/// A part of a payment that settles an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// The invoice.
    pub invoice: InvoiceId,
    /// How much.
    pub amount: Money,
}

/// Why a payment was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PaymentError {
    /// The amount is zero or less.
    #[error("a payment must be greater than zero")]
    NotPositive,
    /// The allocations add up to more than was paid.
    #[error("the allocations add up to more than {amount}")]
    ExceedsAmount {
        /// What was paid.
        amount: Money,
    },
    /// An allocation is in another currency, or too large to add.
    #[error("the allocations cannot be added")]
    Mismatch,
}

impl From<MoneyError> for PaymentError {
    fn from(_: MoneyError) -> Self {
        Self::Mismatch
    }
}

/// Money a customer paid. What is not allocated stays the customer's credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    id: PaymentId,
    customer: CustomerId,
    amount: Money,
    date: Date,
    method: PaymentMethod,
    allocations: Vec<Allocation>,
    created_at: Timestamp,
    version: Version,
}

/// A payment as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPayment {
    /// The id.
    pub id: PaymentId,
    /// Who paid.
    pub customer: CustomerId,
    /// How much.
    pub amount: Money,
    /// When it was paid.
    pub payment_date: Date,
    /// How.
    pub method: PaymentMethod,
    /// What for.
    pub allocations: Vec<Allocation>,
    /// When it was recorded.
    pub created_at: Timestamp,
}

impl Payment {
    /// Checks a payment; allocations to one invoice are added up.
    ///
    /// # Errors
    /// Every variant of [`PaymentError`].
    pub fn try_new(new: NewPayment) -> Result<Self, PaymentError> {
        let NewPayment { id, customer, amount, payment_date, method, allocations, created_at } =
            new;
        if !amount.is_positive() {
            return Err(PaymentError::NotPositive);
        }
        let mut sums: BTreeMap<InvoiceId, Money> = BTreeMap::new();
        let mut total = Money::zero(amount.currency());
        for allocation in allocations {
            let sum = sums.entry(allocation.invoice).or_insert(Money::zero(amount.currency()));
            *sum = sum.plus(allocation.amount)?;
            total = total.plus(allocation.amount)?;
        }
        if total.minor() > amount.minor() {
            return Err(PaymentError::ExceedsAmount { amount });
        }
        let allocations =
            sums.into_iter().map(|(invoice, amount)| Allocation { invoice, amount }).collect();
        let version = Version::FIRST;
        Ok(Self {
            id,
            customer,
            amount,
            date: payment_date,
            method,
            allocations,
            created_at,
            version,
        })
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> PaymentId {
        self.id
    }

    /// Who paid.
    #[must_use]
    pub const fn customer(&self) -> CustomerId {
        self.customer
    }

    /// How much.
    #[must_use]
    pub const fn amount(&self) -> Money {
        self.amount
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

    /// What for: one allocation to an invoice, sorted by invoice.
    #[must_use]
    pub fn allocations(&self) -> &[Allocation] {
        &self.allocations
    }

    /// When it was recorded.
    #[must_use]
    pub const fn created_at(&self) -> Timestamp {
        self.created_at
    }

    /// How often it was saved.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// What is left as the customer's credit.
    #[must_use]
    pub fn unallocated(&self) -> Money {
        self.allocations
            .iter()
            .fold(self.amount, |rest, allocation| rest.minus(allocation.amount).unwrap_or(rest))
    }
}

#[cfg(test)]
mod tests {
    use gaara_kernel::{Currency, Id, parse_date};

    use super::*;

    fn sar(text: &str) -> Money {
        Money::parse(text, Currency::parse("SAR").unwrap()).unwrap()
    }

    fn invoice(number: u8) -> InvoiceId {
        InvoiceId::from_uuid(
            format!("00000000-0000-7000-8000-0000000000{number:02}").parse().unwrap(),
        )
    }

    fn payment(amount: &str, parts: &[(u8, &str)]) -> Result<Payment, PaymentError> {
        let nil = "00000000-0000-7000-8000-000000000000".parse().unwrap();
        Payment::try_new(NewPayment {
            id: PaymentId::from_uuid(nil),
            customer: CustomerId::from_uuid(nil),
            amount: sar(amount),
            payment_date: parse_date("2026-11-23").unwrap(),
            method: PaymentMethod::Cash,
            allocations: parts
                .iter()
                .map(|(number, amount)| Allocation {
                    invoice: invoice(*number),
                    amount: sar(amount),
                })
                .collect(),
            created_at: Timestamp::from_millis(0),
        })
    }

    /// Row P-02 of the rules.
    #[test]
    fn what_is_not_allocated_stays_the_customers_credit() {
        let payment = payment("110", &[(1, "100")]).unwrap();
        assert_eq!(payment.unallocated(), sar("10"));
    }

    #[test]
    fn two_parts_for_one_invoice_count_together() {
        let payment = payment("100", &[(1, "60"), (2, "10"), (1, "30")]).unwrap();
        assert_eq!(payment.allocations()[0].amount, sar("90"));
        assert_eq!(payment.allocations().len(), 2);
    }

    #[test]
    fn more_than_was_paid_cannot_be_allocated() {
        let error = payment("100", &[(1, "60"), (2, "41")]).unwrap_err();
        assert_eq!(error, PaymentError::ExceedsAmount { amount: sar("100") });
        assert_eq!(payment("0", &[]).unwrap_err(), PaymentError::NotPositive);
    }
}
