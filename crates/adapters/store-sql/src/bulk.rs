//! Statements over many rows at once.

use std::fmt::Write;

use gaara_kernel::StoreError;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, Iden, IntoActiveModel,
    Iterable, Statement, Value,
};

use crate::error::failure;

/// The most parameters a statement takes: SQLite's limit, the smaller one.
pub(crate) const PARAMETERS_MAX: usize = 32_766;

/// Adds rows, as many to a statement as its parameters allow.
pub(crate) async fn insert_all<E: EntityTrait>(
    connection: &DatabaseTransaction,
    rows: impl IntoIterator<Item = impl IntoActiveModel<E::ActiveModel>> + Send,
) -> Result<(), StoreError>
where
    E::ActiveModel: Send + Sync,
{
    let rows: Vec<E::ActiveModel> =
        rows.into_iter().map(IntoActiveModel::into_active_model).collect();
    let columns = E::Column::iter().count().max(1);
    for chunk in rows.chunks(PARAMETERS_MAX / columns) {
        E::insert_many(chunk.iter().cloned())
            .exec_without_returning(connection)
            .await
            .map_err(failure)?;
    }
    Ok(())
}

/// Adds rows or, where their primary key exists, replaces everything else of them; answers how
/// many rows that were.
pub(crate) async fn save_all<E: EntityTrait>(
    connection: &DatabaseTransaction,
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

/// Runs a statement over a `VALUES` list, which `text` puts in its place; answers the rows it
/// changed.
pub(crate) async fn execute_over<const COLUMNS: usize>(
    connection: &DatabaseTransaction,
    rows: &[[Value; COLUMNS]],
    text: impl Fn(&str) -> String,
) -> Result<u64, StoreError> {
    let mut changed = 0;
    for chunk in rows.chunks(PARAMETERS_MAX / COLUMNS.max(1)) {
        let statement = over(connection, chunk, &text);
        let result = connection.execute_raw(statement).await.map_err(failure)?;
        changed += result.rows_affected();
    }
    Ok(changed)
}

/// Reads the rows of a query over a `VALUES` list, which `text` puts in its place.
pub(crate) async fn select_over<R: FromQueryResult, const COLUMNS: usize>(
    connection: &DatabaseTransaction,
    rows: &[[Value; COLUMNS]],
    text: impl Fn(&str) -> String,
) -> Result<Vec<R>, StoreError> {
    let mut found = Vec::with_capacity(rows.len());
    for chunk in rows.chunks(PARAMETERS_MAX / COLUMNS.max(1)) {
        let statement = over(connection, chunk, &text);
        for row in connection.query_all_raw(statement).await.map_err(failure)? {
            found.push(R::from_query_result(&row, "").map_err(failure)?);
        }
    }
    Ok(found)
}

/// A statement over one `VALUES` list.
fn over<const COLUMNS: usize>(
    connection: &DatabaseTransaction,
    rows: &[[Value; COLUMNS]],
    text: impl Fn(&str) -> String,
) -> Statement {
    let backend = connection.get_database_backend();
    let values: Vec<Value> = rows.iter().flatten().cloned().collect();
    Statement::from_sql_and_values(backend, text(&list(rows.len(), COLUMNS)), values)
}

/// `($1, $2), ($3, $4)`: numbered parameters, which both engines read.
fn list(rows: usize, columns: usize) -> String {
    let mut text = String::new();
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            let comma = if column == 0 { "" } else { ", " };
            // Writing to a text cannot fail.
            let _ = write!(text, "{comma}${}", row * columns + column + 1);
        }
        text.push(')');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn a_list_numbers_its_parameters_row_by_row() {
        assert_eq!(list(2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(list(1, 1), "($1)");
    }
}
