//! Which steps a database has had, those of later programs included.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr, Statement};
use sea_orm_migration::{IntoSchemaManagerConnection, SchemaManager};

/// The names of the steps that were applied, the oldest first. Changes nothing.
///
/// A step that this program does not know is no error here: a program runs on the schema of its
/// successor.
///
/// # Errors
/// Whatever the database answers.
pub async fn applied_steps<'c, C>(connection: C) -> Result<Vec<String>, DbErr>
where
    C: IntoSchemaManagerConnection<'c>,
{
    let manager = SchemaManager::new(connection);
    if !manager.has_table("seaql_migrations").await? {
        return Ok(Vec::new());
    }
    let connection = manager.get_connection();
    let text = "SELECT version FROM seaql_migrations ORDER BY version";
    let statement = Statement::from_string(connection.get_database_backend(), text);
    let rows = connection.query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}
