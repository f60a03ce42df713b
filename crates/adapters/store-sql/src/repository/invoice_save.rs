//! Writing what hangs on a document, in a number of statements that does not grow with its lines.

use gaara_invoicing::{InvoiceContent, IssuedInvoice, NewInvoice};
use gaara_kernel::{Id, Money, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Value;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::saved;
use crate::bulk::{execute_over, insert_all};
use crate::convert::position;
use crate::entity::{
    invoice_adjustment, invoice_adjustment_part, invoice_line, invoice_tag, invoice_tax_group,
    invoice_word,
};
use crate::error::failure;
use crate::session::Session;

/// Adds lines, adjustments and tax groups.
pub(super) async fn add_parts(
    connection: &Session,
    content: &InvoiceContent,
    costs: &[Option<Money>],
) -> Result<(), StoreError> {
    insert_all::<invoice_line::Entity>(connection, invoice_line::rows(content, costs)).await?;
    let adjustments = invoice_adjustment::rows(&content.written);
    insert_all::<invoice_adjustment::Entity>(connection, adjustments).await?;
    let parts = invoice_adjustment_part::rows(content);
    insert_all::<invoice_adjustment_part::Entity>(connection, parts).await?;
    insert_all::<invoice_tax_group::Entity>(connection, invoice_tax_group::rows(content)).await
}

/// Adds tags, and the words that the document is found by.
pub(super) async fn add_words(
    connection: &Session,
    written: &NewInvoice,
    words: Vec<String>,
) -> Result<(), StoreError> {
    insert_all::<invoice_tag::Entity>(connection, invoice_tag::rows(written)).await?;
    let words = invoice_word::rows(written.id, words);
    insert_all::<invoice_word::Entity>(connection, words).await
}

/// Puts these lines, adjustments and tax groups in the place of what was there.
pub(super) async fn replace_parts(
    connection: &Session,
    content: &InvoiceContent,
    costs: &[Option<Money>],
) -> Result<(), StoreError> {
    let id = content.written.id.as_uuid();
    remove::<invoice_adjustment::Entity>(connection, invoice_adjustment::Column::InvoiceId, id)
        .await?;
    let column = invoice_adjustment_part::Column::InvoiceId;
    remove::<invoice_adjustment_part::Entity>(connection, column, id).await?;
    remove::<invoice_tax_group::Entity>(connection, invoice_tax_group::Column::InvoiceId, id)
        .await?;
    remove::<invoice_line::Entity>(connection, invoice_line::Column::InvoiceId, id).await?;
    add_parts(connection, content, costs).await
}

/// Puts these tags and words in the place of what was there.
pub(super) async fn replace_tags(
    connection: &Session,
    written: &NewInvoice,
    words: Vec<String>,
) -> Result<(), StoreError> {
    let id = written.id.as_uuid();
    remove::<invoice_tag::Entity>(connection, invoice_tag::Column::InvoiceId, id).await?;
    remove::<invoice_word::Entity>(connection, invoice_word::Column::InvoiceId, id).await?;
    add_words(connection, written, words).await
}

/// Puts these words in the place of what was there.
pub(super) async fn replace_words(
    connection: &Session,
    written: &NewInvoice,
    words: Vec<String>,
) -> Result<(), StoreError> {
    let column = invoice_word::Column::InvoiceId;
    remove::<invoice_word::Entity>(connection, column, written.id.as_uuid()).await?;
    let words = invoice_word::rows(written.id, words);
    insert_all::<invoice_word::Entity>(connection, words).await
}

/// Saves what the goods of each line cost; nothing where no goods moved.
pub(super) async fn save_costs(
    connection: &Session,
    invoice: &IssuedInvoice,
) -> Result<(), StoreError> {
    let id = invoice.content.written.id.as_uuid();
    let costs = invoice.costs.iter().enumerate();
    let rows: Vec<[Value; 3]> = costs
        .filter_map(|(line, cost)| {
            Some([id.into(), position(line).into(), (*cost)?.minor().into()])
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let changed = execute_over(connection, &rows, |rows| {
        format!(
            "WITH saved (invoice_id, position, cost) AS ({rows}) \
             UPDATE invoice_lines SET cost_minor = saved.cost FROM saved \
             WHERE invoice_lines.invoice_id = saved.invoice_id \
             AND invoice_lines.position = saved.position"
        )
    })
    .await?;
    saved(changed, rows.len(), "invoice")
}

async fn remove<E: EntityTrait>(
    connection: &Session,
    invoice: E::Column,
    id: Uuid,
) -> Result<(), StoreError> {
    E::delete_many().filter(invoice.eq(id)).exec(connection).await.map_err(failure)?;
    Ok(())
}
