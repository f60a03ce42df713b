//! Payments know how much of them is allocated: contract.
//!
//! Whatever was allocated before is counted by now (see `backfill`); what is left of payments is
//! found along an index that holds no others.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::backfill;
use crate::checks::{self, Check};
use crate::dialect;

const CHECKS: &[Check] = &[Check {
    table: "payments",
    name: "spent_within_amount",
    rule: "allocated_minor BETWEEN 0 AND amount_minor",
}];

const UP: &[&str] = &[
    "DELETE FROM backfills WHERE name = 'allocated_minor'",
    // The state comes first although it is always the same: without statistics SQLite takes the
    // index of all payments by state otherwise.
    "CREATE INDEX payments_unspent ON payments (state, payment_date, id)
        WHERE state = 'posted' AND amount_minor - allocated_minor > 0",
];
/// PostgreSQL takes a third of all payments for unspent unless it is told how many are.
const STATISTICS: &[&str] = &["CREATE STATISTICS payments_unspent_rows
    ON (amount_minor - allocated_minor) FROM payments"];

const DOWN_STATISTICS: &[&str] = &["DROP STATISTICS payments_unspent_rows"];
const DOWN: &[&str] =
    &["DROP INDEX payments_unspent", "INSERT INTO backfills (name) VALUES ('allocated_minor')"];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261128_000141_unspent_payments_found"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        if !backfill::ALLOCATED.is_done(connection).await? {
            return Err(DbErr::Migration("the backfill allocated_minor is not done".to_owned()));
        }
        checks::add(connection, CHECKS).await?;
        dialect::run(connection, UP).await?;
        match connection.get_database_backend() {
            DbBackend::Sqlite => Ok(()),
            _ => dialect::run(connection, STATISTICS).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        if connection.get_database_backend() != DbBackend::Sqlite {
            dialect::run(connection, DOWN_STATISTICS).await?;
        }
        dialect::run(connection, DOWN).await?;
        checks::remove(connection, CHECKS).await
    }
}
