//! What lists of invoices and reports about them are read along.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// What few invoices have is met in the order that people look at it: the youngest first.
const UP: &[&str] = &[
    "CREATE INDEX invoices_customer_created ON invoices (customer_id, created_at_ms, id)",
    "CREATE INDEX invoices_status_created ON invoices (status, created_at_ms, id)",
    "CREATE INDEX invoices_payment_status_created ON invoices (payment_status, created_at_ms, id)",
];

const DOWN: &[&str] = &[
    "DROP INDEX invoices_payment_status_created",
    "DROP INDEX invoices_status_created",
    "DROP INDEX invoices_customer_created",
];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000050_reports"
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
