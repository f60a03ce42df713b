//! A movement that names a stocktake names one that exists.
//!
//! SQLite adds no foreign key to a table that stands, so triggers keep it there, after the checks of
//! the table as a key would.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};

const POSTGRES_UP: &[&str] = &["ALTER TABLE stock_movements ADD CONSTRAINT
    stock_movements_stocktake_fkey FOREIGN KEY (stocktake_id)
    REFERENCES stocktakes (id) ON DELETE RESTRICT"];
const POSTGRES_DOWN: &[&str] =
    &["ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_stocktake_fkey"];

const SQLITE_UP: &[&str] = &[
    "CREATE TRIGGER stock_movements_stocktake_added AFTER INSERT ON stock_movements \
     WHEN NEW.stocktake_id IS NOT NULL \
     AND NOT EXISTS (SELECT 1 FROM stocktakes WHERE id = NEW.stocktake_id) \
     BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY stock_movements_stocktake_fkey failed'); END",
    "CREATE TRIGGER stock_movements_stocktake_changed AFTER UPDATE OF stocktake_id \
     ON stock_movements WHEN NEW.stocktake_id IS NOT NULL \
     AND NOT EXISTS (SELECT 1 FROM stocktakes WHERE id = NEW.stocktake_id) \
     BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY stock_movements_stocktake_fkey failed'); END",
    "CREATE TRIGGER stocktakes_moved BEFORE DELETE ON stocktakes \
     WHEN EXISTS (SELECT 1 FROM stock_movements WHERE stocktake_id = OLD.id) \
     BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY stock_movements_stocktake_fkey failed'); END",
];
const SQLITE_DOWN: &[&str] = &[
    "DROP TRIGGER stocktakes_moved",
    "DROP TRIGGER stock_movements_stocktake_changed",
    "DROP TRIGGER stock_movements_stocktake_added",
];

/// Begins to keep the reference.
pub(super) async fn guard<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    run(connection, POSTGRES_UP, SQLITE_UP).await
}

/// Lets go of the reference, and of what it refers to.
pub(super) async fn unguard<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    run(connection, POSTGRES_DOWN, SQLITE_DOWN).await?;
    let forget = "UPDATE stock_movements SET stocktake_id = NULL WHERE stocktake_id IS NOT NULL";
    crate::dialect::execute(connection, forget).await?;
    Ok(())
}

async fn run<C: ConnectionTrait>(
    connection: &C,
    postgres: &[&str],
    sqlite: &[&str],
) -> Result<(), DbErr> {
    let statements = match connection.get_database_backend() {
        DbBackend::Sqlite => sqlite,
        _ => postgres,
    };
    for statement in statements {
        crate::dialect::execute(connection, statement).await?;
    }
    Ok(())
}
