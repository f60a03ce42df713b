//! Voiding payments.

use gaara_identity::Permission;
use gaara_invoicing::{Allocation, Payment, VoidPaymentError};
use gaara_kernel::{PaymentId, StoreError, Version};
use thiserror::Error;

use super::remove_allocation::release;
use super::state::{PeriodLocked, Unfit, check_period, lock_payment};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Voids a payment that was recorded by mistake.
#[derive(Debug, Clone)]
pub struct VoidPayment {
    /// The payment.
    pub id: PaymentId,
    /// The version the decision was made on, where the caller cares.
    pub expected: Option<Version>,
    /// Whether its allocations are taken back first.
    pub cascade: bool,
}

/// A voided payment, and the allocations that were taken back.
#[derive(Debug, Clone)]
pub struct VoidedPayment {
    /// The payment.
    pub payment: Payment,
    /// What was taken back.
    pub removed: Vec<Allocation>,
}

/// Why a payment was not voided.
#[derive(Debug, Error)]
pub enum VoidPaymentFailure {
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
    /// The payment is void, or settles invoices.
    #[error(transparent)]
    Payment(#[from] VoidPaymentError),
    /// The books of its day, or of a day it was allocated on, are closed.
    #[error(transparent)]
    Period(#[from] PeriodLocked),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(VoidPaymentFailure);

impl From<Unfit> for VoidPaymentFailure {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::NotFound => Self::NotFound,
            Unfit::Stale { current } => Self::Stale { current },
        }
    }
}

impl UseCase for VoidPayment {
    type Output = VoidedPayment;
    type Error = VoidPaymentFailure;
    const PERMISSION: Permission = Permission::PostPayments;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<VoidedPayment, VoidPaymentFailure> {
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(VoidPaymentFailure::NotSetUp)?;
        let mut payment = lock_payment(unit, self.id, self.expected).await??;
        if payment.voided_at().is_some() {
            return Err(VoidPaymentError::Void.into());
        }
        let removed = payment.allocations().to_vec();
        if !removed.is_empty() && !self.cascade {
            return Err(VoidPaymentError::HasAllocations { count: removed.len() }.into());
        }
        let days = removed.iter().map(|part| part.allocation_date);
        // The earliest day decides: when it is open, so are the later ones.
        let day = days.fold(payment.payment_date(), Ord::min);
        check_period(unit, &organization, day, context).await??;
        release(unit, &mut payment, &removed, context).await?;
        payment.void(context.now())?;
        unit.payments().save(&payment).await?;
        let event = Event::new("payment.voided", payment.id(), context)
            .with("amount", &payment.amount().amount())
            .with("currency", &payment.amount().currency());
        unit.outbox().add(&event).await?;
        Ok(VoidedPayment { payment, removed })
    }

    fn audit(&self, VoidedPayment { payment, removed }: &VoidedPayment) -> AuditEntry {
        let entry =
            AuditEntry::new("payment.voided", payment.id()).with("amount", &payment.amount());
        removed.iter().fold(entry, |entry, part| {
            entry.with(&format!("allocation_removed.{}", part.invoice), &part.amount)
        })
    }
}
