//! Where sessions came from, and when they were last used.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// The program before this one adds sessions without these columns.
const UP: &[&str] = &[
    "ALTER TABLE sessions ADD COLUMN last_used_at_ms {integer}",
    "ALTER TABLE sessions ADD COLUMN network {text} NOT NULL DEFAULT ''
        CONSTRAINT network_length CHECK (length(network) <= 64)",
    "ALTER TABLE sessions ADD COLUMN device {text} NOT NULL DEFAULT ''
        CONSTRAINT device_length CHECK (length(device) <= 64)",
    "CREATE INDEX sessions_live ON sessions (user_id, created_at_ms) WHERE ended_at_ms IS NULL",
];
const DOWN: &[&str] = &[
    "DROP INDEX sessions_live",
    "ALTER TABLE sessions DROP COLUMN device",
    "ALTER TABLE sessions DROP COLUMN network",
    "ALTER TABLE sessions DROP COLUMN last_used_at_ms",
];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000062_identity_sessions"
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
