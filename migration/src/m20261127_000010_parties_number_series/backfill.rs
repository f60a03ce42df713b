//! Ids for the series that are there, and the series that new organisations begin with.

use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::{ConnectionTrait, Statement, Value};

use crate::made_up_id::made_up_id;

/// The kinds of documents and the codes of their first series.
const FIRST: [(&str, &str); 4] = [
    ("sale_invoice", "INV"),
    ("sale_credit_note", "CRN"),
    ("purchase_invoice", "BILL"),
    ("purchase_credit_note", "DBN"),
];

/// Gives each series an id of the instant its organisation was set up.
pub(super) async fn identify<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    let codes = "SELECT code, created_at_ms FROM number_series ORDER BY code";
    let backend = connection.get_database_backend();
    let rows = connection.query_all_raw(Statement::from_string(backend, codes)).await?;
    for (place, row) in (0_u64..).zip(rows) {
        let (code, millis): (String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let values: [Value; 2] = [made_up_id(millis, place).into(), code.into()];
        let text = "UPDATE number_series SET id = $1 WHERE code = $2";
        connection.execute_raw(Statement::from_sql_and_values(backend, text, values)).await?;
    }
    Ok(())
}

/// Adds what an organisation lacks of the series that new ones begin with.
pub(super) async fn add_first_series<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    let backend = connection.get_database_backend();
    let organization = "SELECT created_at_ms FROM organizations";
    let found = connection.query_one_raw(Statement::from_string(backend, organization)).await?;
    let Some(organization) = found else { return Ok(()) };
    let millis: i64 = organization.try_get_by_index(0)?;
    for (place, (document, code)) in (1_000_u64..).zip(FIRST) {
        let values: [Value; 5] = [
            made_up_id(millis, place).into(),
            code.into(),
            document.into(),
            format!("{code}-{{year}}-{{sequence:05}}").into(),
            millis.into(),
        ];
        let text = "INSERT INTO number_series (id, code, document, pattern, is_default, \
                    created_at_ms, updated_at_ms) VALUES ($1, $2, $3, $4, TRUE, $5, $5) \
                    ON CONFLICT (code) DO NOTHING";
        connection.execute_raw(Statement::from_sql_and_values(backend, text, values)).await?;
    }
    Ok(())
}
