//! Settlement: what documents and payments are worth in the books, payments either way, and
//! allocations that can be taken back.

mod payments;

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;
use crate::rebuild::rebuild;

/// The step.
pub(crate) struct Step;

/// A document that was issued before rates were known counts at par: only documents in the
/// currency of the books could be issued then. The program before leaves these columns empty.
const INVOICES_UP: &[&str] = &[
    "ALTER TABLE invoices ADD COLUMN base_currency {code_3}",
    "ALTER TABLE invoices ADD COLUMN base_rate_scaled {integer} CONSTRAINT base_rate_range
        CHECK (base_rate_scaled BETWEEN 1 AND 1000000000000000000)",
    "ALTER TABLE invoices ADD COLUMN base_net_minor {integer}",
    "ALTER TABLE invoices ADD COLUMN base_tax_minor {integer}",
    "ALTER TABLE invoices ADD COLUMN base_total_minor {integer} CONSTRAINT base_total_adds_up
        CHECK (base_total_minor = base_net_minor + base_tax_minor)",
    "ALTER TABLE invoices ADD COLUMN base_payable_minor {integer}
        CONSTRAINT base_payable_not_negative CHECK (base_payable_minor >= 0)",
    "ALTER TABLE invoices ADD COLUMN base_paid_minor {integer} CONSTRAINT base_is_whole
        CHECK ((base_currency IS NULL) = (base_rate_scaled IS NULL)
        AND (base_currency IS NULL) = (base_net_minor IS NULL)
        AND (base_currency IS NULL) = (base_tax_minor IS NULL)
        AND (base_currency IS NULL) = (base_total_minor IS NULL)
        AND (base_currency IS NULL) = (base_payable_minor IS NULL)
        AND (base_currency IS NULL) = (base_paid_minor IS NULL)
        AND (base_currency IS NULL OR status <> 'draft'))",
    "UPDATE invoices SET base_currency = currency, base_rate_scaled = 10000000000,
        base_net_minor = tax_exclusive_minor, base_tax_minor = tax_minor,
        base_total_minor = tax_inclusive_minor, base_payable_minor = payable_minor,
        base_paid_minor = paid_minor WHERE status <> 'draft'",
];

const INVOICES_DOWN: &[&str] = &[
    "ALTER TABLE invoices DROP COLUMN base_paid_minor",
    "ALTER TABLE invoices DROP COLUMN base_payable_minor",
    "ALTER TABLE invoices DROP COLUMN base_total_minor",
    "ALTER TABLE invoices DROP COLUMN base_tax_minor",
    "ALTER TABLE invoices DROP COLUMN base_net_minor",
    "ALTER TABLE invoices DROP COLUMN base_rate_scaled",
    "ALTER TABLE invoices DROP COLUMN base_currency",
];

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000021_settlement"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, INVOICES_UP).await?;
        match connection.get_database_backend() {
            DbBackend::Sqlite => rebuild(connection, payments::SQLITE_UP).await?,
            _ => dialect::run(connection, payments::POSTGRES_UP).await?,
        }
        dialect::run(connection, payments::UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, payments::DOWN).await?;
        match connection.get_database_backend() {
            DbBackend::Sqlite => rebuild(connection, payments::SQLITE_DOWN).await?,
            _ => dialect::run(connection, payments::POSTGRES_DOWN).await?,
        }
        dialect::run(connection, INVOICES_DOWN).await
    }
}
