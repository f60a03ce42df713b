//! The first books: identity, catalogue, stock, invoices, payments, and the journals beside them.

mod append_only;
mod catalogue;
mod identity;
mod invoicing;
mod journals;
mod payments;
mod stock;

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// The step's parts, in the order in which their foreign keys need them.
const PARTS: [(&[&str], &[&str]); 6] = [
    (identity::UP, identity::DOWN),
    (catalogue::UP, catalogue::DOWN),
    (invoicing::UP, invoicing::DOWN),
    (stock::UP, stock::DOWN),
    (payments::UP, payments::DOWN),
    (journals::UP, journals::DOWN),
];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261123_000001_first_books"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for (up, _) in PARTS {
            dialect::run(connection, up).await?;
        }
        append_only::guard(connection).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for (_, down) in PARTS.iter().rev() {
            dialect::run(connection, down).await?;
        }
        append_only::unguard(connection).await
    }
}
