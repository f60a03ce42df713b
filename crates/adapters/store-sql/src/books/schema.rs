//! Whether the database still holds what the steps of the schema made.
//!
//! SQLite keeps the text of everything, so a fresh place in memory tells what it has to be.
//! PostgreSQL keeps what it understood of it, and a fresh place would have to be written, which a
//! standby refuses: there the names and the marks of everything are compared with a list.

mod postgres;
mod sqlite;

use std::collections::BTreeMap;

use gaara_kernel::StoreError;
use gaara_migration::{Migrator, MigratorTrait, applied_steps};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};

use super::BooksFinding;
use crate::error::failure;
use crate::session::Session;

/// What stands in a schema: its table, its kind and its name, and what is to be said of it.
type Objects = BTreeMap<(String, String), String>;

/// Names everything that is missing, was changed, or acts behind the program's back.
pub(super) async fn check(connection: &Session) -> Result<Vec<BooksFinding>, StoreError> {
    let applied = applied_steps(connection.unwatched()).await.map_err(failure)?;
    let known = Migrator::migrations();
    if applied.iter().any(|step| known.iter().all(|known| known.name() != step)) {
        // A later program has changed the schema, and only that one knows how it has to be.
        return Ok(Vec::new());
    }
    let made = match connection.get_database_backend() {
        DbBackend::Sqlite => sqlite::made().await?,
        _ => postgres::made(),
    };
    Ok(differences(&made, &there(connection).await?))
}

/// What is there.
async fn there(connection: &Session) -> Result<Objects, StoreError> {
    let text = match connection.get_database_backend() {
        DbBackend::Sqlite => sqlite::OBJECTS,
        _ => postgres::OBJECTS,
    };
    objects(connection, text).await
}

/// What is there, a line for each thing.
pub(super) async fn listed(connection: &Session) -> Result<String, StoreError> {
    let line = |((table, id), told): (&(String, String), &String)| format!("{table} {id} {told}\n");
    Ok(there(connection).await?.iter().map(line).collect())
}

/// One is what was made and is there as it was: what is missing is found not at all, and what was
/// changed is found as something else.
fn differences(made: &Objects, there: &Objects) -> Vec<BooksFinding> {
    let finding = |(table, id): &(String, String), expected, found| BooksFinding {
        table: table.clone(),
        id: id.clone(),
        expected,
        found,
    };
    let mut findings = Vec::new();
    for (object, told) in made {
        match there.get(object) {
            None => findings.push(finding(object, 1, 0)),
            Some(found) if found != told => findings.push(finding(object, 1, 1)),
            Some(_) => {}
        }
    }
    // What somebody adds for reading does no harm; what writes by itself may.
    let acts = |object: &&(String, String)| object.1.starts_with("trigger ");
    let strange = there.keys().filter(acts).filter(|object| !made.contains_key(*object));
    findings.extend(strange.map(|object| finding(object, 0, 1)));
    findings
}

/// Rows of a table, a kind, a name and what is to be said, as objects.
async fn objects(connection: &impl ConnectionTrait, text: &str) -> Result<Objects, StoreError> {
    let statement = Statement::from_string(connection.get_database_backend(), text);
    let rows = connection.query_all_raw(statement).await.map_err(failure)?;
    let object = |row: &QueryResult| {
        let text = |column| row.try_get::<String>("", column).map_err(failure);
        let id = format!("{} {}", text("kind")?, text("name")?);
        // Where lines end is nobody's business.
        let told = text("told")?.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok::<_, StoreError>(((text("of_table")?, id), told))
    };
    rows.iter().map(object).collect()
}
