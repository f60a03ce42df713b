//! A row of `payment_words`.

use gaara_invoicing::Payment;
use gaara_kernel::Id;
use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_words")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub word: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub payment_id: Uuid,
}

no_relations!();

/// The rows of the words that a payment is found by.
pub(crate) fn rows(payment: &Payment) -> impl Iterator<Item = Model> + use<> {
    let payment_id = payment.id().as_uuid();
    payment.search_words().into_iter().map(move |word| Model { word, payment_id })
}
