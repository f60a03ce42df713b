//! Idempotency records, claimed before they are written.

use async_trait::async_trait;
use gaara_application::{Claim, IdempotencyKey, IdempotencyRecord, IdempotencyRepository};
use gaara_kernel::{StoreError, Timestamp};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement};

use super::{find, insert};
use crate::entity::idempotency_record::{Entity, Model};
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// How many expired records one request removes.
const FORGOTTEN_MAX: u32 = 20;

#[async_trait]
impl IdempotencyRepository for SqlTransaction {
    async fn claim(&mut self, key: &IdempotencyKey, now: Timestamp) -> Result<Claim, StoreError> {
        let connection = &self.connection;
        if !hold(connection, key).await? {
            return Ok(Claim::Held);
        }
        let row_key = (key.principal.clone(), key.route.clone(), key.key.clone());
        let Some(row) = find::<Entity>(connection, row_key.clone()).await? else {
            return Ok(Claim::Free);
        };
        if row.expires_at_ms > now.as_millis() {
            return Ok(Claim::Done(Box::new(row.try_into()?)));
        }
        Entity::delete_by_id(row_key).exec(connection).await.map_err(failure)?;
        Ok(Claim::Free)
    }

    async fn add(&mut self, record: &IdempotencyRecord) -> Result<(), StoreError> {
        forget_expired(&self.connection, record.created_at).await?;
        insert::<Entity>(&self.connection, Model::from(record)).await
    }
}

/// Removes a few records whose time is over: more than one request adds, so they never pile up.
///
/// A record that another transaction is removing is left to it.
async fn forget_expired(connection: &Session, now: Timestamp) -> Result<(), StoreError> {
    let backend = connection.get_database_backend();
    let (place, locking) = match backend {
        DbBackend::Sqlite => ("?", ""),
        _ => ("$1", "FOR UPDATE SKIP LOCKED"),
    };
    let statement = format!(
        "DELETE FROM idempotency_records WHERE (principal, route, key) IN (\
         SELECT principal, route, key FROM idempotency_records WHERE expires_at_ms <= {place} \
         ORDER BY expires_at_ms LIMIT {FORGOTTEN_MAX} {locking})"
    );
    let values = [now.as_millis().into()];
    let statement = Statement::from_sql_and_values(backend, statement, values);
    connection.execute_raw(statement).await.map_err(failure)?;
    Ok(())
}

/// Takes hold of a key until the transaction ends; `false` when another transaction holds it.
///
/// On SQLite the right to write, which every transaction has, is hold enough.
async fn hold(connection: &Session, key: &IdempotencyKey) -> Result<bool, StoreError> {
    if connection.get_database_backend() == DbBackend::Sqlite {
        return Ok(true);
    }
    let IdempotencyKey { principal, route, key } = key;
    let statement = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))",
        [format!("{principal}\n{route}\n{key}").into()],
    );
    let row = connection.query_one_raw(statement).await.map_err(failure)?;
    let held = row.map(|row| row.try_get_by_index(0)).transpose().map_err(failure)?;
    Ok(held.unwrap_or(false))
}
