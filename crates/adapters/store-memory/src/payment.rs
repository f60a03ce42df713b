//! Payments in memory.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_invoicing::{PartyId, Payment, PaymentFilter, PaymentRepository, PaymentSort};
use gaara_kernel::{Id, PaymentId, SortValue, StoreError};
use uuid::Uuid;

use crate::list::Listed;
use crate::records::{add, copied, save};
use crate::store::MemoryTransaction;

#[async_trait]
impl PaymentRepository for MemoryTransaction {
    async fn add(&mut self, payment: &Payment) -> Result<(), StoreError> {
        self.with(|records| {
            add(&mut records.payments, payment.id(), Arc::new(payment.clone()), "payment.id")
        })
    }

    async fn lock(&mut self, id: PaymentId) -> Result<Option<Payment>, StoreError> {
        self.with(|records| Ok(copied(records.payments.get(&id))))
    }

    async fn save(&mut self, payment: &Payment) -> Result<(), StoreError> {
        self.with(|records| {
            save(&mut records.payments, &payment.id(), Arc::new(payment.clone()), "payment")
        })
    }
}

impl Listed<PaymentSort> for Payment {
    fn value(&self, field: PaymentSort) -> SortValue {
        match field {
            PaymentSort::PaymentDate => SortValue::Text(self.payment_date().to_string()),
            PaymentSort::CreatedAt => SortValue::Integer(self.created_at().as_millis()),
            PaymentSort::UpdatedAt => SortValue::Integer(self.updated_at().as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id().as_uuid()]
    }
}

/// Whether a payment is one of those asked for.
pub(crate) fn matches(filter: &PaymentFilter, payment: &Payment) -> bool {
    let date = payment.payment_date();
    let is_for = |invoice| payment.allocations().iter().any(|part| part.invoice == invoice);
    filter.direction.is_none_or(|direction| direction == payment.direction())
        && filter.customer.is_none_or(|id| payment.party() == PartyId::Customer(id))
        && filter.supplier.is_none_or(|id| payment.party() == PartyId::Supplier(id))
        && filter.invoice.is_none_or(is_for)
        && (filter.states.is_empty() || filter.states.contains(&payment.state()))
        && filter.paid_from.is_none_or(|from| date >= from)
        && filter.paid_to.is_none_or(|to| date <= to)
        && filter.updated_since.is_none_or(|since| payment.updated_at() >= since)
        && filter.query.as_ref().is_none_or(|query| query.matches(&payment.search_words()))
}
