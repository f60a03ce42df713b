//! What bringing the schema up to date would do, found out beside the books.

use gaara_kernel::StoreError;
use gaara_migration::{Migrator, MigratorTrait, recorded};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, TransactionTrait};

use super::{barred, known_steps};
use crate::connect;
use crate::error::failure;
use crate::store::{SqlStore, begin_writing};

/// Where PostgreSQL tries a plan: a schema that is never committed.
const POSTGRES_PLACE: &str = "CREATE SCHEMA gaara_plan; SET LOCAL search_path = gaara_plan";

/// A step that is missing, and what it would run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStep {
    /// The name of the step.
    pub step: String,
    /// Its statements, in order, as they run where no rows are.
    pub statements: Vec<String>,
}

impl SqlStore {
    /// What [`SqlStore::migrate_up`] would do: the missing steps and their statements.
    ///
    /// The steps run in an empty place of their own that is thrown away: no row and no table of the
    /// books is touched or waited for. What a step reads out of the rows that are there, and writes
    /// row by row, is not shown.
    ///
    /// # Errors
    /// [`StoreError::Internal`] when a step fails, caused by [`Barred`](super::Barred) when this user
    /// of the database may not apply it, [`StoreError::Unavailable`] when the database cannot be
    /// reached.
    pub async fn migration_plan(&self) -> Result<Vec<PlannedStep>, StoreError> {
        let status = self.migration_status().await?;
        let known = known_steps().count();
        let applied = status.iter().take(known).take_while(|(_, applied)| *applied).count();
        let missing: Vec<String> = known_steps().skip(applied).collect();
        let Some(first) = missing.first() else { return Ok(Vec::new()) };
        if self.backend() == DbBackend::Sqlite {
            let own = connect::open_in_memory().await?;
            let transaction = own.begin().await.map_err(failure)?;
            return planned(transaction, applied, missing).await;
        }
        let transaction = begin_writing(&self.connections.writer).await?;
        barred::admit(&transaction, first).await?;
        transaction.execute_unprepared(POSTGRES_PLACE).await.map_err(failure)?;
        planned(transaction, applied, missing).await
    }
}

/// Runs the steps that were applied, then each missing one, and undoes all of it.
async fn planned(
    place: DatabaseTransaction,
    applied: usize,
    missing: Vec<String>,
) -> Result<Vec<PlannedStep>, StoreError> {
    let applied = u32::try_from(applied).unwrap_or(u32::MAX);
    if applied > 0 {
        Migrator::up(&place, Some(applied)).await.map_err(failure)?;
    }
    let mut planned = Vec::new();
    for step in missing {
        let (done, statements) = recorded(Migrator::up(&place, Some(1))).await;
        done.map_err(failure)?;
        planned.push(PlannedStep { step, statements });
    }
    place.rollback().await.map_err(failure)?;
    Ok(planned)
}
