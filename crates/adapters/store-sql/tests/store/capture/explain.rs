//! What an engine would read otherwise than by seeking to answer a statement.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::Value;

use crate::databases::Database;
use crate::planner;

/// An engine that is asked for its plans.
pub(crate) struct Explainer {
    connection: DatabaseConnection,
    tables: BTreeSet<String>,
    /// The indexes of some rows only: whoever reads one whole reads what was asked for.
    partial: BTreeSet<String>,
}

impl Explainer {
    pub(crate) async fn of(database: &Database) -> Self {
        let connection = planner::connection(database).await;
        planner::seek_for_little(&connection).await;
        let (tables, partial) = match connection.get_database_backend() {
            DbBackend::Sqlite => (
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '% WHERE %'",
            ),
            _ => (
                "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
                "SELECT indexname::text AS name FROM pg_indexes WHERE schemaname = 'public' \
                 AND indexdef LIKE '% WHERE %'",
            ),
        };
        let mut explainer = Self { connection, tables: BTreeSet::new(), partial: BTreeSet::new() };
        explainer.tables = explainer.names(tables).await;
        explainer.partial = explainer.names(partial).await;
        explainer
    }

    /// The tables there are.
    pub(crate) const fn tables(&self) -> &BTreeSet<String> {
        &self.tables
    }

    /// How many rows a table has.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let rows = self.rows(format!("SELECT count(*) AS n FROM {table}")).await;
        rows.first().expect("a row").try_get("", "n").expect("a number")
    }

    async fn names(&self, text: &str) -> BTreeSet<String> {
        let rows = self.rows(text.to_owned()).await;
        rows.iter().map(|row| row.try_get("", "name").expect("a name")).collect()
    }

    async fn rows(&self, text: String) -> Vec<sea_orm::QueryResult> {
        let statement = Statement::from_string(self.connection.get_database_backend(), text);
        self.connection.query_all_raw(statement).await.expect("an answer")
    }

    /// What a statement reads otherwise than by seeking or in the order of its page, and the plan.
    pub(crate) async fn read(&self, statement: &Statement) -> (BTreeSet<Read>, String) {
        let is_sqlite = self.connection.get_database_backend() == DbBackend::Sqlite;
        let explain = if is_sqlite { "EXPLAIN QUERY PLAN" } else { "EXPLAIN (FORMAT JSON)" };
        let mut asked = statement.clone();
        asked.sql = format!("{explain} {}", statement.sql);
        let rows = self.connection.query_all_raw(asked).await;
        let rows = rows.unwrap_or_else(|error| panic!("{error}: {}", statement.sql));
        let sql = &statement.sql;
        let mut read = BTreeSet::new();
        let plan = if is_sqlite {
            let step = |row: &sea_orm::QueryResult| row.try_get("", "detail").expect("a step");
            let steps: Vec<String> = rows.iter().map(step).collect();
            self.sqlite(&steps, sql, &mut read);
            steps.join("\n")
        } else {
            let plan: Value = rows.first().expect("a row").try_get_by_index(0).expect("a plan");
            let top = plan.pointer("/0/Plan").expect("the top node");
            self.postgres(top, Page::None, sql, &mut read);
            format!("{plan:#}")
        };
        (read, plan)
    }

    fn sqlite(&self, steps: &[String], sql: &str, read: &mut BTreeSet<Read>) {
        let sorts = steps.iter().any(|step| step.starts_with("USE TEMP B-TREE FOR ORDER BY"));
        let mut page = match (sql.contains("LIMIT"), sorts) {
            (false, _) => Page::None,
            (true, false) => Page::Walked,
            (true, true) => Page::Sorted,
        };
        for step in steps.iter().filter_map(|step| step.strip_prefix("SCAN ")) {
            let name = step.split(' ').next().unwrap_or_default();
            let table = named(name, sql);
            let index = step.rsplit_once("INDEX ").map_or("", |(_, index)| index.trim());
            if self.partial.contains(index) {
                continue;
            }
            if self.tables.contains(&table) {
                read.extend(Read::of(page, &table, sql));
                // Whatever is read for each row of the page is not spared by its limit.
                page = Page::None;
            } else {
                assert!(is_derived(name, sql), "{name} is neither a table nor made of some: {sql}");
            }
        }
    }

    /// Looks at a node of a plan of PostgreSQL and at everything below it.
    fn postgres(&self, node: &Value, page: Page, sql: &str, read: &mut BTreeSet<Read>) {
        let text = |name: &str| node.get(name).and_then(Value::as_str).unwrap_or_default();
        let kind = text("Node Type");
        let is_whole = kind.starts_with("Index")
            && node.get("Index Cond").is_none()
            && !self.partial.contains(text("Index Name"));
        if kind == "Seq Scan" || is_whole {
            read.extend(Read::of(page, text("Relation Name"), sql));
        }
        // What must be read whole before its first row is told is not spared by a limit above it.
        let below = match (kind, page) {
            ("Limit", _) => Page::Walked,
            ("Sort", Page::Walked) => Page::Sorted,
            ("Hash" | "Aggregate" | "Materialize" | "WindowAgg", _) => Page::None,
            (_, page) => page,
        };
        for part in node.get("Plans").and_then(Value::as_array).into_iter().flatten() {
            let is_inner = part.get("Parent Relationship").is_some_and(|it| it == "Inner");
            self.postgres(part, if is_inner { Page::None } else { below }, sql, read);
        }
    }
}

/// Something that is read otherwise than by seeking.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Read {
    /// The table.
    pub(crate) table: String,
    /// How it is read, as the file of exceptions calls it.
    pub(crate) how: String,
}

/// How a page comes to its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    /// There is none.
    None,
    /// Along an index, until it is full.
    Walked,
    /// All that match are sorted.
    Sorted,
}

impl Read {
    /// A walk that leaves nothing out is what a page is for.
    fn of(page: Page, table: &str, sql: &str) -> Option<Self> {
        let how = match page {
            Page::None => format!("scans {table}"),
            Page::Sorted => {
                format!("sorts {table} by {}", joined(&columns(part(sql, " ORDER BY ", " LIMIT "))))
            }
            Page::Walked => {
                let places = columns(part(sql, " ORDER BY ", " LIMIT "));
                let filters = columns(part(sql, " WHERE ", " ORDER BY "));
                let others: Vec<_> =
                    filters.into_iter().filter(|it| !places.contains(it)).collect();
                if others.is_empty() {
                    return None;
                }
                format!("sifts {table} by {}", joined(&others))
            }
        };
        Some(Self { table: table.to_owned(), how })
    }
}

fn part<'a>(sql: &'a str, begin: &str, end: &str) -> &'a str {
    let rest = sql.split_once(begin).map_or("", |(_, rest)| rest);
    rest.split(end).next().unwrap_or_default()
}

/// The columns that a part of a statement names, in their order.
fn columns(text: &str) -> Vec<String> {
    let words = text.split(|sign: char| !sign.is_ascii_alphanumeric() && !"_.\"".contains(sign));
    let mut columns: Vec<String> = Vec::new();
    for (_, column) in words.filter_map(|word| word.rsplit_once('.')) {
        let column = column.trim_matches('"').to_owned();
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    columns
}

fn joined(columns: &[String]) -> String {
    columns.join(", ")
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

/// Whether a name stands for values, or for rows that the statement itself makes.
fn is_derived(name: &str, sql: &str) -> bool {
    let values = name.ends_with("-ROW") || name == "CONSTANT" || name.starts_with("(subquery");
    let forms =
        [format!("{name} AS ("), format!("{name} ("), format!(") AS {name}"), format!(") {name} ")];
    values
        || name.bytes().all(|byte| byte.is_ascii_digit())
        || forms.iter().any(|form| sql.contains(form))
}
