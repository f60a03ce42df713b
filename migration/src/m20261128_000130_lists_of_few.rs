//! What lists of few among many are read along.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// Most reservations are over, and most suppliers in use: whoever asks for the others passed all
/// of them in the order of the list.
const UP: &[&str] = &[
    "CREATE INDEX reservations_status ON reservations (status, created_at_ms, id)",
    "CREATE INDEX outbox_subject ON outbox (subject, sequence)",
    "CREATE INDEX suppliers_archived ON suppliers (archived_at_ms) \
     WHERE archived_at_ms IS NOT NULL",
];

const DOWN: &[&str] = &[
    "DROP INDEX suppliers_archived",
    "DROP INDEX outbox_subject",
    "DROP INDEX reservations_status",
];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261128_000130_lists_of_few"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager.get_connection(), UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager.get_connection(), DOWN).await
    }
}
