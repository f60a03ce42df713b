//! The ledger goes on where it was: it only grows, and its numbers are not given again.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};

const POSTGRES: [&str; 2] = [
    "SELECT setval(pg_get_serial_sequence('stock_ledger', 'sequence'),
        COALESCE(MAX(sequence), 0) + 1, FALSE) FROM stock_ledger",
    "CREATE TRIGGER stock_ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON stock_ledger
        FOR EACH STATEMENT EXECUTE FUNCTION gaara_refuse_change()",
];

/// SQLite counts on from the highest number by itself.
const SQLITE: [&str; 2] = [
    "CREATE TRIGGER stock_ledger_no_update BEFORE UPDATE ON stock_ledger \
     BEGIN SELECT RAISE(ABORT, 'stock_ledger is append-only'); END",
    "CREATE TRIGGER stock_ledger_no_delete BEFORE DELETE ON stock_ledger \
     BEGIN SELECT RAISE(ABORT, 'stock_ledger is append-only'); END",
];

/// Puts the triggers on a ledger that was made anew, and sets its counter.
pub(super) async fn go_on<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    let statements = match connection.get_database_backend() {
        DbBackend::Sqlite => SQLITE,
        _ => POSTGRES,
    };
    for statement in statements {
        crate::dialect::execute(connection, statement).await?;
    }
    Ok(())
}
