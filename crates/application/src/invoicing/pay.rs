//! Recording payments.

use gaara_identity::Permission;
use gaara_invoicing::{
    Allocation, AllocationError, DocumentType, Invoice, IssuedInvoice, NewPayment, Payment,
    PaymentError, PaymentMethod, PaymentStatus,
};
use gaara_kernel::{CustomerId, Date, InvoiceId, Money, PaymentId, StoreError};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Records money a customer paid.
#[derive(Debug, Clone)]
pub struct RecordPayment {
    /// The id a client chose.
    pub id: Option<PaymentId>,
    /// Who paid.
    pub customer: CustomerId,
    /// How much.
    pub amount: Money,
    /// When; today when absent.
    pub payment_date: Option<Date>,
    /// How.
    pub method: PaymentMethod,
    /// What for.
    pub allocations: Vec<Allocation>,
}

/// Why a payment was not recorded.
#[derive(Debug, Error)]
pub enum RecordPaymentError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// There is no such customer.
    #[error("there is no such customer")]
    UnknownCustomer,
    /// The customer pays in another currency, or an invoice is another customer's.
    #[error("the payment does not fit the customer or the invoice")]
    Mismatch,
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
    /// The date has not come yet.
    #[error("today is {today}")]
    DateInFuture {
        /// The business date of today.
        today: Date,
    },
    /// The payment breaks a rule.
    #[error(transparent)]
    Payment(#[from] PaymentError),
    /// The invoice does not take the part.
    #[error("the invoice {invoice}: {error}")]
    Allocation {
        /// The invoice.
        invoice: InvoiceId,
        /// Why.
        error: AllocationError,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(RecordPaymentError);

impl UseCase for RecordPayment {
    type Output = Payment;
    type Error = RecordPaymentError;
    const PERMISSION: Permission = Permission::PostPayments;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Payment, RecordPaymentError> {
        let payment = self.payment(unit, context).await?;
        let customer = unit.customers().find(self.customer).await?;
        let customer = customer.ok_or(RecordPaymentError::UnknownCustomer)?;
        if customer.currency != self.amount.currency() {
            return Err(RecordPaymentError::Mismatch);
        }
        let ids: Vec<InvoiceId> = payment.allocations().iter().map(|part| part.invoice).collect();
        let invoices = unit.invoices().lock_many(&ids).await?;
        let settled = payment
            .allocations()
            .iter()
            .map(|part| settle(part, &invoices, &payment, context))
            .collect::<Result<Vec<_>, _>>()?;
        unit.invoices().save_settlements(&settled).await?;
        unit.payments().add(&payment).await?;
        publish(unit, &payment, &settled, context).await?;
        Ok(payment)
    }

    fn audit(&self, output: &Payment) -> AuditEntry {
        let entry = AuditEntry::new("payment.recorded", output.id())
            .with("customer", &output.customer())
            .with("amount", &output.amount());
        output.allocations().iter().fold(entry, |entry, part| {
            entry.with(&format!("allocation.{}", part.invoice), &part.amount)
        })
    }
}

impl RecordPayment {
    async fn payment(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Payment, RecordPaymentError> {
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(RecordPaymentError::NotSetUp)?;
        let today = organization.date_at(context.now());
        let payment_date = self.payment_date.unwrap_or(today);
        if payment_date > today {
            return Err(RecordPaymentError::DateInFuture { today });
        }
        Ok(Payment::try_new(NewPayment {
            id: context.id_or_new(self.id),
            customer: self.customer,
            amount: self.amount,
            payment_date,
            method: self.method,
            allocations: self.allocations.clone(),
            created_at: context.now(),
        })?)
    }
}

fn settle(
    part: &Allocation,
    invoices: &[Invoice],
    payment: &Payment,
    context: &Context,
) -> Result<IssuedInvoice, RecordPaymentError> {
    let invoice = part.invoice;
    let found = invoices.iter().find(|found| found.content().written.id == invoice);
    let issued = match found {
        None => return Err(RecordPaymentError::UnknownInvoice { invoice }),
        Some(Invoice::Draft(_)) => return Err(RecordPaymentError::NotIssued { invoice }),
        Some(Invoice::Void(_)) => return Err(RecordPaymentError::Void { invoice }),
        Some(Invoice::Issued(issued)) => issued,
    };
    let written = &issued.content.written;
    let is_owed = written.document_type() == DocumentType::Invoice;
    if written.party.customer() != Some(payment.customer()) || !is_owed {
        return Err(RecordPaymentError::Mismatch);
    }
    let mut settled = issued.as_ref().clone();
    settled
        .allocate(part.amount, context.now())
        .map_err(|error| RecordPaymentError::Allocation { invoice, error })?;
    Ok(settled)
}

async fn publish(
    unit: &mut dyn UnitOfWork,
    payment: &Payment,
    settled: &[IssuedInvoice],
    context: &Context,
) -> Result<(), StoreError> {
    let event = Event::new("payment.recorded", payment.id(), context)
        .with("amount", &payment.amount().amount())
        .with("currency", &payment.amount().currency());
    unit.outbox().add(&event).await?;
    let paid = settled.iter().filter(|it| it.payment_status() == PaymentStatus::Paid);
    for invoice in paid {
        let event = Event::new("invoice.paid", invoice.content.written.id, context)
            .with("number", &invoice.number.text());
        unit.outbox().add(&event).await?;
    }
    Ok(())
}
