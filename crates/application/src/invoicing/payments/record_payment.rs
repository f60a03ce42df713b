//! Recording payments.

use gaara_identity::{Organization, Permission};
use gaara_invoicing::{
    Direction, ExchangeRate, NewPayment, PartyId, Payment, PaymentError, PaymentMethod,
};
use gaara_kernel::{Currency, Date, Money, PaymentId, StoreError};
use thiserror::Error;

use super::settle::{SettleError, WrittenAllocation, settle};
use super::state::{PeriodLocked, check_period};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::invoicing::rates::{RateMissing, rate_at};
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Records money that came in or went out, and settles the invoices it is for.
#[derive(Debug, Clone)]
pub struct RecordPayment {
    /// The id a client chose.
    pub id: Option<PaymentId>,
    /// Whether it came in or went out.
    pub direction: Direction,
    /// Who paid, or was paid.
    pub party: PartyId,
    /// How much.
    pub amount: Money,
    /// What one unit of its currency is in the currency of the books; that of the day when absent.
    pub rate: Option<ExchangeRate>,
    /// When; today when absent.
    pub payment_date: Option<Date>,
    /// How.
    pub method: PaymentMethod,
    /// What the bank or the other side calls it.
    pub reference: Option<String>,
    /// What people note beside it.
    pub note: Option<String>,
    /// What for.
    pub allocations: Vec<WrittenAllocation>,
}

impl RecordPayment {
    /// Money that a customer paid, or that a supplier was paid, today and for nothing yet.
    #[must_use]
    pub const fn new(party: PartyId, amount: Money, method: PaymentMethod) -> Self {
        let direction = Self::usual_direction(party);
        Self {
            id: None,
            direction,
            party,
            amount,
            rate: None,
            payment_date: None,
            method,
            reference: None,
            note: None,
            allocations: Vec::new(),
        }
    }

    /// Which way money goes when nobody says: customers pay in, and suppliers are paid out.
    #[must_use]
    pub const fn usual_direction(party: PartyId) -> Direction {
        match party {
            PartyId::Customer(_) => Direction::In,
            PartyId::Supplier(_) => Direction::Out,
        }
    }

    /// The same payment, also for this invoice.
    #[must_use]
    pub fn with(mut self, invoice: gaara_kernel::InvoiceId, amount: Money) -> Self {
        self.allocations.push(WrittenAllocation { invoice, amount });
        self
    }
}

/// Why a payment was not recorded.
#[derive(Debug, Error)]
pub enum RecordPaymentError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// There is no such customer or supplier.
    #[error("there is no such party")]
    UnknownParty,
    /// The date has not come yet.
    #[error("today is {today}")]
    DateInFuture {
        /// The business date of today.
        today: Date,
    },
    /// The books of that day are closed.
    #[error(transparent)]
    Period(#[from] PeriodLocked),
    /// No exchange rate of that day is known.
    #[error(transparent)]
    RateMissing(#[from] RateMissing),
    /// A rate was given for the currency of the books, which is worth itself.
    #[error("the books are kept in {currency}")]
    BaseCurrency {
        /// The currency of the books.
        currency: Currency,
    },
    /// The payment breaks a rule.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// The invoices were not settled.
    #[error(transparent)]
    Settle(SettleError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(RecordPaymentError);

impl From<SettleError> for RecordPaymentError {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Store(error) => Self::Store(error),
            error => Self::Settle(error),
        }
    }
}

impl UseCase for RecordPayment {
    type Output = Payment;
    type Error = RecordPaymentError;
    const PERMISSION: Permission = Permission::PostPayments;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Payment, RecordPaymentError> {
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(RecordPaymentError::NotSetUp)?;
        let (mut payment, missing) = self.payment(unit, &organization, context).await?;
        let known = match self.party {
            PartyId::Customer(id) => unit.customers().find(id).await?.is_some(),
            PartyId::Supplier(id) => !unit.suppliers().hold_many(&[id]).await?.is_empty(),
        };
        if !known {
            return Err(RecordPaymentError::UnknownParty);
        }
        let day = payment.payment_date();
        settle(unit, &mut payment, &self.allocations, day, context).await?;
        // That a payment is in another currency than its invoice is told before that no rate is
        // known; whatever was settled meanwhile is undone.
        if let Some(missing) = missing {
            return Err(missing.into());
        }
        unit.payments().add(&payment).await?;
        let event = Event::new("payment.recorded", payment.id(), context)
            .with("direction", &payment.direction().code())
            .with("amount", &payment.amount().amount())
            .with("currency", &payment.amount().currency());
        unit.outbox().add(&event).await?;
        Ok(payment)
    }

    fn audit(&self, output: &Payment) -> AuditEntry {
        let entry = AuditEntry::new("payment.recorded", output.id())
            .with("direction", &output.direction().code())
            .with("party", &output.party())
            .with("amount", &output.amount())
            .with("rate", &output.rate())
            .with("payment_date", &output.payment_date());
        output.allocations().iter().fold(entry, |entry, part| {
            entry.with(&format!("allocation.{}", part.invoice), &part.amount)
        })
    }
}

impl RecordPayment {
    async fn payment(
        &self,
        unit: &mut dyn UnitOfWork,
        organization: &Organization,
        context: &Context,
    ) -> Result<(Payment, Option<RateMissing>), RecordPaymentError> {
        let today = organization.date_at(context.now());
        let payment_date = self.payment_date.unwrap_or(today);
        if payment_date > today {
            return Err(RecordPaymentError::DateInFuture { today });
        }
        check_period(unit, organization, payment_date, context).await??;
        let (currency, books) = (self.amount.currency(), organization.currency);
        let rate: Result<ExchangeRate, RateMissing> = match self.rate {
            Some(rate) if currency == books && rate != ExchangeRate::ONE => {
                return Err(RecordPaymentError::BaseCurrency { currency });
            }
            Some(rate) => Ok(rate),
            None => rate_at(unit, currency, books, payment_date).await?,
        };
        let payment = Payment::try_new(NewPayment {
            id: context.id_or_new(self.id),
            direction: self.direction,
            party: self.party,
            amount: self.amount,
            rate: rate.unwrap_or(ExchangeRate::ONE),
            books,
            payment_date,
            method: self.method,
            reference: self.reference.clone(),
            note: self.note.clone(),
            created_at: context.now(),
        })?;
        Ok((payment, rate.err()))
    }
}
