//! A row of `supplier_words`.

use gaara_inventory::Supplier;
use gaara_kernel::Id;
use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "supplier_words")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub word: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub supplier_id: Uuid,
}

no_relations!();

/// The rows of the words that a supplier is found by.
pub(crate) fn rows(supplier: &Supplier) -> impl Iterator<Item = Model> + use<> {
    let supplier_id = supplier.id.as_uuid();
    supplier.search_words().into_iter().map(move |word| Model { word, supplier_id })
}
