//! Bringing the schema up to date, and back.

use gaara_kernel::StoreError;
use gaara_migration::{Migrator, MigratorTrait, applied_steps};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::error::failure;
use crate::store::SqlStore;
use crate::transaction::SqlTransaction;

/// Holds off every other instance that brings the schema up to date; the number means nothing.
const POSTGRES_LOCK: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
     SELECT pg_advisory_xact_lock(7233174018622816); SET LOCAL lock_timeout = DEFAULT";

impl SqlStore {
    /// Applies every step that is missing, all of them or none. Several instances may try at once.
    ///
    /// Steps of a later program are left alone, so that this one runs on its successor's schema.
    ///
    /// # Errors
    /// [`StoreError::Internal`] when a step fails, or when steps are missing below later ones.
    pub async fn migrate_up(&self) -> Result<(), StoreError> {
        let transaction = self.begin_migrating().await?;
        let connection = &transaction.connection;
        let applied = applied_steps(connection).await.map_err(failure)?;
        if known_steps().any(|step| !applied.contains(&step)) {
            Migrator::up(connection, None).await.map_err(failure)?;
        }
        transaction.connection.commit().await.map_err(failure)
    }

    /// Takes the last so many steps back, with everything that is stored in their tables.
    ///
    /// # Errors
    /// [`StoreError::Internal`] when a step fails.
    pub async fn migrate_down(&self, steps: u32) -> Result<(), StoreError> {
        let transaction = self.begin_migrating().await?;
        Migrator::down(&transaction.connection, Some(steps)).await.map_err(failure)?;
        transaction.connection.commit().await.map_err(failure)
    }

    /// Every step by name, and whether it was applied: this program's in order, then those of a
    /// later one. Changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database cannot be reached.
    pub async fn migration_status(&self) -> Result<Vec<(String, bool)>, StoreError> {
        let applied = applied_steps(&self.connections.reader).await.map_err(failure)?;
        let known: Vec<String> = known_steps().collect();
        let later: Vec<String> =
            applied.iter().filter(|step| !known.contains(step)).cloned().collect();
        let with_mark = |step: String| {
            let is_applied = applied.contains(&step);
            (step, is_applied)
        };
        Ok(known.into_iter().chain(later).map(with_mark).collect())
    }

    async fn begin_migrating(&self) -> Result<SqlTransaction, StoreError> {
        let transaction = self.begin_writing().await?;
        if self.backend() == DbBackend::Postgres {
            let connection = &transaction.connection;
            connection.execute_unprepared(POSTGRES_LOCK).await.map_err(failure)?;
        }
        Ok(transaction)
    }
}

fn known_steps() -> impl Iterator<Item = String> {
    Migrator::migrations().into_iter().map(|step| step.name().to_owned())
}
