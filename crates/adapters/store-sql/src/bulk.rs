//! Statements over many rows at once.

mod list;

use gaara_kernel::StoreError;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, EntityTrait, FromQueryResult, Iden, IntoActiveModel,
    Iterable, Statement, Value,
};

use self::list::List;
use crate::error::failure;
use crate::session::Session;

/// The most parameters a statement takes: SQLite's limit, the smaller one.
pub(crate) const PARAMETERS_MAX: usize = 32_766;

/// Adds rows, as many to a statement as its parameters allow; all have the same columns set.
///
/// The text is written here and not by the query builder, which makes an expression of every value
/// and takes longer over a long list than SQLite does.
pub(crate) async fn insert_all<E: EntityTrait>(
    connection: &Session,
    rows: impl IntoIterator<Item = impl IntoActiveModel<E::ActiveModel>> + Send,
) -> Result<(), StoreError>
where
    E::ActiveModel: Send + Sync,
{
    let rows: Vec<E::ActiveModel> =
        rows.into_iter().map(IntoActiveModel::into_active_model).collect();
    let Some(first) = rows.first() else { return Ok(()) };
    let columns: Vec<E::Column> =
        E::Column::iter().filter(|it| !first.get(*it).is_not_set()).collect();
    let names: Vec<String> = columns.iter().map(|it| format!("\"{}\"", it.to_string())).collect();
    let head = format!("INSERT INTO \"{}\" ({}) ", E::default().table_name(), names.join(", "));
    let backend = connection.get_database_backend();
    for chunk in rows.chunks(PARAMETERS_MAX / columns.len().max(1)) {
        let mut values: Vec<Value> = Vec::with_capacity(chunk.len() * columns.len());
        for row in chunk {
            values.extend(columns.iter().filter_map(|it| row.get(*it).into_value()));
        }
        if values.len() != chunk.len() * columns.len() {
            return Err(StoreError::Internal("rows of one statement have other columns".into()));
        }
        let list = List::of(backend, values, columns.len())?;
        let text = head.clone() + &list.text;
        let statement = Statement::from_sql_and_values(backend, text, list.values);
        connection.execute_raw(statement).await.map_err(failure)?;
    }
    Ok(())
}

/// Adds rows or, where their primary key exists, replaces everything else of them; answers how
/// many rows that were.
pub(crate) async fn save_all<E: EntityTrait>(
    connection: &Session,
    rows: impl IntoIterator<Item = impl IntoActiveModel<E::ActiveModel>> + Send,
) -> Result<u64, StoreError>
where
    E::ActiveModel: Send + Sync,
{
    let rows: Vec<E::ActiveModel> =
        rows.into_iter().map(IntoActiveModel::into_active_model).collect();
    let keys: Vec<String> = E::PrimaryKey::iter().map(|key| key.to_string()).collect();
    let others = || E::Column::iter().filter(|column| !keys.contains(&column.to_string()));
    let columns = E::Column::iter().count().max(1);
    let mut saved = 0;
    for chunk in rows.chunks(PARAMETERS_MAX / columns) {
        let replace =
            OnConflict::columns(E::PrimaryKey::iter()).update_columns(others()).to_owned();
        saved += E::insert_many(chunk.iter().cloned())
            .on_conflict(replace)
            .exec_without_returning(connection)
            .await
            .map_err(failure)?;
    }
    Ok(saved)
}

/// Runs a statement over a list of rows, which `text` puts in its place; answers the rows it
/// changed.
pub(crate) async fn execute_over<const COLUMNS: usize>(
    connection: &Session,
    rows: &[[Value; COLUMNS]],
    text: impl Fn(&str) -> String,
) -> Result<u64, StoreError> {
    let mut changed = 0;
    for chunk in rows.chunks(PARAMETERS_MAX / COLUMNS.max(1)) {
        let statement = over(connection, chunk, &text)?;
        let result = connection.execute_raw(statement).await.map_err(failure)?;
        changed += result.rows_affected();
    }
    Ok(changed)
}

/// Reads the rows of a query with its parameters.
pub(crate) async fn select<R: FromQueryResult, const VALUES: usize>(
    connection: &Session,
    text: &str,
    values: [Value; VALUES],
) -> Result<Vec<R>, StoreError> {
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, text, values);
    let rows = connection.query_all_raw(statement).await.map_err(failure)?;
    rows.iter().map(|row| R::from_query_result(row, "").map_err(failure)).collect()
}

/// Reads the rows of a query over a list of rows, which `text` puts in its place.
///
/// Such a query joins a table by `CROSS JOIN` and a condition: SQLite then looks up each row of the
/// list. By `JOIN` it guesses that a long list is worth a walk through the whole table.
pub(crate) async fn select_over<R: FromQueryResult, const COLUMNS: usize>(
    connection: &Session,
    rows: &[[Value; COLUMNS]],
    text: impl Fn(&str) -> String,
) -> Result<Vec<R>, StoreError> {
    let mut found = Vec::with_capacity(rows.len());
    for chunk in rows.chunks(PARAMETERS_MAX / COLUMNS.max(1)) {
        let statement = over(connection, chunk, &text)?;
        for row in connection.query_all_raw(statement).await.map_err(failure)? {
            found.push(R::from_query_result(&row, "").map_err(failure)?);
        }
    }
    Ok(found)
}

/// A statement over one list of rows.
fn over<const COLUMNS: usize>(
    connection: &Session,
    rows: &[[Value; COLUMNS]],
    text: impl Fn(&str) -> String,
) -> Result<Statement, StoreError> {
    let backend = connection.get_database_backend();
    let values: Vec<Value> = rows.iter().flatten().cloned().collect();
    let list = List::of(backend, values, COLUMNS)?;
    Ok(Statement::from_sql_and_values(backend, text(&list.text), list.values))
}
