//! Bringing the schema up to date, and back.

mod barred;
mod grant;
mod plan;

use gaara_kernel::StoreError;
use gaara_migration::{BACKFILLS, Backfill, Backfilled, Migrator, MigratorTrait, applied_steps};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement};

use crate::connect::{self, Connections};
use crate::error::failure;
use crate::store::{SqlStore, begin_writing};

pub use barred::Barred;
pub use grant::GrantError;
pub use plan::PlannedStep;

/// How many rows a batch of a backfill fills, unless somebody says otherwise: what others wait for
/// is locked for as long as that takes.
pub const BATCH_ROWS: u32 = 1_000;

/// Holds off every other instance that brings the schema up to date; the number means nothing.
const POSTGRES_LOCK: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
     SELECT pg_advisory_xact_lock(7233174018622816); SET LOCAL lock_timeout = DEFAULT";

/// A transaction that changes the schema.
struct Migrating {
    transaction: DatabaseTransaction,
    /// The connection of its own that SQLite needs; it is closed with the transaction.
    _own: Option<DatabaseConnection>,
}

impl SqlStore {
    /// Applies every step that is missing. Several instances may try at once.
    ///
    /// Steps are applied all or none, up to one that needs a column filled first; filling is done
    /// in batches between them, and goes on where it was when somebody ended it.
    /// Steps of a later program are left alone, so that this one runs on its successor's schema.
    ///
    /// # Errors
    /// [`StoreError::Internal`] when a step fails, when steps are missing below later ones, or
    /// when a step would leave a reference to nothing; caused by [`Barred`] when steps are missing
    /// that this user of the database may not apply.
    pub async fn migrate_up(&self) -> Result<(), StoreError> {
        self.migrate_up_telling(BATCH_ROWS, |_| Ok(())).await
    }

    /// The same with batches of so many rows, and tells after each how far it has come. When the
    /// listener fails, what was told of is kept and the rest is left for the next time.
    ///
    /// # Errors
    /// As [`SqlStore::migrate_up`], and whatever the listener answers.
    pub async fn migrate_up_telling(
        &self,
        batch_rows: u32,
        mut listener: impl FnMut(Backfilled) -> Result<(), StoreError> + Send,
    ) -> Result<(), StoreError> {
        let mut filled = None;
        while let Some(backfill) = self.apply_steps().await? {
            if filled == Some(backfill.name) {
                let left = format!("the backfill {} leaves rows as they were", backfill.name);
                return Err(StoreError::Internal(left.into()));
            }
            loop {
                let done = self.fill(backfill, batch_rows).await?;
                listener(done)?;
                if done.is_done {
                    break;
                }
            }
            filled = Some(backfill.name);
        }
        Ok(())
    }

    /// Applies the steps that are missing, up to one that needs something filled; answers what.
    async fn apply_steps(&self) -> Result<Option<&'static Backfill>, StoreError> {
        let migrating = self.begin_migrating().await?;
        let connection = &migrating.transaction;
        let applied = applied_steps(connection).await.map_err(failure)?;
        let missing: Vec<String> = known_steps().filter(|step| !applied.contains(step)).collect();
        if let Some(step) = missing.first() {
            barred::admit(connection, step).await?;
        }
        let (mut ready, mut needed) = (0, None);
        for step in missing {
            needed = BACKFILLS.iter().find(|backfill| backfill.before == step);
            if let Some(backfill) = needed {
                // What is to be filled may be only just about to be there.
                if ready > 0 || !backfill.is_done(connection).await.map_err(failure)? {
                    break;
                }
                needed = None;
            }
            ready += 1;
        }
        if ready > 0 {
            Migrator::up(connection, Some(ready)).await.map_err(failure)?;
            check_references(connection).await?;
            grant::tighten(connection).await?;
        }
        migrating.transaction.commit().await.map_err(failure)?;
        Ok(needed)
    }

    /// Does one batch, and keeps it.
    async fn fill(&self, backfill: &Backfill, batch_rows: u32) -> Result<Backfilled, StoreError> {
        let migrating = self.begin_migrating().await?;
        let done = backfill.run(&migrating.transaction, batch_rows).await.map_err(failure)?;
        migrating.transaction.commit().await.map_err(failure)?;
        Ok(done)
    }

    /// The first step of a later program that the database has had.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database cannot be reached.
    pub async fn later_step(&self) -> Result<Option<String>, StoreError> {
        let known = known_steps().count();
        let steps = self.migration_status().await?;
        Ok(steps.into_iter().nth(known).map(|(step, _)| step))
    }

    /// Takes the last so many steps back, with everything that is stored in their tables.
    ///
    /// # Errors
    /// [`StoreError::Internal`] when a step fails or would leave a reference to nothing.
    pub async fn migrate_down(&self, steps: u32) -> Result<(), StoreError> {
        let migrating = self.begin_migrating().await?;
        let connection = &migrating.transaction;
        Migrator::down(connection, Some(steps)).await.map_err(failure)?;
        check_references(connection).await?;
        migrating.transaction.commit().await.map_err(failure)
    }

    /// Every step by name, and whether it was applied: this program's in order, then those of a
    /// later one. Changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database cannot be reached.
    pub async fn migration_status(&self) -> Result<Vec<(String, bool)>, StoreError> {
        let Connections { reader, home, .. } = &self.connections;
        let applied = home.host(applied_steps(reader)).await.map_err(failure)?;
        let known: Vec<String> = known_steps().collect();
        let later: Vec<String> =
            applied.iter().filter(|step| !known.contains(step)).cloned().collect();
        let with_mark = |step: String| {
            let is_applied = applied.contains(&step);
            (step, is_applied)
        };
        Ok(known.into_iter().chain(later).map(with_mark).collect())
    }

    /// Begins to change the schema. SQLite does so on a connection that keeps no foreign keys,
    /// since it can change a table only by making it anew, and that is a setting of a connection
    /// outside any transaction: nobody else ever works on this one.
    async fn begin_migrating(&self) -> Result<Migrating, StoreError> {
        if self.backend() == DbBackend::Sqlite {
            let own = connect::open_without_foreign_keys(&self.config).await?;
            let transaction = begin_writing(&own).await?;
            return Ok(Migrating { transaction, _own: Some(own) });
        }
        let transaction = begin_writing(&self.connections.writer).await?;
        transaction.execute_unprepared(POSTGRES_LOCK).await.map_err(failure)?;
        Ok(Migrating { transaction, _own: None })
    }
}

/// Refuses a schema in which something refers to nothing; PostgreSQL has looked all the while.
async fn check_references(connection: &DatabaseTransaction) -> Result<(), StoreError> {
    let backend = connection.get_database_backend();
    if backend != DbBackend::Sqlite {
        return Ok(());
    }
    let check = Statement::from_string(backend, "PRAGMA foreign_key_check");
    match connection.query_one_raw(check).await.map_err(failure)? {
        None => Ok(()),
        Some(row) => {
            let table: String = row.try_get_by_index(0).map_err(failure)?;
            Err(StoreError::Internal(format!("a step breaks a reference of {table}").into()))
        }
    }
}

fn known_steps() -> impl Iterator<Item = String> {
    Migrator::migrations().into_iter().map(|step| step.name().to_owned())
}
