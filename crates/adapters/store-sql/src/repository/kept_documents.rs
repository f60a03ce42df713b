//! Issued documents, read: also where somebody has damaged what they consist of.

use gaara_invoicing::{ContentDigest, Invoice, InvoiceStatus, IssuedInvoice, KeptDocument};
use gaara_kernel::{Id, InvoiceId, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::all;
use super::invoice::find_by_id;
use super::invoice_parts::with_parts;
use crate::entity::invoice::{Column, Entity};
use crate::error::failure;
use crate::session::Session;

/// Issued documents after another one, by id.
pub(crate) async fn list(
    connection: &Session,
    after: Option<InvoiceId>,
    limit: u32,
) -> Result<Vec<KeptDocument>, StoreError> {
    let after = after.map(|after| Column::Id.gt(after.as_uuid()));
    let ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Status.ne(InvoiceStatus::Draft.code()))
        .filter(Condition::all().add_option(after))
        .order_by_asc(Column::Id)
        .limit(u64::from(limit))
        .into_tuple()
        .all(connection)
        .await
        .map_err(failure)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(together) = readable(read_together(connection, &ids).await)? {
        return Ok(together);
    }
    // One that cannot be read keeps none of the others from being read.
    let mut documents = Vec::with_capacity(ids.len());
    for id in ids.into_iter().map(InvoiceId::from_uuid) {
        let found = readable(find_by_id(connection, id).await)?.flatten();
        documents.push(KeptDocument { id, issued: found.as_ref().and_then(issued) });
    }
    Ok(documents)
}

async fn read_together(
    connection: &Session,
    ids: &[Uuid],
) -> Result<Vec<KeptDocument>, StoreError> {
    let query = Entity::find().filter(Column::Id.is_in(ids.iter().copied()));
    let rows = all(connection, query.order_by_asc(Column::Id)).await?;
    let documents = with_parts(connection, rows).await?.into_iter();
    let kept = |document: Invoice| KeptDocument {
        id: document.content().written.id,
        issued: issued(&document),
    };
    Ok(documents.map(kept).collect())
}

/// What was read; nothing where rows are there and make no sense.
fn readable<T>(read: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(StoreError::Corrupt { .. } | StoreError::Internal(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn issued(document: &Invoice) -> Option<Box<IssuedInvoice>> {
    document.as_issued().cloned().map(Box::new)
}

/// The digests of those of these documents that were issued.
pub(crate) async fn digests(
    connection: &Session,
    ids: &[InvoiceId],
) -> Result<Vec<(InvoiceId, Option<ContentDigest>)>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid, Option<Vec<u8>>)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Digest])
        .filter(Column::Id.is_in(ids.iter().map(|id| id.as_uuid())))
        .filter(Column::Status.ne(InvoiceStatus::Draft.code()))
        .into_tuple()
        .all(connection)
        .await
        .map_err(failure)?;
    let digest = |bytes: Vec<u8>| bytes.try_into().ok().map(ContentDigest::new);
    let kept =
        |(id, bytes): (Uuid, Option<Vec<u8>>)| (InvoiceId::from_uuid(id), bytes.and_then(digest));
    Ok(rows.into_iter().map(kept).collect())
}
