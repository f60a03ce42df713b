//! The schema of SQLite: the text of everything that was made.

use gaara_kernel::StoreError;
use gaara_migration::{Migrator, MigratorTrait};

use super::{Objects, objects};
use crate::connect::open_in_memory;
use crate::error::failure;

/// What is there.
pub(super) const OBJECTS: &str = "SELECT tbl_name AS of_table, type AS kind, name, sql AS told \
     FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
     AND tbl_name <> 'seaql_migrations'";

/// What the steps make, in a place in memory that is gone with this.
pub(super) async fn made() -> Result<Objects, StoreError> {
    let fresh = open_in_memory().await?;
    Migrator::up(&fresh, None).await.map_err(failure)?;
    let made = objects(&fresh, OBJECTS).await?;
    fresh.close().await.map_err(failure)?;
    Ok(made)
}
