//! Reservations and stocktakes.

mod owner;
mod reservations;
mod stocktakes;

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// The step.
///
/// On the way down reservations end: what they held is free again, because the program before
/// knows no way to end them.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261123_000005_promises"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, reservations::UP).await?;
        dialect::run(connection, stocktakes::UP).await?;
        owner::guard(connection).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        owner::unguard(connection).await?;
        dialect::run(connection, stocktakes::DOWN).await?;
        dialect::run(connection, reservations::DOWN).await
    }
}
