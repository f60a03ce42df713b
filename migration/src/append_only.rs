//! Tables that can only grow: the database refuses to change or remove their rows.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};

/// The tables that can only grow, by name.
///
/// On PostgreSQL each has a trigger of its own name and `_append_only`, and a test compares both.
pub const APPEND_ONLY: [&str; 4] = ["audit_log", "audit_sealed", "audit_seals", "stock_ledger"];

/// Puts the triggers on a table. On PostgreSQL they call a function of the first step.
pub(crate) async fn guard_table<C: ConnectionTrait>(
    connection: &C,
    table: &str,
) -> Result<(), DbErr> {
    for statement in triggers(table, connection.get_database_backend()) {
        crate::dialect::execute(connection, &statement).await?;
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
