//! Changing what people note on a payment.

use gaara_identity::Permission;
use gaara_invoicing::{Payment, VoidPaymentError};
use gaara_kernel::{PaymentId, StoreError, Version};
use thiserror::Error;

use super::state::{Unfit, lock_payment};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes reference and note; everything else of a payment stays as it was recorded.
#[derive(Debug, Clone)]
pub struct ChangePayment {
    /// The payment.
    pub id: PaymentId,
    /// The version the change was made on.
    pub expected: Version,
    /// The reference; `Some(None)` takes it away.
    pub reference: Option<Option<String>>,
    /// The note; `Some(None)` takes it away.
    pub note: Option<Option<String>>,
    /// Whether anything else was to change too, which is refused.
    pub changes_rest: bool,
}

/// Why a payment was not changed.
#[derive(Debug, Error)]
pub enum ChangePaymentError {
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
    /// Amount, party, date and all the rest never change.
    #[error("a payment that was recorded does not change")]
    Immutable,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangePaymentError);

impl From<Unfit> for ChangePaymentError {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::NotFound => Self::NotFound,
            Unfit::Stale { current } => Self::Stale { current },
        }
    }
}

impl UseCase for ChangePayment {
    /// The payment before and after.
    type Output = (Payment, Payment);
    type Error = ChangePaymentError;
    const PERMISSION: Permission = Permission::PostPayments;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangePaymentError> {
        let before = lock_payment(unit, self.id, Some(self.expected)).await??;
        if before.voided_at().is_some() {
            return Err(ChangePaymentError::Void);
        }
        if self.changes_rest {
            return Err(ChangePaymentError::Immutable);
        }
        let kept = |text: Option<&str>| text.map(str::to_owned);
        let reference = self.reference.clone().unwrap_or_else(|| kept(before.reference()));
        let note = self.note.clone().unwrap_or_else(|| kept(before.note()));
        let mut after = before.clone();
        after
            .annotate(reference, note, context.now())
            .map_err(|_: VoidPaymentError| ChangePaymentError::Void)?;
        unit.payments().save(&after).await?;
        let event = Event::new("payment.changed", after.id(), context);
        unit.outbox().add(&event).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        AuditEntry::new("payment.changed", after.id())
            .with_change("reference", &text(before.reference()), &text(after.reference()))
            .with_change("note", &text(before.note()), &text(after.note()))
    }
}
