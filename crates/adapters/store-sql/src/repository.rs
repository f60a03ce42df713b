//! The repositories of an open transaction, and the reading they share with views.

mod account_link;
pub(crate) mod api_key;
pub(crate) mod category;
pub(crate) mod customer;
pub(crate) mod exchange_rate;
mod idempotency;
pub(crate) mod invoice;
mod invoice_credit;
mod invoice_parts;
mod invoice_save;
pub(crate) mod kept_documents;
mod layers;
pub(crate) mod movement;
pub(crate) mod movement_parts;
pub(crate) mod organization;
mod passkey;
pub(crate) mod payment;
pub(crate) mod product;
pub(crate) mod product_parts;
pub(crate) mod reservation;
pub(crate) mod role;
pub(crate) mod seals;
mod second_factor;
pub(crate) mod series;
mod session;
mod setup;
pub(crate) mod stock;
pub(crate) mod stocktake;
pub(crate) mod stocktake_scope;
mod supplier;
pub(crate) mod tax_rate;
pub(crate) mod token_lists;
mod trails;
pub(crate) mod unit;
mod user;
mod warehouse;

use gaara_kernel::{StoreError, Timestamp};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, PrimaryKeyTrait, Select, Statement,
    Value,
};

use crate::error::failure;
use crate::session::Session;

/// How many rows that are over one request removes.
const FORGOTTEN_MAX: u32 = 20;

/// Removes a few rows whose time is over: more than one request adds, so they never pile up.
///
/// A row that another transaction holds is left to it.
async fn forget(
    connection: &Session,
    table: &str,
    key: &str,
    over: &str,
    instant: Timestamp,
) -> Result<(), StoreError> {
    let backend = connection.get_database_backend();
    let locking = if backend == DbBackend::Sqlite { "" } else { "FOR UPDATE SKIP LOCKED" };
    let text = format!(
        "DELETE FROM {table} WHERE ({key}) IN \
         (SELECT {key} FROM {table} WHERE {over} LIMIT {FORGOTTEN_MAX} {locking})"
    );
    let statement = Statement::from_sql_and_values(backend, text, [instant.as_millis().into()]);
    connection.execute_raw(statement).await.map_err(failure)?;
    Ok(())
}

/// Adds one row.
async fn insert<E: EntityTrait>(
    connection: &Session,
    row: impl IntoActiveModel<E::ActiveModel>,
) -> Result<(), StoreError> {
    let row = row.into_active_model();
    E::insert(row).exec_without_returning(connection).await.map_err(failure)?;
    Ok(())
}

/// The row of a primary key.
pub(crate) async fn find<E: EntityTrait>(
    connection: &Session,
    key: impl Into<<E::PrimaryKey as PrimaryKeyTrait>::ValueType>,
) -> Result<Option<E::Model>, StoreError> {
    E::find_by_id(key).one(connection).await.map_err(failure)
}

/// The rows of a query.
pub(crate) async fn all<E: EntityTrait>(
    connection: &Session,
    query: Select<E>,
) -> Result<Vec<E::Model>, StoreError> {
    query.all(connection).await.map_err(failure)
}

/// Whether a query has any row.
async fn exists(
    connection: &Session,
    text: &str,
    values: impl IntoIterator<Item = Value> + Send,
) -> Result<bool, StoreError> {
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, text, values);
    Ok(connection.query_one_raw(statement).await.map_err(failure)?.is_some())
}

/// Refuses a save that found no row, or not all of them.
fn saved(rows: u64, expected: usize, entity: &'static str) -> Result<(), StoreError> {
    if u64::try_from(expected) == Ok(rows) { Ok(()) } else { Err(StoreError::Corrupt { entity }) }
}
