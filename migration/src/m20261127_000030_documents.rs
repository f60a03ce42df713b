//! Documents with two sides: purchases, credit notes, voided documents, and what e-invoices ask for.

mod before;
mod before_sqlite;
mod freeze;
mod invoices_sqlite;
mod parts_sqlite;
mod postgres;
mod tables;
mod words;

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;
use crate::rebuild::rebuild;

/// The step.
///
/// On the way down only sales invoices stay, because the program before knows no other documents:
/// what a credit note took off stays off, and a voided invoice keeps its number and is owed by
/// nobody. The goods that went with the others stay where they went.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000030_documents"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        if connection.get_database_backend() == DbBackend::Sqlite {
            rebuild(connection, &[invoices_sqlite::UP]).await?;
            rebuild(connection, parts_sqlite::UP).await?;
        } else {
            dialect::run(connection, postgres::UP).await?;
        }
        dialect::run(connection, tables::UP).await?;
        freeze::backfill(connection).await?;
        freeze::guard(connection).await?;
        words::backfill(connection).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        freeze::unguard(connection).await?;
        dialect::run(connection, before::LEAVE).await?;
        dialect::run(connection, tables::DOWN).await?;
        if connection.get_database_backend() == DbBackend::Sqlite {
            rebuild(connection, &[before_sqlite::INVOICES]).await?;
            rebuild(connection, before_sqlite::PARTS).await
        } else {
            dialect::run(connection, postgres::DOWN).await
        }
    }
}
