//! The day on which something was settled, in a column of its own: expand.
//!
//! Reports ask what was settled after a day. So far that was the day of the allocation, or the day
//! of the payment where the program before had written none, and no index could tell it.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

const UP: &[&str] = &[
    "CREATE TABLE backfills (
        name {code} NOT NULL CONSTRAINT backfills_pkey PRIMARY KEY,
        done_through {id},
        row_count {integer} NOT NULL DEFAULT 0
            CONSTRAINT row_count_not_negative CHECK (row_count >= 0)
    ) {strict}",
    "INSERT INTO backfills (name) VALUES ('settled_on')",
    "ALTER TABLE payment_allocations ADD COLUMN settled_on {date}",
    "CREATE INDEX payment_allocations_settled
        ON payment_allocations (settled_on, invoice_id, amount_minor)",
];

/// The program before writes no such day, and goes on while instances are replaced.
const FILLS: &str = "CREATE TRIGGER payment_allocations_settled_filled \
     AFTER INSERT ON payment_allocations WHEN NEW.settled_on IS NULL \
     BEGIN UPDATE payment_allocations SET settled_on = COALESCE(NEW.allocation_date, \
     (SELECT payment_date FROM payments WHERE id = NEW.payment_id)) WHERE id = NEW.id; END";
const FILLS_ON_POSTGRES: &str = "CREATE FUNCTION gaara_fill_settled_on() RETURNS trigger \
     LANGUAGE plpgsql AS $$ BEGIN NEW.settled_on := COALESCE(NEW.allocation_date, \
     (SELECT payment_date FROM payments WHERE id = NEW.payment_id)); RETURN NEW; END $$; \
     CREATE TRIGGER payment_allocations_settled_filled BEFORE INSERT ON payment_allocations \
     FOR EACH ROW WHEN (NEW.settled_on IS NULL) EXECUTE FUNCTION gaara_fill_settled_on()";

const DOWN: &[&str] = &[
    "DROP INDEX payment_allocations_settled",
    "ALTER TABLE payment_allocations DROP COLUMN settled_on",
    "DROP TABLE backfills",
];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261128_000101_settled_on"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, UP).await?;
        let is_postgres = connection.get_database_backend() == DbBackend::Postgres;
        dialect::execute(connection, if is_postgres { FILLS_ON_POSTGRES } else { FILLS }).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let is_postgres = connection.get_database_backend() == DbBackend::Postgres;
        let on = if is_postgres { " ON payment_allocations" } else { "" };
        let drop = format!("DROP TRIGGER payment_allocations_settled_filled{on}");
        dialect::execute(connection, &drop).await?;
        if is_postgres {
            dialect::execute(connection, "DROP FUNCTION gaara_fill_settled_on()").await?;
        }
        dialect::run(connection, DOWN).await
    }
}
