//! What an engine does to answer a statement: which tables it reads from end to end.

use std::fmt::Write;

use gaara_store_sql::SqlStore;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::Value;

use crate::databases::Database;
use crate::statements::Statements;

/// How a statement may go about its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum May {
    /// It reads along an index from one place to another.
    Seek,
    /// It reads in order from an end of the table, and stops at its limit.
    Walk,
    /// It seeks a few rows and sorts them.
    SortFew,
    /// It meets what matches at an end of the table, or seeks it and sorts it.
    WalkOrSort,
}

/// Asks an engine for its plans, past the store.
pub(crate) struct Planner {
    connection: DatabaseConnection,
    /// The tables that are large.
    large: &'static [&'static str],
    /// The most rows that a page may read of all large tables together.
    rows_max: f64,
}

/// A connection of its own on which an engine tells its plans.
pub(crate) async fn connection(database: &Database) -> DatabaseConnection {
    let mut options = ConnectOptions::new(&database.config.url);
    let _ = options.max_connections(1);
    sea_orm::Database::connect(options).await.expect("the database opens")
}

/// Plans from now on for a disk without heads: tables of this size are read whole for less
/// otherwise.
pub(crate) async fn seek_for_little(connection: &DatabaseConnection) {
    if connection.get_database_backend() == DbBackend::Postgres {
        let cost = connection.execute_unprepared("SET random_page_cost = 1.1").await;
        let _ = cost.expect("it can be set");
    }
}

/// A store that is watched and a planner beside it, after statistics of all tables were made or not.
pub(crate) async fn look(
    database: &Database,
    with_statistics: bool,
    large: &'static [&'static str],
    rows_max: f64,
) -> (SqlStore, Statements, Planner) {
    if with_statistics {
        let _ = database.execute("ANALYZE").await.expect("statistics");
    }
    let mut store = database.open().await;
    let statements = Statements::of(&mut store);
    (store, statements, Planner::of(database, large, rows_max).await)
}

impl Planner {
    pub(crate) async fn of(
        database: &Database,
        large: &'static [&'static str],
        rows_max: f64,
    ) -> Self {
        Self { connection: connection(database).await, large, rows_max }
    }

    /// The same, on a disk where to seek costs little.
    pub(crate) async fn seeking_for_little(self) -> Self {
        seek_for_little(&self.connection).await;
        self
    }

    /// Expects that a statement neither reads a large table from end to end nor sorts one.
    pub(crate) async fn assert_keyed(&self, what: &str, statement: &Statement, may: May) {
        let (plan, fault) = match self.connection.get_database_backend() {
            DbBackend::Sqlite => self.sqlite(statement, may).await,
            _ => self.postgres(statement).await,
        };
        assert!(
            fault.is_none(),
            "{what}: {}\n{}\n{plan}",
            fault.unwrap_or_default(),
            statement.sql
        );
    }

    /// Whether a statement is answered by way of an index whose name begins so.
    pub(crate) async fn uses(&self, statement: &Statement, index: &str) -> bool {
        self.plan(statement).await.contains(index)
    }

    /// What an engine does to answer a statement, one step to a line.
    pub(crate) async fn plan(&self, statement: &Statement) -> String {
        match self.connection.get_database_backend() {
            DbBackend::Sqlite => self.sqlite(statement, May::WalkOrSort).await.0,
            _ => self.postgres(statement).await.0,
        }
    }

    async fn rows(&self, explain: &str, statement: &Statement) -> Vec<sea_orm::QueryResult> {
        let mut statement = statement.clone();
        statement.sql = format!("{explain} {}", statement.sql);
        self.connection.query_all_raw(statement).await.expect("a plan")
    }

    /// SQLite tells beforehand what it would do.
    async fn sqlite(&self, statement: &Statement, may: May) -> (String, Option<String>) {
        let rows = self.rows("EXPLAIN QUERY PLAN", statement).await;
        let steps: Vec<String> =
            rows.iter().map(|row| row.try_get("", "detail").expect("a step")).collect();
        // What has no limit seeks a page's own parts.
        let is_page = statement.sql.contains("LIMIT");
        let sorts = |step: &&String| is_page && step.starts_with("USE TEMP B-TREE FOR ORDER BY");
        let scans = |step: &&String| {
            let table = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
            table.is_some_and(|table| self.large.contains(&table))
        };
        let may_sort = matches!(may, May::SortFew | May::WalkOrSort);
        let may_scan = matches!(may, May::Walk | May::WalkOrSort);
        let sorted = steps.iter().find(sorts).filter(|_| !may_sort);
        let scanned = steps.iter().find(scans).filter(|_| !may_scan);
        (steps.join("\n"), sorted.or(scanned).cloned())
    }

    /// PostgreSQL does it, and tells how many rows it read.
    async fn postgres(&self, statement: &Statement) -> (String, Option<String>) {
        let explain = "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, FORMAT JSON)";
        let rows = self.rows(explain, statement).await;
        let row = rows.first().expect("one row");
        let plan: Value = row.try_get_by_index(0).expect("a plan");
        let mut seen = Seen { large: self.large, text: String::new(), rows: 0.0, scanned: None };
        seen.look(plan.pointer("/0/Plan").expect("the top node"), 0);
        let too_many = (seen.rows > self.rows_max).then(|| format!("{} rows are read", seen.rows));
        (seen.text, seen.scanned.or(too_many))
    }
}

/// What was found in a plan of PostgreSQL so far.
struct Seen {
    large: &'static [&'static str],
    text: String,
    rows: f64,
    scanned: Option<String>,
}

impl Seen {
    fn look(&mut self, node: &Value, depth: usize) {
        let text = |name: &str| node.get(name).and_then(Value::as_str).unwrap_or_default();
        let number = |name: &str| node.get(name).and_then(Value::as_f64).unwrap_or_default();
        let (kind, table) = (text("Node Type"), text("Relation Name"));
        let removed = number("Rows Removed by Filter") + number("Rows Removed by Index Recheck");
        let read = (number("Actual Rows") + removed) * number("Actual Loops");
        let _ = writeln!(
            self.text,
            "{:depth$}{kind} {table} {} {read} {}",
            "",
            text("Index Name"),
            text("Index Cond")
        );
        if self.large.contains(&table) {
            self.rows += read;
            if kind == "Seq Scan" {
                self.scanned = Some(format!("{table} is read from end to end"));
            }
        }
        for part in node.get("Plans").and_then(Value::as_array).into_iter().flatten() {
            self.look(part, depth + 2);
        }
    }
}
