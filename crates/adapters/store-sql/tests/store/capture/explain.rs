//! Which tables an engine would read from end to end to answer a statement.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::Value;

use crate::databases::Database;

/// How much of a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Read {
    /// Along an index from one of its ends, until a page is full.
    Walk,
    /// All of it.
    Scan,
}

/// An engine that is asked for its plans.
pub(crate) struct Explainer(DatabaseConnection);

impl Explainer {
    pub(crate) async fn of(database: &Database) -> Self {
        Self(sea_orm::Database::connect(&database.config.url).await.expect("the database opens"))
    }

    /// The tables that a statement reads otherwise than by seeking, and the plan.
    pub(crate) async fn read(&self, statement: &Statement) -> (BTreeSet<(String, Read)>, String) {
        let is_sqlite = self.0.get_database_backend() == DbBackend::Sqlite;
        let explain = if is_sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN (FORMAT JSON)" };
        let mut asked = statement.clone();
        asked.sql = format!("{explain} {}", statement.sql);
        let rows = self.0.query_all_raw(asked).await;
        let rows = rows.unwrap_or_else(|error| panic!("{error}: {}", statement.sql));
        if is_sqlite {
            let step = |row: &sea_orm::QueryResult| row.try_get("", "detail").expect("a step");
            sqlite(&rows.iter().map(step).collect::<Vec<String>>(), &statement.sql)
        } else {
            let plan: Value = rows.first().expect("a row").try_get_by_index(0).expect("a plan");
            let mut read = BTreeSet::new();
            postgres(plan.pointer("/0/Plan").expect("the top node"), false, &mut read);
            (read, format!("{plan:#}"))
        }
    }
}

fn sqlite(steps: &[String], sql: &str) -> (BTreeSet<(String, Read)>, String) {
    let sorts = steps.iter().any(|step| step.starts_with("USE TEMP B-TREE FOR ORDER BY"));
    let how = if sql.contains("LIMIT") && !sorts { Read::Walk } else { Read::Scan };
    let scanned = steps.iter().filter_map(|step| step.strip_prefix("SCAN "));
    let scanned = scanned.filter(|step| !step.contains("VIRTUAL TABLE") && *step != "CONSTANT ROW");
    let tables = scanned.filter_map(|step| step.split(' ').next());
    let read = tables.map(|name| (named(name, sql), how)).collect();
    (read, steps.join("\n"))
}

/// The table that goes by a name in a statement: SQLite tells of a table by its other name.
fn named(name: &str, sql: &str) -> String {
    let plain = sql.replace(['"', '(', ')', ','], " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    let introduced = |words: &[&str]| match words {
        [before, table, "AS", other] if *other == name && is_from(before) => {
            Some((*table).to_owned())
        }
        [before, table, other, _] if *other == name && is_from(before) => Some((*table).to_owned()),
        _ => None,
    };
    words.windows(4).find_map(introduced).unwrap_or_else(|| name.to_owned())
}

fn is_from(word: &str) -> bool {
    matches!(word, "FROM" | "JOIN" | "UPDATE" | "INTO")
}

/// Looks at a node of a plan of PostgreSQL and at everything below it.
fn postgres(node: &Value, limited: bool, read: &mut BTreeSet<(String, Read)>) {
    let text = |name: &str| node.get(name).and_then(Value::as_str).unwrap_or_default();
    let kind = text("Node Type");
    let (is_scan, is_index) = (kind == "Seq Scan", kind.starts_with("Index"));
    if is_scan || (is_index && node.get("Index Cond").is_none()) {
        let how = if is_index && limited { Read::Walk } else { Read::Scan };
        let _ = read.insert((text("Relation Name").to_owned(), how));
    }
    // What must be read whole before its first row is told is not spared by a limit above it.
    let limited = kind == "Limit"
        || (limited && !matches!(kind, "Sort" | "Hash" | "Aggregate" | "Materialize"));
    for part in node.get("Plans").and_then(Value::as_array).into_iter().flatten() {
        postgres(part, limited, read);
    }
}
