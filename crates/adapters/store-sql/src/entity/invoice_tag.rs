//! A row of `invoice_tags`.

use gaara_invoicing::NewInvoice;
use gaara_kernel::Id;
use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_tags")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tag: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: Uuid,
}

no_relations!();

/// The rows of a document's tags.
pub(crate) fn rows(written: &NewInvoice) -> impl Iterator<Item = Model> {
    let invoice_id = written.id.as_uuid();
    let tags = written.annotations.tags.iter();
    tags.map(move |tag| Model { tag: tag.to_string(), invoice_id })
}
