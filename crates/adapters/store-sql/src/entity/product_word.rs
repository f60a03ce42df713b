//! A row of `product_words`.

use gaara_inventory::Product;
use gaara_kernel::Id;
use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_words")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub word: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: Uuid,
}

no_relations!();

/// The rows of the words that a product is found by.
pub(crate) fn rows(product: &Product) -> impl Iterator<Item = Model> + use<> {
    let product_id = product.id.as_uuid();
    product.search_words().into_iter().map(move |word| Model { word, product_id })
}
