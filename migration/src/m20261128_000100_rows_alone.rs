//! Rules that a row can break alone, and that only the program knew so far: nothing that stands
//! for something is empty or without end.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::checks::{self, Check};

/// The longest code: as `Code` of the kernel has it.
const CODE: &str = "length(code) BETWEEN 1 AND 64";
/// Names as `BilingualText` of the kernel has them.
const NAME: &str = "length(name_ar) BETWEEN 1 AND 500 AND length(name_en) BETWEEN 1 AND 500";
/// What is left of an e-mail address when the program checks the rest.
const EMAIL: &str = "email LIKE '%_@_%' AND length(email) <= 254";

const fn check(table: &'static str, name: &'static str, rule: &'static str) -> Check {
    Check { table, name, rule }
}

const CHECKS: &[Check] = &[
    check("units", "code_length", CODE),
    check("tax_rates", "code_length", CODE),
    check("warehouses", "code_length", CODE),
    check("number_series", "code_length", CODE),
    check("products", "sku_length", "length(sku) BETWEEN 1 AND 64"),
    check("organizations", "name_length", NAME),
    check("roles", "name_length", NAME),
    check("units", "name_length", NAME),
    check("tax_rates", "name_length", NAME),
    check("categories", "name_length", NAME),
    check("products", "name_length", NAME),
    check("warehouses", "name_length", NAME),
    check("customers", "name_length", NAME),
    check("suppliers", "name_length", NAME),
    check("users", "email_shape", EMAIL),
    check("customers", "email_shape", EMAIL),
    check("suppliers", "email_shape", EMAIL),
    check("audit_log", "action_named", "length(action) BETWEEN 1 AND 100"),
    check("outbox", "event_named", "length(kind) BETWEEN 1 AND 100"),
];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261128_000100_rows_alone"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        checks::add(manager.get_connection(), CHECKS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        checks::remove(manager.get_connection(), CHECKS).await
    }
}
