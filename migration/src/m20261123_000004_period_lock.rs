//! How far the books are closed.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261123_000004_period_lock"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let up = "ALTER TABLE organizations ADD COLUMN locked_through {date}";
        dialect::run(manager.get_connection(), &[up]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let down = "ALTER TABLE organizations DROP COLUMN locked_through";
        dialect::run(manager.get_connection(), &[down]).await
    }
}
