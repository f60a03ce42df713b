//! Words for the documents that are stored already.

use gaara_kernel::search_words;
use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{ConnectionTrait, Value};

use crate::rows::{insert, select};

/// Adds the words of every invoice that was issued before: its number and its customer.
pub(super) async fn backfill<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    let text = "SELECT id, number, party_name_ar, party_name_en FROM invoices \
                WHERE number IS NOT NULL";
    let mut rows = Vec::new();
    for row in select(connection, text).await? {
        let id: Uuid = row.try_get_by_index(0)?;
        let mut said = Vec::new();
        for column in 1..4 {
            let part: Option<String> = row.try_get_by_index(column)?;
            said.extend(part);
        }
        let words = search_words(&said.join(" "));
        rows.extend(words.into_iter().map(|word| [Value::from(id), word.into()]));
    }
    let into = "INSERT INTO invoice_words (invoice_id, word) VALUES {rows}";
    insert(connection, into, &rows).await
}
