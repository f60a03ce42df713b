//! What parties say about themselves, payment in instalments, and when tax rates are in force.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// The step. Whatever it adds may be absent, so the program before it goes on as it was.
pub(crate) struct Step;

/// Adds the columns.
const UP: &[&str] = &[
    "ALTER TABLE tax_rates ADD COLUMN valid_from {date}",
    "ALTER TABLE tax_rates ADD COLUMN valid_to {date}
        CONSTRAINT validity_in_order CHECK (valid_to >= valid_from)",
    "ALTER TABLE tax_rates ADD COLUMN exemption_code {text}",
    "ALTER TABLE tax_rates ADD COLUMN exemption_ar {text}",
    // A reason beside a tax is forbidden (EN 16931 BR-S-10). That one is demanded elsewhere is for
    // the program to say: rows that are there already have none.
    "ALTER TABLE tax_rates ADD COLUMN exemption_en {text} CONSTRAINT exemption_untaxed CHECK
        (tax_category NOT IN ('B', 'L', 'M', 'S') OR (exemption_code IS NULL
        AND exemption_ar IS NULL AND exemption_en IS NULL))",
    "ALTER TABLE tax_rates ADD COLUMN archived_at_ms {integer}",
    "ALTER TABLE tax_rates ADD COLUMN updated_at_ms {integer} NOT NULL DEFAULT 0",
    "UPDATE tax_rates SET updated_at_ms = created_at_ms",
    "ALTER TABLE customers ADD COLUMN details {details}",
    "ALTER TABLE customers ADD COLUMN instalments {instalments}",
    "ALTER TABLE customers ADD COLUMN archived_at_ms {integer}",
    "CREATE INDEX customers_archived ON customers (archived_at_ms)
        WHERE archived_at_ms IS NOT NULL",
    "ALTER TABLE suppliers ADD COLUMN details {details}",
    "ALTER TABLE suppliers ADD COLUMN instalments {instalments}",
    "ALTER TABLE organizations ADD COLUMN details {details}",
    "ALTER TABLE organizations ADD COLUMN tax_id {text}
        CONSTRAINT tax_id_length CHECK (length(tax_id) BETWEEN 1 AND 64)",
    "ALTER TABLE organizations ADD COLUMN cash_rounding_minor {integer}
        CONSTRAINT cash_rounding_positive CHECK (cash_rounding_minor > 0)",
    "ALTER TABLE organizations ADD COLUMN tax_currency {code_3}
        CONSTRAINT tax_currency_code CHECK (length(tax_currency) = 3)",
    "CREATE INDEX invoices_open_supplier ON invoices (supplier_id)
        WHERE payment_status IN ('unpaid', 'partially_paid')",
    "CREATE INDEX invoices_draft_customer ON invoices (customer_id) WHERE status = 'draft'",
    "CREATE INDEX invoices_draft_supplier ON invoices (supplier_id) WHERE status = 'draft'",
];

/// Drops the columns; a check goes with the column it stands at.
const DOWN: &[&str] = &[
    "DROP INDEX invoices_draft_supplier",
    "DROP INDEX invoices_draft_customer",
    "DROP INDEX invoices_open_supplier",
    "ALTER TABLE organizations DROP COLUMN tax_currency",
    "ALTER TABLE organizations DROP COLUMN cash_rounding_minor",
    "ALTER TABLE organizations DROP COLUMN tax_id",
    "ALTER TABLE organizations DROP COLUMN details",
    "ALTER TABLE suppliers DROP COLUMN instalments",
    "ALTER TABLE suppliers DROP COLUMN details",
    "DROP INDEX customers_archived",
    "ALTER TABLE customers DROP COLUMN archived_at_ms",
    "ALTER TABLE customers DROP COLUMN instalments",
    "ALTER TABLE customers DROP COLUMN details",
    "ALTER TABLE tax_rates DROP COLUMN updated_at_ms",
    "ALTER TABLE tax_rates DROP COLUMN archived_at_ms",
    "ALTER TABLE tax_rates DROP COLUMN exemption_en",
    "ALTER TABLE tax_rates DROP COLUMN exemption_ar",
    "ALTER TABLE tax_rates DROP COLUMN exemption_code",
    "ALTER TABLE tax_rates DROP COLUMN valid_to",
    "ALTER TABLE tax_rates DROP COLUMN valid_from",
];

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000055_parties_details"
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
