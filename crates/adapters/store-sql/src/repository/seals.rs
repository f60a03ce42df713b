//! Seals on the audit log, written; and the rows that wait for one, which views read as well.

use gaara_application::{AuditRow, AuditSeal, SealedDigest, UnsealedRow};
use gaara_kernel::{AuditId, Id, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, FromQueryResult,
    IntoActiveModel, QueryFilter, QueryOrder, Statement,
};

use super::{insert, saved};
use crate::bulk::insert_all;
use crate::convert::Stored;
use crate::entity::audit_row::{LOGGED, Logged};
use crate::entity::{audit_seal, audit_sealed, audit_unsealed};
use crate::error::failure;

/// The rows that wait for a seal. A mark on a row that has one already is none of the program's.
pub(crate) const WAITING: &str = "audit_unsealed WHERE NOT EXISTS \
     (SELECT 1 FROM audit_sealed WHERE audit_sealed.audit_id = audit_unsealed.audit_id)";

/// The first rows after another one that wait for a seal: ids are made in the order of time.
pub(crate) async fn unsealed(
    connection: &DatabaseTransaction,
    after: Option<AuditId>,
    limit: u32,
    locking: &str,
) -> Result<Vec<UnsealedRow>, StoreError> {
    let text = format!(
        "SELECT {LOGGED} FROM (SELECT audit_id FROM {WAITING} AND audit_unsealed.audit_id > $1 \
         ORDER BY audit_unsealed.audit_id LIMIT {limit} {locking}) waiting \
         JOIN audit_log ON audit_log.id = waiting.audit_id ORDER BY waiting.audit_id"
    );
    let after = after.map_or(Uuid::nil(), Id::as_uuid);
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, text, [after.into()]);
    let rows = Logged::find_by_statement(statement).all(connection).await.map_err(failure)?;
    let rows = rows.into_iter().filter_map(|row| {
        let id = AuditId::from_uuid(row.id?);
        Some(UnsealedRow { id, there: row.row().map(Box::new) })
    });
    Ok(rows.collect())
}

/// The first rows that wait for a seal, which no other sealer has.
pub(super) async fn lock_unsealed(
    connection: &DatabaseTransaction,
    limit: u32,
) -> Result<Vec<AuditRow>, StoreError> {
    let is_postgres = connection.get_database_backend() == DbBackend::Postgres;
    let locking = if is_postgres { "FOR UPDATE OF audit_unsealed SKIP LOCKED" } else { "" };
    let rows = unsealed(connection, None, limit, locking).await?;
    Ok(rows.into_iter().filter_map(|row| row.there).map(|row| *row).collect())
}

pub(crate) async fn last(
    connection: &DatabaseTransaction,
) -> Result<Option<AuditSeal>, StoreError> {
    let query = audit_seal::Entity::find().order_by_desc(audit_seal::Column::Number);
    let row = query.one(connection).await.map_err(failure)?;
    row.map(AuditSeal::try_from).transpose()
}

pub(super) async fn add(
    connection: &DatabaseTransaction,
    seal: &AuditSeal,
    rows: &[SealedDigest],
) -> Result<(), StoreError> {
    let row = audit_seal::Model::try_from(seal)?;
    let number = row.number;
    insert::<audit_seal::Entity>(connection, row).await?;
    let sealed = rows.iter().zip(0..).map(|(row, position)| {
        let (audit_id, digest) = (row.id.as_uuid(), row.digest.to_vec());
        audit_sealed::Model { seal: number, position, audit_id, digest }.into_active_model()
    });
    insert_all::<audit_sealed::Entity>(connection, sealed.collect::<Vec<_>>()).await?;
    let ids = rows.iter().map(|row| row.id.as_uuid());
    let taken = audit_unsealed::Entity::delete_many()
        .filter(audit_unsealed::Column::AuditId.is_in(ids))
        .exec(connection)
        .await
        .map_err(failure)?;
    saved(taken.rows_affected, rows.len(), Stored("audit_seal").0)
}
