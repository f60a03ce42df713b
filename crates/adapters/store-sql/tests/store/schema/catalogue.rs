//! What an engine says of itself: every check, reference, key, index and trigger that it holds.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};

use super::{postgres, sqlite};
use crate::databases::Database;

/// What a rule of the schema is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A check of one row.
    Check,
    /// A foreign key.
    Reference,
    /// A primary or unique key, whole or of some rows.
    Key,
    /// An index that is no key.
    Index,
    /// Something that the engine does when a row changes.
    Trigger,
}

/// A rule of the schema, as far as both engines say the same of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rule {
    pub(crate) table: String,
    pub(crate) kind: Kind,
    /// Its columns for a key, an index or a reference, which SQLite need not name; else its name.
    pub(crate) shape: String,
}

/// What else there is to know of a rule.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// Its name; empty where the engine gives none.
    pub(crate) name: String,
    /// What a check asks, or which rows an index holds; as SQLite tells it.
    pub(crate) text: String,
    /// Its columns.
    pub(crate) columns: Vec<String>,
}

/// A column of a table that can be written.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// The name of its type, in lower case.
    pub(crate) of: String,
}

/// Everything an engine holds.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    pub(crate) rules: BTreeMap<Rule, Told>,
    pub(crate) columns: BTreeMap<String, Vec<Column>>,
}

impl Catalogue {
    /// Reads the schema of a database out of the engine's own tables.
    pub(crate) async fn of(database: &Database) -> Self {
        let connection = sea_orm::Database::connect(&database.config.url).await;
        let connection = connection.expect("the database opens");
        let mut catalogue = Self::default();
        if connection.get_database_backend() == DbBackend::Sqlite {
            sqlite::read(&connection, &mut catalogue).await;
        } else {
            postgres::read(&connection, &mut catalogue).await;
        }
        connection.close().await.expect("it closes");
        catalogue
    }

    pub(super) fn add(&mut self, table: &str, kind: Kind, shape: String, told: Told) {
        let rule = Rule { table: table.to_owned(), kind, shape };
        assert!(self.rules.insert(rule.clone(), told).is_none(), "{rule:?} stands twice");
    }

    /// The rules of a kind.
    pub(crate) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (&Rule, &Told)> {
        self.rules.iter().filter(move |(rule, _)| rule.kind == kind)
    }
}

/// The rows of a query.
pub(super) async fn rows(connection: &DatabaseConnection, text: &str) -> Vec<QueryResult> {
    let statement = Statement::from_string(connection.get_database_backend(), text);
    connection.query_all_raw(statement).await.expect("a catalogue")
}

/// A text of a row.
pub(super) fn text(row: &QueryResult, column: &str) -> String {
    row.try_get("", column).expect("a text")
}

/// A reference as both engines are made to tell it.
pub(super) fn reference(columns: &str, table: &str, keys: &str, rule: &str) -> String {
    let rule = rule.to_lowercase();
    let rule = if rule == "no action" { String::new() } else { format!(", on delete {rule}") };
    format!("{columns} → {table} ({keys}){rule}")
}

/// A key or an index as both engines are made to tell it.
pub(super) fn indexed(columns: &[String], is_partial: bool) -> String {
    let some = if is_partial { ", of some rows" } else { "" };
    format!("({}){some}", columns.join(", "))
}
