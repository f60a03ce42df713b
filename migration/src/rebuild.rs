//! Changing a table of SQLite, which can only be made anew: its keys and checks never change.

use sea_orm_migration::DbErr;
use sea_orm_migration::sea_orm::ConnectionTrait;

use crate::dialect;

/// A table as it is to be, and where its values come from.
pub(crate) struct Rebuilt {
    /// The name of the table.
    pub(crate) table: &'static str,
    /// The statement that creates it; `{table}` stands for its name.
    pub(crate) create: &'static str,
    /// The columns that are filled.
    pub(crate) columns: &'static str,
    /// What they are filled with, out of the table as it was.
    pub(crate) values: &'static str,
    /// The statements that create its indexes and triggers, which go with the old table.
    pub(crate) after: &'static [&'static str],
}

/// Makes tables anew with everything that is in them.
///
/// The connection must not keep foreign keys meanwhile: dropping a table would take along, or be
/// held up by, whatever refers to it. The store opens such a connection, and looks for broken
/// references before it commits. Source: SQLite, `ALTER TABLE`, section 7.
///
/// # Errors
/// Whatever the database answers.
pub(crate) async fn rebuild<C: ConnectionTrait>(
    connection: &C,
    tables: &[Rebuilt],
) -> Result<(), DbErr> {
    for Rebuilt { table, create, columns, values, after } in tables {
        let new = format!("{table}_rebuilt");
        let steps = [
            create.replace("{table}", &new),
            format!("INSERT INTO {new} ({columns}) SELECT {values} FROM {table}"),
            format!("DROP TABLE {table}"),
            format!("ALTER TABLE {new} RENAME TO {table}"),
        ];
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        dialect::run(connection, &steps).await?;
        dialect::run(connection, after).await?;
    }
    Ok(())
}
