//! Taking an allocation back.

use gaara_identity::Permission;
use gaara_invoicing::{Allocation, Invoice, Payment, ReleaseError};
use gaara_kernel::{AllocationId, PaymentId, StoreError, Version};
use thiserror::Error;

use super::state::{PeriodLocked, Unfit, check_period, lock_payment};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Takes an allocation back, with exactly the gain or loss it had.
#[derive(Debug, Clone)]
pub struct RemoveAllocation {
    /// The payment.
    pub payment: PaymentId,
    /// The allocation.
    pub allocation: AllocationId,
    /// The version of the payment that the decision was made on, where the caller cares.
    pub expected: Option<Version>,
}

/// Why an allocation was not taken back.
#[derive(Debug, Error)]
pub enum RemoveAllocationError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// There is no such payment, or it has no such allocation.
    #[error("there is no such allocation")]
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
    /// The books of its day are closed.
    #[error(transparent)]
    Period(#[from] PeriodLocked),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(RemoveAllocationError);

impl From<Unfit> for RemoveAllocationError {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::NotFound => Self::NotFound,
            Unfit::Stale { current } => Self::Stale { current },
        }
    }
}

impl UseCase for RemoveAllocation {
    /// What is left, and what was taken back.
    type Output = (Payment, Allocation);
    type Error = RemoveAllocationError;
    const PERMISSION: Permission = Permission::PostPayments;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, RemoveAllocationError> {
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(RemoveAllocationError::NotSetUp)?;
        let mut payment = lock_payment(unit, self.payment, self.expected).await??;
        if payment.voided_at().is_some() {
            return Err(RemoveAllocationError::Void);
        }
        let wanted = |part: &&Allocation| part.id == self.allocation;
        let found = payment.allocations().iter().find(wanted).copied();
        let found = found.ok_or(RemoveAllocationError::NotFound)?;
        check_period(unit, &organization, found.allocation_date, context).await??;
        release(unit, &mut payment, &[found], context).await?;
        payment.reallocated(context.now());
        unit.payments().save(&payment).await?;
        let event = Event::new("payment.allocation_removed", payment.id(), context)
            .with("invoice", &found.invoice)
            .with("amount", &found.amount.amount());
        unit.outbox().add(&event).await?;
        Ok((payment, found))
    }

    fn audit(&self, (payment, removed): &Self::Output) -> AuditEntry {
        AuditEntry::new("payment.allocation_removed", payment.id())
            .with("allocation", &removed.id)
            .with("invoice", &removed.invoice)
            .with("amount", &removed.amount)
            .with("base_gain", &removed.base_gain)
    }
}

/// Gives allocations of a locked payment back to their invoices, and saves the invoices.
pub(super) async fn release(
    unit: &mut dyn UnitOfWork,
    payment: &mut Payment,
    allocations: &[Allocation],
    context: &Context,
) -> Result<(), StoreError> {
    let corrupt = || StoreError::Corrupt { entity: "payment" };
    let mut ids: Vec<_> = allocations.iter().map(|part| part.invoice).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut released = Vec::with_capacity(ids.len());
    for invoice in unit.invoices().lock_many(&ids).await? {
        let Invoice::Issued(mut issued) = invoice else { return Err(corrupt()) };
        let id = issued.content.written.id;
        let own = allocations.iter().filter(|part| part.invoice == id);
        for part in own {
            let taken = payment.release(part.id, &mut issued, context.now());
            taken.map_err(|_: ReleaseError| corrupt())?;
        }
        released.push(*issued);
    }
    if released.len() != ids.len() {
        return Err(corrupt());
    }
    unit.invoices().save_settlements(&released).await
}
