//! Adding checks to tables that are there, on both engines without making a table anew.

use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::{dialect, rows};

/// A rule that every row of a table has to keep.
pub(crate) struct Check {
    /// The table.
    pub(crate) table: &'static str,
    /// The name of the rule.
    pub(crate) name: &'static str,
    /// What has to be true, or unknown.
    pub(crate) rule: &'static str,
}

/// Adds checks; nothing is changed when a row breaks one.
///
/// # Errors
/// [`DbErr::Migration`] when a row breaks one, else whatever the database answers.
pub(crate) async fn add<C: ConnectionTrait>(connection: &C, checks: &[Check]) -> Result<(), DbErr> {
    if connection.get_database_backend() != DbBackend::Sqlite {
        for Check { table, name, rule } in checks {
            let text = format!("ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({rule})");
            dialect::run(connection, &[&text]).await?;
        }
        return Ok(());
    }
    for Check { table, name, rule } in checks {
        let broken = format!("SELECT 1 FROM {table} WHERE NOT ({rule}) LIMIT 1");
        if !rows::select(connection, &broken).await?.is_empty() {
            return Err(DbErr::Migration(format!("a row of {table} breaks {name}")));
        }
    }
    edit(connection, checks, |text, written| {
        let end = text.rfind(')')?;
        let (head, tail) = text.split_at_checked(end)?;
        Some(format!("{head}{written}{tail}"))
    })
    .await
}

/// Takes checks away again.
///
/// # Errors
/// Whatever the database answers.
pub(crate) async fn remove<C: ConnectionTrait>(
    connection: &C,
    checks: &[Check],
) -> Result<(), DbErr> {
    if connection.get_database_backend() != DbBackend::Sqlite {
        for Check { table, name, .. } in checks {
            let text = format!("ALTER TABLE {table} DROP CONSTRAINT {name}");
            dialect::run(connection, &[&text]).await?;
        }
        return Ok(());
    }
    edit(connection, checks, |text, written| {
        text.contains(written).then(|| text.replacen(written, "", 1))
    })
    .await
}

/// Changes the text by which SQLite knows each table. A check is nothing but that text, and its
/// rows were looked at before. Source: SQLite, `ALTER TABLE`, section 7, the simpler procedure.
async fn edit<C: ConnectionTrait>(
    connection: &C,
    checks: &[Check],
    change: impl Fn(&str, &str) -> Option<String>,
) -> Result<(), DbErr> {
    connection.execute_unprepared("PRAGMA writable_schema = ON").await?;
    for Check { table, name, rule } in checks {
        let found =
            format!("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = '{table}'");
        let found = rows::select(connection, &found).await?;
        let text: String = match found.first() {
            Some(row) => row.try_get_by_index(0)?,
            None => return Err(DbErr::Migration(format!("there is no table {table}"))),
        };
        let written = format!(", CONSTRAINT {name} CHECK ({rule})");
        let changed = change(&text, &written)
            .ok_or_else(|| DbErr::Migration(format!("{table} cannot be given or spared {name}")))?;
        let changed = changed.replace('\'', "''");
        let update = format!(
            "UPDATE sqlite_schema SET sql = '{changed}' WHERE type = 'table' AND name = '{table}'"
        );
        connection.execute_unprepared(&update).await?;
    }
    let version = rows::select(connection, "PRAGMA schema_version").await?;
    let version: i64 = match version.first() {
        Some(row) => row.try_get_by_index(0)?,
        None => return Err(DbErr::Migration("the schema has no version".to_owned())),
    };
    // Every connection reads the schema anew when it meets another version; this one is told.
    let next = version.wrapping_add(1);
    connection.execute_unprepared(&format!("PRAGMA schema_version = {next}")).await?;
    connection.execute_unprepared("PRAGMA writable_schema = RESET").await?;
    Ok(())
}
