//! Number series: what they number, how their numbers look, defaults, closing, first numbers.

mod backfill;
mod tables;

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;
use crate::rebuild::rebuild;

/// The step.
///
/// On the way down a series keeps its code and its counters; where a year was to begin with another
/// number than 1 and nothing was given yet, that is forgotten.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000010_parties_number_series"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        if connection.get_database_backend() == DbBackend::Sqlite {
            rebuild(connection, tables::UP_SQLITE).await?;
        } else {
            dialect::run(connection, tables::UP_POSTGRES).await?;
        }
        backfill::identify(connection).await?;
        backfill::add_first_series(connection).await?;
        dialect::run(connection, tables::UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, tables::DOWN).await?;
        if connection.get_database_backend() == DbBackend::Sqlite {
            rebuild(connection, tables::DOWN_SQLITE).await
        } else {
            dialect::run(connection, tables::DOWN_POSTGRES).await
        }
    }
}
