//! Stock with drafts, transfers, returns and cost layers: movements have states, lines have units.

mod before;
mod history;
mod levels;
mod movements;

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// The step.
///
/// Movements, lines and history are made anew, because SQLite cannot change a check. Their rows
/// wait in tables of their own meanwhile. On the way down only posted receipts and issues stay:
/// the step before knows no others.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261123_000003_stock"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, movements::HOLD).await?;
        dialect::run(connection, movements::UP).await?;
        dialect::run(connection, movements::FILL).await?;
        history::go_on(connection).await?;
        dialect::run(connection, levels::UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, levels::DOWN).await?;
        dialect::run(connection, before::HOLD).await?;
        dialect::run(connection, before::UP).await?;
        dialect::run(connection, before::FILL).await?;
        history::go_on(connection).await
    }
}
