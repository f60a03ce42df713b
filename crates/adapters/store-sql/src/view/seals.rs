//! Seals on the audit log, read: also where somebody has damaged what they seal.

use gaara_application::{AuditCounts, AuditSeal, SealedDigest, SealedRow, SealedState};
use gaara_kernel::{AuditId, Id, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};

use crate::convert::Stored;
use crate::entity::audit_row::{LOGGED, Logged};
use crate::entity::audit_seal;
use crate::error::failure;
use crate::repository::all;
use crate::repository::seals::WAITING;
use crate::session::Session;

/// What a seal keeps of a row, and the row where it is there.
#[derive(FromQueryResult)]
struct Joined {
    seal: i64,
    audit_id: Uuid,
    digest: Vec<u8>,
    #[sea_orm(nested)]
    row: Logged,
}

impl Joined {
    fn state(self) -> SealedState {
        if self.row.id.is_none() {
            return SealedState::Missing;
        }
        self.row.row().map_or(SealedState::Unreadable, |row| SealedState::Row(Box::new(row)))
    }
}

impl TryFrom<Joined> for SealedRow {
    type Error = StoreError;

    fn try_from(row: Joined) -> Result<Self, StoreError> {
        let stored = Stored("audit_seal");
        let digest = *stored.digest(row.digest.clone())?.as_bytes();
        let kept = SealedDigest { id: AuditId::from_uuid(row.audit_id), digest };
        Ok(Self { seal: stored.number(row.seal)?, kept, state: row.state() })
    }
}

/// The rows of the seals from one number to another.
pub(super) async fn sealed_rows(
    connection: &Session,
    (first, last): (u64, u64),
) -> Result<Vec<SealedRow>, StoreError> {
    let bound = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let values = [bound(first).into(), bound(last).into()];
    let backend = connection.get_database_backend();
    let text = format!(
        "SELECT audit_sealed.seal, audit_sealed.audit_id, audit_sealed.digest, {LOGGED} \
         FROM audit_sealed LEFT JOIN audit_log ON audit_log.id = audit_sealed.audit_id \
         WHERE audit_sealed.seal BETWEEN $1 AND $2 \
         ORDER BY audit_sealed.seal, audit_sealed.position"
    );
    let statement = Statement::from_sql_and_values(backend, text, values);
    let rows = Joined::find_by_statement(statement).all(connection).await.map_err(failure)?;
    rows.into_iter().map(SealedRow::try_from).collect()
}

/// Seals after a number, by number.
pub(super) async fn seals(
    connection: &Session,
    after: u64,
    limit: u32,
) -> Result<Vec<AuditSeal>, StoreError> {
    let query = audit_seal::Entity::find()
        .filter(audit_seal::Column::Number.gt(i64::try_from(after).unwrap_or(i64::MAX)))
        .order_by_asc(audit_seal::Column::Number)
        .limit(u64::from(limit));
    all(connection, query).await?.into_iter().map(AuditSeal::try_from).collect()
}

#[derive(FromQueryResult)]
struct Counts {
    all_rows: i64,
    sealed: i64,
    unsealed: i64,
}

/// How many rows there are, and where.
pub(super) async fn counts(connection: &Session) -> Result<AuditCounts, StoreError> {
    let text = format!(
        "SELECT (SELECT COUNT(*) FROM audit_log) AS all_rows, \
         (SELECT COUNT(*) FROM audit_sealed) AS sealed, \
         (SELECT COUNT(*) FROM {WAITING}) AS unsealed"
    );
    let statement = Statement::from_string(connection.get_database_backend(), text);
    let row = Counts::find_by_statement(statement).one(connection).await.map_err(failure)?;
    let Counts { all_rows, sealed, unsealed } = Stored("audit_seal").some(row)?;
    Ok(AuditCounts { rows: all_rows, sealed, unsealed })
}

/// Rows that no seal names and that wait for none, by their ids. One whose id cannot be read is
/// left out, and missed by whoever counts.
pub(super) async fn outside(connection: &Session, limit: u32) -> Result<Vec<AuditId>, StoreError> {
    let text = format!(
        "SELECT id FROM audit_log \
         WHERE NOT EXISTS (SELECT 1 FROM audit_sealed WHERE audit_sealed.audit_id = audit_log.id) \
         AND NOT EXISTS (SELECT 1 FROM audit_unsealed WHERE audit_unsealed.audit_id = audit_log.id) \
         LIMIT {limit}"
    );
    let statement = Statement::from_string(connection.get_database_backend(), text);
    let rows = connection.query_all_raw(statement).await.map_err(failure)?;
    let ids = rows.iter().filter_map(|row| row.try_get_by_index::<Uuid>(0).ok());
    let mut ids: Vec<_> = ids.map(AuditId::from_uuid).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// Whether any row waits for a seal.
pub(super) async fn has_unsealed(connection: &Session) -> Result<bool, StoreError> {
    let text = format!("SELECT audit_id FROM {WAITING} LIMIT 1");
    let statement = Statement::from_string(connection.get_database_backend(), text);
    Ok(connection.query_one_raw(statement).await.map_err(failure)?.is_some())
}
