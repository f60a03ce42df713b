//! A row of `invoice_words`.

use gaara_kernel::{Id, InvoiceId};
use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_words")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub word: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: Uuid,
}

no_relations!();

/// The rows of the words that a document is found by.
pub(crate) fn rows(invoice: InvoiceId, words: Vec<String>) -> impl Iterator<Item = Model> {
    let invoice_id = invoice.as_uuid();
    words.into_iter().map(move |word| Model { word, invoice_id })
}
