//! No statement of the store reads a table that grows from end to end, and none is left out.
//!
//! The statements are those that the contract of the store makes it ask, whoever adds them; the
//! engine is asked for their plans on books of a hundred thousand documents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gaara_store_sql::SqlStore;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::capture::explain::{Explainer, Read};
use crate::capture::{Captured, Seen, run, seed};
use crate::databases::{Database, on_both_engines};

on_both_engines! {
    no_statement_reads_a_table_that_grows_from_end_to_end,
}

/// What is read otherwise: the methods, the table and how, and the reason.
const EXCEPTIONS: &str = "exceptions.txt";
/// Tables that stay small, and why.
const SMALL: &str = "small.txt";
/// Methods of ports that the contract does not run, or that ask nothing, and why.
const UNSEEN: &str = "unseen.txt";
/// A table that grows has at least so many rows here, where its rows are not those of another.
const ROWS_MIN: i64 = 20_000;

/// The lines of a file of reasons, each `what: why`.
fn reasons(file: &str) -> BTreeMap<&'static str, &'static str> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/store/capture");
    let text = std::fs::read_to_string(std::path::Path::new(path).join(file)).unwrap();
    let text: &'static str = text.leak();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").expect("what, a colon and a reason")).collect()
}

/// What changes rows or reads them, and not what begins or ends a transaction.
fn is_asked(statement: &Statement) -> bool {
    let word = statement.sql.trim_start_matches('(').split(' ').next().unwrap_or_default();
    matches!(word, "SELECT" | "WITH" | "INSERT" | "UPDATE" | "DELETE")
}

async fn no_statement_reads_a_table_that_grows_from_end_to_end(
    (store, database): (Arc<SqlStore>, Database),
) {
    store.close().await.unwrap();
    seed::fill(&database).await;
    let is_sqlite = database.is_sqlite();
    let captured = run::run(is_sqlite).await;
    let small = reasons(SMALL);
    let mut read = BTreeMap::new();
    // SQLite keeps no statistics of its own accord, so its plans must be good without them too.
    for with_statistics in [!is_sqlite, true] {
        if with_statistics {
            let _ = database.execute("ANALYZE").await.unwrap();
        }
        let explainer = Explainer::of(&database).await;
        for seen in captured.all() {
            for (what, plan) in read_by(&explainer, &seen, &small).await {
                let _ = read.entry(what).or_insert(plan);
            }
        }
    }
    let dump: String = read.iter().map(|(w, p)| format!("{w}\n{p}\n\n")).collect();
    std::fs::write(format!("/tmp/plans_read_{is_sqlite}.txt"), dump).unwrap();
    let dump: String = captured
        .all()
        .iter()
        .map(|s| format!("{:?} {} {}\n", s.methods, s.runs.len(), s.runs[0].sql))
        .collect();
    std::fs::write(format!("/tmp/plans_all_{is_sqlite}.txt"), dump).unwrap();
    assert_all_grown(&database, &small).await;
    assert_excused(&read, if is_sqlite { "sqlite" } else { "postgres" });
    assert_all_seen(&captured);
}

/// What a statement reads otherwise than by seeking, as the file of exceptions calls it, each
/// with the plan.
async fn read_by(
    explainer: &Explainer,
    seen: &Seen,
    small: &BTreeMap<&str, &str>,
) -> Vec<(String, String)> {
    let methods: Vec<&str> = seen.methods.iter().map(String::as_str).collect();
    let mut found = Vec::new();
    for statement in seen.runs.iter().filter(|run| is_asked(run)) {
        let (read, plan) = explainer.read(statement).await;
        for (table, how) in read {
            if !small.contains_key(table.as_str()) {
                let how = if how == Read::Walk { "walks" } else { "scans" };
                let what = format!("{} {how} {table}", methods.join("+"));
                found.push((what, format!("{}\n{plan}", statement.sql)));
            }
        }
    }
    found
}

/// Every table has rows enough for an engine to mind, or a reason for being small.
async fn assert_all_grown(database: &Database, small: &BTreeMap<&str, &str>) {
    let connection = sea_orm::Database::connect(&database.config.url).await.unwrap();
    let backend = connection.get_database_backend();
    let rows = async |text: String| {
        connection.query_all_raw(Statement::from_string(backend, text)).await.unwrap()
    };
    let tables = match backend {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
        _ => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
    };
    let mut tables: BTreeSet<String> =
        rows(tables.to_owned()).await.iter().map(|row| row.try_get("", "name").unwrap()).collect();
    assert!(tables.remove("seaql_migrations"));
    for table in small.keys() {
        assert!(tables.remove(*table), "{table} is not there, and has a reason for being small");
    }
    for table in tables {
        let count = rows(format!("SELECT count(*) AS n FROM {table}")).await;
        let count: i64 = count.first().unwrap().try_get("", "n").unwrap();
        assert!(count >= ROWS_MIN, "{table} has {count} rows: fill it, or tell why it stays small");
    }
}

/// Whatever is read from end to end has a reason, and every reason has something to excuse.
fn assert_excused(read: &BTreeMap<String, String>, engine: &str) {
    let mut excused = BTreeSet::new();
    for (what, _) in reasons(EXCEPTIONS) {
        match what.rsplit_once(" on ") {
            Some((_, other)) if other != engine => {}
            Some((what, _)) => drop(excused.insert(what)),
            None => drop(excused.insert(what)),
        }
    }
    let without: Vec<String> = read
        .iter()
        .filter(|(what, _)| !excused.contains(what.as_str()))
        .map(|(what, plan)| format!("{what}\n{plan}"))
        .collect();
    assert!(without.is_empty(), "without a reason:\n{}", without.join("\n\n"));
    let idle: Vec<_> = excused.iter().filter(|what| !read.contains_key(**what)).collect();
    assert!(idle.is_empty(), "nothing is read so any more: {idle:?}");
}

/// Every method of a port was seen, or has a reason.
fn assert_all_seen(captured: &Captured) {
    let seen: BTreeSet<String> = captured.all().into_iter().flat_map(|it| it.methods).collect();
    let unseen = reasons(UNSEEN);
    let methods = methods();
    assert!(methods.len() > 200, "only {} methods were found", methods.len());
    let missing: Vec<&String> = methods
        .iter()
        .filter(|name| !seen.contains(*name) && !unseen.contains_key(name.as_str()))
        .collect();
    assert!(missing.is_empty(), "nobody ran these, so nobody knows their plans: {missing:#?}");
    let idle: Vec<_> =
        unseen.keys().filter(|name| seen.contains(**name) || !methods.contains(**name)).collect();
    assert!(idle.is_empty(), "these are seen, or are not there: {idle:?}");
}

/// Every method of a port that the store has, as `Port::method`.
fn methods() -> BTreeSet<String> {
    let mut methods = BTreeSet::new();
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut folders = vec![std::path::PathBuf::from(source)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                collect(&std::fs::read_to_string(path).unwrap(), &mut methods);
            }
        }
    }
    methods
}

fn collect(text: &str, methods: &mut BTreeSet<String>) {
    let mut port = None;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("impl ") {
            let head = rest
                .split_once(" for ")
                .filter(|(_, of)| of.starts_with("SqlView") || of.starts_with("SqlTransaction"));
            port = head.map(|(port, _)| port.to_owned());
        }
        let name =
            line.strip_prefix("    async fn ").and_then(|rest| rest.split(['(', '<']).next());
        if let (Some(port), Some(name)) = (&port, name) {
            let _ = methods.insert(format!("{port}::{name}"));
        }
        if line == "}" {
            port = None;
        }
    }
}
