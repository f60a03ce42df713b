//! Seals on the audit log, written; and the rows that wait for one, which views read as well.

use gaara_application::{AuditRow, AuditSeal, SealedDigest};
use gaara_kernel::{Id, StoreError};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, IntoActiveModel,
    QueryFilter, QueryOrder, Statement,
};

use super::{insert, saved};
use crate::bulk::insert_all;
use crate::convert::Stored;
use crate::entity::{audit_row, audit_seal, audit_sealed, audit_unsealed};
use crate::error::failure;
use crate::session::Session;

/// The first rows that wait for a seal: ids are made in the order of time.
pub(crate) async fn unsealed(
    connection: &Session,
    limit: u32,
    locking: &str,
) -> Result<Vec<AuditRow>, StoreError> {
    let text = format!(
        "SELECT audit_log.* FROM audit_unsealed \
         JOIN audit_log ON audit_log.id = audit_unsealed.audit_id \
         ORDER BY audit_unsealed.audit_id LIMIT {limit} {locking}"
    );
    let statement = Statement::from_string(connection.get_database_backend(), text);
    let rows = audit_row::Model::find_by_statement(statement).all(connection).await;
    rows.map_err(failure)?.into_iter().map(AuditRow::try_from).collect()
}

/// The first rows that wait for a seal, which no other sealer has.
pub(super) async fn lock_unsealed(
    connection: &Session,
    limit: u32,
) -> Result<Vec<AuditRow>, StoreError> {
    let is_postgres = connection.get_database_backend() == DbBackend::Postgres;
    let locking = if is_postgres { "FOR UPDATE OF audit_unsealed SKIP LOCKED" } else { "" };
    unsealed(connection, limit, locking).await
}

pub(crate) async fn last(connection: &Session) -> Result<Option<AuditSeal>, StoreError> {
    let query = audit_seal::Entity::find().order_by_desc(audit_seal::Column::Number);
    let row = query.one(connection).await.map_err(failure)?;
    row.map(AuditSeal::try_from).transpose()
}

pub(super) async fn add(
    connection: &Session,
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
