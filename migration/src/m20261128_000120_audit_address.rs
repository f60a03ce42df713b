//! Where somebody asked from, in the audit log.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

const UP: &[&str] = &[
    "ALTER TABLE audit_log ADD COLUMN address {code}
        CONSTRAINT address_length CHECK (length(address) BETWEEN 2 AND 45)",
    "CREATE INDEX audit_log_trace ON audit_log (trace, at_ms, id)",
];

const DOWN: &[&str] = &["DROP INDEX audit_log_trace", "ALTER TABLE audit_log DROP COLUMN address"];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261128_000120_audit_address"
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
