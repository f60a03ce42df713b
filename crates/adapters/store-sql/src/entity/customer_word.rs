//! A row of `customer_words`.

use gaara_invoicing::Customer;
use gaara_kernel::Id;
use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_words")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub word: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: Uuid,
}

no_relations!();

/// The rows of the words that a customer is found by.
pub(crate) fn rows(customer: &Customer) -> impl Iterator<Item = Model> + use<> {
    let customer_id = customer.id.as_uuid();
    customer.search_words().into_iter().map(move |word| Model { word, customer_id })
}
