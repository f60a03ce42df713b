//! A row of `payment_allocations`.

use gaara_invoicing::Payment;
use gaara_kernel::Id;
use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_allocations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub payment_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: Uuid,
    pub amount_minor: i64,
}

no_relations!();

/// The rows of what a payment is for.
pub(crate) fn rows(payment: &Payment) -> impl Iterator<Item = Model> {
    let payment_id = payment.id().as_uuid();
    payment.allocations().iter().map(move |allocation| Model {
        payment_id,
        invoice_id: allocation.invoice.as_uuid(),
        amount_minor: allocation.amount.minor(),
    })
}
