//! Histories that can only grow: the database refuses to change or remove their rows.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};

use crate::append_only::guard_table;

const TABLES: [&str; 2] = ["audit_log", "stock_ledger"];

/// Puts the triggers on both tables.
pub(super) async fn guard<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        crate::dialect::execute(
            connection,
            "CREATE FUNCTION gaara_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ \
                 BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME \
                 USING ERRCODE = 'restrict_violation'; END $$",
        )
        .await?;
    }
    for table in TABLES {
        guard_table(connection, table).await?;
    }
    Ok(())
}

/// Takes away what does not go with the tables.
pub(super) async fn unguard<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        crate::dialect::execute(connection, "DROP FUNCTION gaara_refuse_change()").await?;
    }
    Ok(())
}
