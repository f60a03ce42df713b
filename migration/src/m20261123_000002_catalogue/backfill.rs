//! Rows for what is stored already: the units products are counted in, and the words they and the
//! customers are found by.

use std::fmt::Write;

use gaara_kernel::search_words;
use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

use crate::made_up_id::made_up_id;

/// How many rows go into one statement.
const ROWS_MAX: usize = 1_000;

/// Adds a unit for every code that a product is counted in. Six decimals keep every quantity and
/// every level that is stored valid.
pub(super) async fn units<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    let text = "SELECT unit, MIN(created_at_ms) FROM products GROUP BY unit ORDER BY unit";
    let mut rows = Vec::new();
    for (place, row) in (0_u64..).zip(select(connection, text).await?) {
        let (code, created_at_ms): (String, i64) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        rows.push([
            Value::from(made_up_id(created_at_ms, place)),
            code.clone().into(),
            code.into(),
            created_at_ms.into(),
            created_at_ms.into(),
        ]);
    }
    let into = "WITH given (id, code, name, created, updated) AS (VALUES {rows}) \
                INSERT INTO units (id, code, name_en, created_at_ms, updated_at_ms, decimals, \
                version) SELECT id, code, name, created, updated, 6, 1 FROM given";
    insert(connection, into, &rows).await
}

/// Adds the words of all products and customers.
pub(super) async fn words<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    for (text, into) in [
        (
            "SELECT id, sku, name_ar, name_en FROM products",
            "INSERT INTO product_words (product_id, word) VALUES {rows}",
        ),
        (
            "SELECT id, tax_id, name_ar, name_en, email FROM customers",
            "INSERT INTO customer_words (customer_id, word) VALUES {rows}",
        ),
    ] {
        let mut rows = Vec::new();
        for row in select(connection, text).await? {
            let id: Uuid = row.try_get_by_index(0)?;
            let mut said = String::new();
            for column in 1..row.column_names().len() {
                let part: Option<String> = row.try_get_by_index(column)?;
                // Writing to a text cannot fail.
                let _ = write!(said, "{} ", part.unwrap_or_default());
            }
            rows.extend(search_words(&said).into_iter().map(|word| [Value::from(id), word.into()]));
        }
        insert(connection, into, &rows).await?;
    }
    Ok(())
}

async fn select<C: ConnectionTrait>(connection: &C, text: &str) -> Result<Vec<QueryResult>, DbErr> {
    let statement = Statement::from_string(connection.get_database_backend(), text);
    connection.query_all_raw(statement).await
}

/// Runs an insertion, with rows of numbered parameters in the place of `{rows}`.
async fn insert<C: ConnectionTrait, const COLUMNS: usize>(
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
