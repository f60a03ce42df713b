//! Allocating what is left of a payment.

use gaara_identity::Permission;
use gaara_invoicing::{AllocateError, Payment};
use gaara_kernel::{PaymentId, StoreError, Version};
use thiserror::Error;

use super::settle::{SettleError, WrittenAllocation, settle};
use super::state::{Unfit, lock_payment};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Settles invoices with what is left of a payment. It counts today, whenever the money came.
#[derive(Debug, Clone)]
pub struct AllocatePayment {
    /// The payment.
    pub id: PaymentId,
    /// The version the decision was made on, where the caller cares.
    pub expected: Option<Version>,
    /// What for.
    pub allocations: Vec<WrittenAllocation>,
}

/// Why a payment was not allocated.
#[derive(Debug, Error)]
pub enum AllocatePaymentError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// There is no such payment.
    #[error("there is no such payment")]
    NotFound,
    /// Somebody changed the payment meanwhile.
    #[error("the payment is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The payment is void.
    #[error("the payment is void")]
    Void,
    /// The invoices were not settled.
    #[error(transparent)]
    Settle(SettleError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(AllocatePaymentError);

impl From<SettleError> for AllocatePaymentError {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Store(error) => Self::Store(error),
            SettleError::Refused { error: AllocateError::Void, .. } => Self::Void,
            error => Self::Settle(error),
        }
    }
}

impl From<Unfit> for AllocatePaymentError {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::NotFound => Self::NotFound,
            Unfit::Stale { current } => Self::Stale { current },
        }
    }
}

impl UseCase for AllocatePayment {
    type Output = Payment;
    type Error = AllocatePaymentError;
    const PERMISSION: Permission = Permission::PostPayments;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Payment, AllocatePaymentError> {
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(AllocatePaymentError::NotSetUp)?;
        let mut payment = lock_payment(unit, self.id, self.expected).await??;
        if payment.voided_at().is_some() {
            return Err(AllocatePaymentError::Void);
        }
        let today = organization.date_at(context.now());
        settle(unit, &mut payment, &self.allocations, today, context).await?;
        payment.reallocated(context.now());
        unit.payments().save(&payment).await?;
        let event = Event::new("payment.allocated", payment.id(), context)
            .with("unallocated", &payment.unallocated().amount());
        unit.outbox().add(&event).await?;
        Ok(payment)
    }

    fn audit(&self, output: &Payment) -> AuditEntry {
        let entry = AuditEntry::new("payment.allocated", output.id());
        self.allocations.iter().fold(entry, |entry, part| {
            entry.with(&format!("allocation.{}", part.invoice), &part.amount)
        })
    }
}
