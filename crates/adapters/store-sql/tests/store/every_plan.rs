//! No statement of the store reads a table that grows from end to end, and none is left out.
//!
//! The statements are those that the contract of the store makes it ask, whoever adds them; the
//! engine is asked for their plans on books of a hundred thousand documents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gaara_store_sql::SqlStore;
use sea_orm::Statement;

use crate::capture::explain::Explainer;
use crate::capture::source::Source;
use crate::capture::{Captured, Seen, counts, run, seed};
use crate::databases::{Database, on_both_engines};

on_both_engines! {
    no_statement_reads_a_table_that_grows_from_end_to_end,
}

/// What is read otherwise: the methods, the table and how, and the reason.
const EXCEPTIONS: &str = include_str!("capture/exceptions.txt");
/// Tables that stay small, and why.
const SMALL: &str = include_str!("capture/small.txt");
/// Methods of ports that the contract does not run, or that ask nothing, and why.
const UNSEEN: &str = include_str!("capture/unseen.txt");
/// A table that grows has at least so many rows here, where its rows are not those of another.
const ROWS_MIN: i64 = 20_000;

/// Statistics of all rows: of a sample they would differ from run to run, and some plans with them.
const WHOLE: &str = "SET default_statistics_target = 400; ANALYZE";

/// The lines of a file of reasons, each `what: why`.
fn reasons(file: &'static str) -> BTreeMap<&'static str, &'static str> {
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").expect("what, a colon and a reason")).collect()
}

/// What changes rows or reads them, and not what begins or ends a transaction. A total is counted
/// for whoever asks for it, and reads what it counts.
fn is_asked(statement: &Statement) -> bool {
    if statement.sql.starts_with("SELECT COUNT(*) FROM") {
        return false;
    }
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
            let _ = database.execute(if is_sqlite { "ANALYZE" } else { WHOLE }).await.unwrap();
        }
        let explainer = Explainer::of(&database).await;
        assert_all_grown(&explainer, &small).await;
        for seen in captured.all() {
            for (what, plan) in read_by(&explainer, &seen, &small).await {
                let _ = read.entry(what).or_insert(plan);
            }
        }
    }
    let engine = if is_sqlite { "sqlite" } else { "postgres" };
    assert_excused(&read, engine);
    assert_all_seen(&captured);
    counts::assert_as_written(&captured.counts(), is_sqlite);
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
        for it in read.into_iter().filter(|it| !small.contains_key(it.table.as_str())) {
            let what = format!("{} {}", methods.join("+"), it.how);
            found.push((what, format!("{}\n{plan}", statement.sql)));
        }
    }
    found
}

/// Every table has rows enough for an engine to mind, or a reason for being small.
async fn assert_all_grown(explainer: &Explainer, small: &BTreeMap<&str, &str>) {
    let mut tables = explainer.tables().clone();
    assert!(tables.remove("seaql_migrations"));
    for table in small.keys() {
        assert!(tables.remove(*table), "{table} is not there, and has a reason for being small");
    }
    for table in tables {
        let count = explainer.count(&table).await;
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
    let source = Source::read();
    let methods = source.of_ports();
    assert!(methods.len() > 200, "only {} methods were found", methods.len());
    let missing: Vec<_> = methods
        .iter()
        .filter(|name| !seen.contains(**name) && !unseen.contains_key(**name))
        .collect();
    assert!(missing.is_empty(), "nobody ran these, so nobody knows their plans: {missing:#?}");
    let idle: Vec<_> =
        unseen.keys().filter(|name| seen.contains(**name) || !methods.contains(**name)).collect();
    assert!(idle.is_empty(), "these are seen, or are not there: {idle:?}");
}
