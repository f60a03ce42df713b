//! Histories that can only grow: the database refuses to change or remove their rows.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};

const TABLES: [&str; 2] = ["audit_log", "stock_ledger"];

/// Puts the triggers on both tables.
pub(super) async fn guard<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        connection
            .execute_unprepared(
                "CREATE FUNCTION gaara_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ \
                 BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME \
                 USING ERRCODE = 'restrict_violation'; END $$",
            )
            .await?;
    }
    for table in TABLES {
        for statement in triggers(table, connection.get_database_backend()) {
            connection.execute_unprepared(&statement).await?;
        }
    }
    Ok(())
}

/// Takes away what does not go with the tables.
pub(super) async fn unguard<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    if connection.get_database_backend() == DbBackend::Postgres {
        connection.execute_unprepared("DROP FUNCTION gaara_refuse_change()").await?;
    }
    Ok(())
}

fn triggers(table: &str, backend: DbBackend) -> Vec<String> {
    if backend == DbBackend::Postgres {
        return vec![format!(
            "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} \
             FOR EACH STATEMENT EXECUTE FUNCTION gaara_refuse_change()"
        )];
    }
    ["UPDATE", "DELETE"]
        .map(|change| {
            let name = change.to_lowercase();
            format!(
                "CREATE TRIGGER {table}_no_{name} BEFORE {change} ON {table} \
                 BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        })
        .to_vec()
}
