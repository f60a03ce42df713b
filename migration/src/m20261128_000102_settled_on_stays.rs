//! The day on which something was settled is there: contract.
//!
//! Whatever was settled before has its day by now (see `backfill`). The old column stays for the
//! program before, and goes with the trigger once nobody runs that one any more.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::checks::{self, Check};
use crate::{dialect, rows};

const CHECKS: &[Check] = &[Check {
    table: "payment_allocations",
    name: "settled_on_known",
    rule: "settled_on IS NOT NULL",
}];

/// A check of SQLite is looked at before the trigger fills the day for the program before.
const STAYS: &str = "CREATE TRIGGER payment_allocations_settled_stays \
     AFTER UPDATE OF settled_on ON payment_allocations WHEN NEW.settled_on IS NULL \
     BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: settled_on_known'); END";

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261128_000102_settled_on_stays"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let open = "SELECT 1 FROM payment_allocations WHERE settled_on IS NULL LIMIT 1";
        if !rows::select(connection, open).await?.is_empty() {
            return Err(DbErr::Migration("the backfill settled_on is not done".to_owned()));
        }
        dialect::run(connection, &["DELETE FROM backfills WHERE name = 'settled_on'"]).await?;
        if connection.get_database_backend() == DbBackend::Sqlite {
            return dialect::execute(connection, STAYS).await;
        }
        checks::add(connection, CHECKS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, &["INSERT INTO backfills (name) VALUES ('settled_on')"]).await?;
        if connection.get_database_backend() == DbBackend::Sqlite {
            let drop = "DROP TRIGGER payment_allocations_settled_stays";
            return dialect::execute(connection, drop).await;
        }
        checks::remove(connection, CHECKS).await
    }
}
