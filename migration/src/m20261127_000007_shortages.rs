//! Reorder rules that know whether less is free than their minimum, so that what to order is found
//! without a look at all the others.

mod postgres;
mod sqlite;

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// The step.
///
/// The engine keeps the flag, so that the program before keeps it too without knowing of it.
pub(crate) struct Step;

/// What is free by the level that is stored: an overdue reservation is still counted there, so a
/// rule may be marked too early and never too late.
const FILL: &str = "UPDATE product_reorder_rules SET is_short = TRUE
    WHERE minimum_millionths > COALESCE((SELECT stock_levels.on_hand_millionths
        - stock_levels.reserved_millionths FROM stock_levels
        WHERE stock_levels.product_id = product_reorder_rules.product_id
        AND stock_levels.warehouse_id = product_reorder_rules.warehouse_id), 0)
    AND EXISTS (SELECT 1 FROM products WHERE products.id = product_reorder_rules.product_id
        AND products.archived_at_ms IS NULL)";

const UP: &[&str] = &[
    "ALTER TABLE product_reorder_rules ADD COLUMN is_short {flag} NOT NULL DEFAULT FALSE
        CONSTRAINT is_short_flag CHECK (is_short IN (FALSE, TRUE))",
    FILL,
    "CREATE INDEX product_reorder_rules_short
        ON product_reorder_rules (product_id, warehouse_id) WHERE is_short",
    "CREATE INDEX product_reorder_rules_short_warehouse
        ON product_reorder_rules (warehouse_id, product_id) WHERE is_short",
    "CREATE INDEX product_reorder_rules_short_minimum
        ON product_reorder_rules (minimum_millionths, product_id, warehouse_id) WHERE is_short",
];

const DOWN: &[&str] = &[
    "DROP INDEX product_reorder_rules_short_minimum",
    "DROP INDEX product_reorder_rules_short_warehouse",
    "DROP INDEX product_reorder_rules_short",
    "ALTER TABLE product_reorder_rules DROP COLUMN is_short",
];

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000007_shortages"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, UP).await?;
        run(connection, postgres::UP, sqlite::UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        run(connection, postgres::DOWN, sqlite::DOWN).await?;
        dialect::run(connection, DOWN).await
    }
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
