//! What every change of a payment asks first: whether its day is still open, and which version.

use gaara_identity::Organization;
use gaara_invoicing::Payment;
use gaara_kernel::{Date, PaymentId, StoreError, Version};
use thiserror::Error;

use crate::context::Context;
use crate::ports::UnitOfWork;

/// The books are closed through a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the books are closed through {locked_through}")]
pub struct PeriodLocked {
    /// The last day of the closed period.
    pub locked_through: Date,
}

/// Why a payment cannot be worked on.
#[derive(Debug)]
pub(super) enum Unfit {
    NotFound,
    Stale { current: Version },
}

/// A payment, locked, at the version that the caller knows.
pub(super) async fn lock_payment(
    unit: &mut dyn UnitOfWork,
    id: PaymentId,
    expected: Option<Version>,
) -> Result<Result<Payment, Unfit>, StoreError> {
    let Some(payment) = unit.payments().lock(id).await? else { return Ok(Err(Unfit::NotFound)) };
    let current = payment.version();
    Ok(match expected {
        Some(expected) if expected != current => Err(Unfit::Stale { current }),
        _ => Ok(payment),
    })
}

/// Refuses a day of a closed period. Only days that are over can be closed, so only who books on
/// an earlier day has to keep the organisation from being changed meanwhile.
pub(super) async fn check_period(
    unit: &mut dyn UnitOfWork,
    organization: &Organization,
    day: Date,
    context: &Context,
) -> Result<Result<(), PeriodLocked>, StoreError> {
    if day >= organization.date_at(context.now()) {
        return Ok(Ok(()));
    }
    let held = unit.organization().hold().await?;
    let locked = held.and_then(|held| held.locked_through).filter(|locked| day <= *locked);
    Ok(locked.map_or(Ok(()), |locked_through| Err(PeriodLocked { locked_through })))
}
