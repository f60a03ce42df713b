//! What of an invoice is due when, where it is not all due on one day.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// The step.
pub(crate) struct Step;

const UP: &str = "CREATE TABLE invoice_instalments (
        invoice_id {id} NOT NULL CONSTRAINT invoice_instalments_invoice_fkey
            REFERENCES invoices (id) ON DELETE CASCADE,
        position {position},
        due_date {date} NOT NULL,
        amount_minor {integer} NOT NULL
            CONSTRAINT instalment_not_negative CHECK (amount_minor >= 0),
        PRIMARY KEY (invoice_id, position),
        CONSTRAINT invoice_instalments_date_key UNIQUE (invoice_id, due_date)
    ) {strict}";

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000022_instalments"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager.get_connection(), &[UP]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager.get_connection(), &["DROP TABLE invoice_instalments"]).await
    }
}
