//! The catalogue: units, categories, suppliers, packagings, reorder rules, archiving, and words to
//! search by.

mod backfill;
mod products;
mod products_sqlite;
mod tables;

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;
use crate::rebuild::rebuild;

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261123_000002_catalogue"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, tables::UP).await?;
        backfill::units(connection).await?;
        if connection.get_database_backend() == DbBackend::Sqlite {
            rebuild(connection, products_sqlite::UP).await?;
        } else {
            dialect::run(connection, products::UP_POSTGRES).await?;
        }
        dialect::run(connection, products::UP).await?;
        backfill::words(connection).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, products::DOWN).await?;
        if connection.get_database_backend() == DbBackend::Sqlite {
            rebuild(connection, products_sqlite::DOWN).await?;
        } else {
            dialect::run(connection, products::DOWN_POSTGRES).await?;
        }
        dialect::run(connection, tables::DOWN).await
    }
}
