//! Payments that know how much of them is allocated, so that what is left of some is found without
//! a look at all that are used up: expand.

mod postgres;
mod sqlite;

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// The step.
///
/// The engine keeps the sum, so that the program before keeps it too without knowing of it. It is
/// always added up anew: whatever it was before, a payment whose allocations change has the right
/// one afterwards.
pub(crate) struct Step;

const UP: &[&str] = &[
    "ALTER TABLE payments ADD COLUMN allocated_minor {integer} NOT NULL DEFAULT 0",
    "INSERT INTO backfills (name) VALUES ('allocated_minor')",
];

const DOWN: &[&str] = &[
    "DELETE FROM backfills WHERE name = 'allocated_minor'",
    "ALTER TABLE payments DROP COLUMN allocated_minor",
];

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261128_000140_unspent_payments"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, UP).await?;
        match connection.get_database_backend() {
            DbBackend::Sqlite => dialect::run(connection, sqlite::UP).await,
            _ => dialect::run(connection, postgres::UP).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        match connection.get_database_backend() {
            DbBackend::Sqlite => dialect::run(connection, sqlite::DOWN).await?,
            _ => dialect::run(connection, postgres::DOWN).await?,
        }
        dialect::run(connection, DOWN).await
    }
}
