//! A row of `payment_allocations`.

use gaara_invoicing::{Allocation, Payment};
use gaara_kernel::{Currency, Id, StoreError};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, date};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_allocations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub payment_id: Uuid,
    pub invoice_id: Uuid,
    pub amount_minor: i64,
    pub base_amount_minor: Option<i64>,
    pub base_settled_minor: Option<i64>,
    pub base_gain_minor: Option<i64>,
    pub allocation_date: Option<TimeDate>,
    pub settled_on: Option<TimeDate>,
}

no_relations!();

/// The rows of what a payment is for.
pub(crate) fn rows(payment: &Payment) -> impl Iterator<Item = Model> {
    let payment_id = payment.id().as_uuid();
    payment.allocations().iter().map(move |allocation| Model {
        id: allocation.id.as_uuid(),
        payment_id,
        invoice_id: allocation.invoice.as_uuid(),
        amount_minor: allocation.amount.minor(),
        base_amount_minor: Some(allocation.base_amount.minor()),
        base_settled_minor: Some(allocation.base_settled.minor()),
        base_gain_minor: Some(allocation.base_gain.minor()),
        allocation_date: Some(date(allocation.allocation_date)),
        settled_on: Some(date(allocation.allocation_date)),
    })
}

impl Model {
    /// The allocation of a payment of this currency and day. The program before wrote neither
    /// values nor days: it knew the currency of the books alone.
    pub(crate) fn allocation(
        self,
        currency: Currency,
        books: Currency,
        payment_date: TimeDate,
    ) -> Result<Allocation, StoreError> {
        let stored = Stored("payment");
        let base = |minor: Option<i64>, par: i64| stored.money(minor.unwrap_or(par), books);
        Ok(Allocation {
            id: Id::from_uuid(self.id),
            invoice: Id::from_uuid(self.invoice_id),
            amount: stored.money(self.amount_minor, currency)?,
            base_amount: base(self.base_amount_minor, self.amount_minor)?,
            base_settled: base(self.base_settled_minor, self.amount_minor)?,
            base_gain: base(self.base_gain_minor, 0)?,
            allocation_date: stored.date(self.settled_on.unwrap_or(payment_date))?,
        })
    }
}
