//! A row of `payments`; its allocations are rows of their own.

use gaara_invoicing::{
    Direction, ExchangeRate, NewPayment, PartyId, Payment, PaymentHistory, PaymentMethod,
    PaymentSort,
};
use gaara_kernel::{Id, SortValue, StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::{no_relations, payment_allocation};
use crate::convert::{Stored, date, text};
use crate::keyset::{Listed, Place, date_value, day, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub customer_id: Option<Uuid>,
    pub supplier_id: Option<Uuid>,
    pub direction: String,
    pub state: String,
    pub amount_minor: i64,
    pub currency: String,
    pub base_currency: Option<String>,
    pub base_rate_scaled: Option<i64>,
    pub base_amount_minor: Option<i64>,
    pub payment_date: TimeDate,
    pub method: String,
    pub reference: Option<String>,
    pub note: Option<String>,
    pub voided_at_ms: Option<i64>,
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
    pub version: i64,
}

no_relations!();

impl From<&Payment> for Model {
    fn from(payment: &Payment) -> Self {
        let party = payment.party();
        Self {
            id: payment.id().as_uuid(),
            customer_id: party.customer().map(Id::as_uuid),
            supplier_id: party.supplier().map(Id::as_uuid),
            direction: payment.direction().code().to_owned(),
            state: payment.state().code().to_owned(),
            amount_minor: payment.amount().minor(),
            currency: payment.amount().currency().code().to_owned(),
            base_currency: Some(payment.base_amount().currency().code().to_owned()),
            base_rate_scaled: Some(payment.rate().as_scaled()),
            base_amount_minor: Some(payment.base_amount().minor()),
            payment_date: date(payment.payment_date()),
            method: payment.method().code().to_owned(),
            reference: text(payment.reference()),
            note: text(payment.note()),
            voided_at_ms: payment.voided_at().map(Timestamp::as_millis),
            created_at_ms: payment.created_at().as_millis(),
            updated_at_ms: payment.updated_at().as_millis(),
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
        // The program before wrote no rate: it knew the currency of the books alone.
        let books = stored.currency(self.base_currency.as_ref().unwrap_or(&self.currency))?;
        let rate = self.base_rate_scaled.map(ExchangeRate::from_scaled).transpose();
        let day = self.payment_date;
        let allocations = allocations.into_iter().map(|row| row.allocation(currency, books, day));
        let base_minor = self.base_amount_minor.unwrap_or(self.amount_minor);
        let history = PaymentHistory {
            base_amount: stored.money(base_minor, books)?,
            allocations: allocations.collect::<Result<_, StoreError>>()?,
            voided_at: self.voided_at_ms.map(Timestamp::from_millis),
            updated_at: Timestamp::from_millis(self.updated_at_ms.max(self.created_at_ms)),
            version: stored.version(self.version)?,
        };
        let new = NewPayment {
            id: Id::from_uuid(self.id),
            direction: stored.some(Direction::from_code(&self.direction))?,
            party: self.party()?,
            amount: stored.money(self.amount_minor, currency)?,
            rate: stored.good(rate)?.unwrap_or(ExchangeRate::ONE),
            books,
            payment_date: stored.date(self.payment_date)?,
            method: stored.some(PaymentMethod::from_code(&self.method))?,
            reference: self.reference,
            note: self.note,
            created_at: Timestamp::from_millis(self.created_at_ms),
        };
        Ok(Payment::from_stored(new, history))
    }

    fn party(&self) -> Result<PartyId, StoreError> {
        match (self.customer_id, self.supplier_id) {
            (Some(customer), None) => Ok(PartyId::Customer(Id::from_uuid(customer))),
            (None, Some(supplier)) => Ok(PartyId::Supplier(Id::from_uuid(supplier))),
            _ => Err(StoreError::Corrupt { entity: "payment" }),
        }
    }
}

impl Listed for Model {
    type Field = PaymentSort;
    const KEY: &'static [Place] = &[place("payments", "id")];

    fn place(field: PaymentSort) -> Place {
        match field {
            PaymentSort::PaymentDate => day("payments", "payment_date"),
            PaymentSort::CreatedAt => place("payments", "created_at_ms"),
            PaymentSort::UpdatedAt => place("payments", "updated_at_ms"),
        }
    }

    fn value(&self, field: PaymentSort) -> SortValue {
        match field {
            PaymentSort::PaymentDate => date_value(Some(self.payment_date)),
            PaymentSort::CreatedAt => SortValue::Integer(self.created_at_ms),
            PaymentSort::UpdatedAt => SortValue::Integer(self.updated_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
