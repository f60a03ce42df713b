//! A row of `payments`; its allocations are rows of their own.

use gaara_invoicing::{Allocation, NewPayment, Payment, PaymentMethod, PaymentSort};
use gaara_kernel::{CustomerId, Id, PaymentId, SortValue, StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::{no_relations, payment_allocation};
use crate::convert::{Stored, date};
use crate::keyset::{Listed, Place, date_value, day, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub customer_id: Uuid,
    pub amount_minor: i64,
    pub currency: String,
    pub payment_date: TimeDate,
    pub method: String,
    pub created_at_ms: i64,
    pub version: i64,
}

no_relations!();

impl From<&Payment> for Model {
    fn from(payment: &Payment) -> Self {
        Self {
            id: payment.id().as_uuid(),
            customer_id: payment.customer().as_uuid(),
            amount_minor: payment.amount().minor(),
            currency: payment.amount().currency().code().to_owned(),
            payment_date: date(payment.payment_date()),
            method: payment.method().code().to_owned(),
            created_at_ms: payment.created_at().as_millis(),
            version: payment.version().number().into(),
        }
    }
}

impl Model {
    pub(crate) fn with_allocations(
        self,
        allocations: Vec<payment_allocation::Model>,
    ) -> Result<Payment, StoreError> {
        let stored = Stored("payment");
        let currency = stored.currency(&self.currency)?;
        let allocations = allocations
            .into_iter()
            .map(|row| {
                Ok(Allocation {
                    invoice: Id::from_uuid(row.invoice_id),
                    amount: stored.money(row.amount_minor, currency)?,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        stored.good(Payment::try_new(NewPayment {
            id: PaymentId::from_uuid(self.id),
            customer: CustomerId::from_uuid(self.customer_id),
            amount: stored.money(self.amount_minor, currency)?,
            payment_date: stored.date(self.payment_date)?,
            method: stored.some(PaymentMethod::from_code(&self.method))?,
            allocations,
            created_at: Timestamp::from_millis(self.created_at_ms),
        }))
    }
}

impl Listed for Model {
    type Field = PaymentSort;
    const KEY: &'static [Place] = &[place("payments", "id")];

    fn place(field: PaymentSort) -> Place {
        match field {
            PaymentSort::PaymentDate => day("payments", "payment_date"),
            PaymentSort::CreatedAt => place("payments", "created_at_ms"),
        }
    }

    fn value(&self, field: PaymentSort) -> SortValue {
        match field {
            PaymentSort::PaymentDate => date_value(Some(self.payment_date)),
            PaymentSort::CreatedAt => SortValue::Integer(self.created_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
