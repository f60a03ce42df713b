//! Reading and adding rows while the schema changes.

use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

/// How many rows go into one statement.
const ROWS_MAX: usize = 1_000;

/// The rows of a query.
///
/// # Errors
/// Whatever the database answers.
pub(crate) async fn select<C: ConnectionTrait>(
    connection: &C,
    text: &str,
) -> Result<Vec<QueryResult>, DbErr> {
    let statement = Statement::from_string(connection.get_database_backend(), text);
    connection.query_all_raw(statement).await
}

/// Runs an insertion, with rows of numbered parameters in the place of `{rows}`.
///
/// # Errors
/// Whatever the database answers.
pub(crate) async fn insert<C: ConnectionTrait, const COLUMNS: usize>(
    connection: &C,
    into: &str,
    rows: &[[Value; COLUMNS]],
) -> Result<(), DbErr> {
    for chunk in rows.chunks(ROWS_MAX) {
        let row = |at: usize| {
            let places: Vec<String> =
                (1..=COLUMNS).map(|column| format!("${}", at * COLUMNS + column)).collect();
            format!("({})", places.join(", "))
        };
        let list: Vec<String> = (0..chunk.len()).map(row).collect();
        let text = into.replace("{rows}", &list.join(", "));
        let values: Vec<Value> = chunk.iter().flatten().cloned().collect();
        let backend = connection.get_database_backend();
        connection.execute_raw(Statement::from_sql_and_values(backend, text, values)).await?;
    }
    Ok(())
}
