//! Whoever changes the audit log behind the program's back is found out, and so is what.

use std::sync::Arc;

use gaara_application::{AuditFinding, AuditHead, AuditVerification};
use gaara_store_sql::SqlStore;
use gaara_testkit::Harness;

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    a_log_that_nobody_touched_is_intact,
    whatever_is_changed_in_the_log_is_found,
    what_is_cut_off_is_missed_by_whoever_kept_a_head,
    of_many_who_seal_at_once_one_does,
    nothing_that_somebody_adds_keeps_the_rest_from_being_sealed,
}

/// A statement that adds a seal of these values.
macro_rules! seal {
    ($values:literal) => {
        concat!(
            "INSERT INTO audit_seals (number, row_count, root, previous, sealed_at_ms, signature) \
             VALUES (",
            $values,
            ")"
        )
    };
}

/// A statement that seals the row which waits, with these values.
macro_rules! row {
    ($values:literal) => {
        concat!(
            "INSERT INTO audit_sealed (seal, position, audit_id, digest) SELECT ",
            $values,
            " FROM audit_unsealed"
        )
    };
}

/// A statement that adds a row to the log, with this code, trace and action.
macro_rules! log {
    ($values:literal) => {
        concat!(
            "INSERT INTO audit_log (id, at_ms, actor, subject, changes, code, trace, action) \
             SELECT (SELECT id FROM organizations), at_ms, actor, subject, changes, ",
            $values,
            " FROM audit_log"
        )
    };
}

async fn add_rows(books: &Harness, names: &[&str]) {
    for name in names {
        books.add_warehouse(name).await;
    }
}

/// Books with three seals, the second one on three rows and the third on two.
async fn sealed_books(store: &Arc<SqlStore>) -> Harness {
    let books = Harness::new(store.clone()).set_up().await;
    let _ = books.app.seal_audit_log().await.unwrap().unwrap();
    for names in [&["A", "B", "C"][..], &["D", "E"]] {
        add_rows(&books, names).await;
        let _ = books.app.seal_audit_log().await.unwrap().unwrap();
    }
    books
}

async fn verify(books: &Harness, heads: &[AuditHead]) -> AuditVerification {
    books.app.verify_audit_log(&books.system(), heads).await.unwrap()
}

/// Runs statements as somebody does who may do anything with the database.
pub(crate) async fn tamper(database: &Database, statements: &str) {
    let text = if database.is_sqlite() {
        let off = ["audit_log", "audit_seals", "audit_sealed"].map(|table| {
            format!(
                "DROP TRIGGER IF EXISTS {table}_no_update; DROP TRIGGER IF EXISTS {table}_no_delete;"
            )
        });
        format!("PRAGMA foreign_keys = OFF; {} {statements}", off.concat())
    } else {
        format!("SET session_replication_role = replica; {statements}")
    };
    let _ = database.execute(&text).await.unwrap();
}

async fn a_log_that_nobody_touched_is_intact((store, _): (Arc<SqlStore>, Database)) {
    let books = sealed_books(&store).await;
    assert_eq!(books.app.seal_audit_log().await.unwrap(), None, "nothing waits");
    add_rows(&books, &["F"]).await;

    let verified = verify(&books, &[]).await;
    assert_eq!(verified.findings, []);
    assert_eq!((verified.seals, verified.rows, verified.unsealed), (3, 7, 1));
    assert_eq!((verified.without_code, verified.head.unwrap().number), (0, 3));
    let head = verified.head.unwrap();
    let _ = books.app.seal_audit_log().await.unwrap().unwrap();
    assert_eq!(verify(&books, &[head]).await.findings_total, 0, "a head stays true");
}

/// The row of an id that a statement can name: the warehouse of a name.
const OF_B: &str = "(SELECT audit_id FROM audit_sealed WHERE seal = 2 AND position = 1)";

/// A row that the program did not write, and one that it cannot read; the program's own trigger
/// marks rows as waiting.
const FORGED: &str = "INSERT INTO audit_log (id, at_ms, actor, subject, changes, trace, action) \
     SELECT (SELECT id FROM organizations), at_ms, 'usr_x', subject, changes, trace, action \
     FROM audit_log WHERE id = {B}; \
     INSERT INTO audit_unsealed SELECT id FROM organizations \
     WHERE id NOT IN (SELECT audit_id FROM audit_unsealed)";
const UNREADABLE: &str = "INSERT INTO audit_log (id, at_ms, actor, subject, changes, trace, \
     action) SELECT (SELECT id FROM organizations), at_ms, 'usr_x', subject, changes, \
     'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz', action FROM audit_log WHERE id = {B}; \
     INSERT INTO audit_unsealed SELECT id FROM organizations \
     WHERE id NOT IN (SELECT audit_id FROM audit_unsealed)";
/// A row that the program did not write, whose mark stands for one that is sealed already.
const MARKED_INSTEAD: &str = "INSERT INTO audit_log (id, at_ms, actor, subject, changes, trace, \
     action) SELECT (SELECT id FROM organizations), at_ms, 'usr_x', subject, changes, trace, \
     action FROM audit_log WHERE id = {B}; \
     DELETE FROM audit_unsealed WHERE audit_id IN (SELECT id FROM organizations); \
     INSERT INTO audit_unsealed SELECT audit_id FROM audit_sealed WHERE seal = 1";

/// What somebody does, and what is found in which order.
const CHANGES: &[(&str, &[&str])] = &[
    ("UPDATE audit_log SET actor = 'usr_x' WHERE id = {B}", &["row_changed", "seal ok"]),
    ("UPDATE audit_log SET at_ms = at_ms + 1 WHERE id = {B}", &["row_changed"]),
    ("UPDATE audit_log SET session = 'ses_x' WHERE id = {B}", &["row_changed"]),
    ("UPDATE audit_log SET address = '203.0.113.9' WHERE id = {B}", &["row_changed"]),
    ("UPDATE audit_log SET address = 'nowhere' WHERE id = {B}", &["row_changed"]),
    ("UPDATE audit_log SET changes = '[]' WHERE id = {B}", &["row_changed"]),
    ("UPDATE audit_log SET changes = '{}' WHERE id = {B}", &["row_changed"]),
    ("UPDATE audit_log SET code = NULL WHERE id = {B}", &["row_changed"]),
    ("DELETE FROM audit_log WHERE id = {B}", &["row_missing", "rows_unaccounted"]),
    ("DELETE FROM audit_sealed WHERE seal = 2 AND position = 1", &["seal_broken", "row_outside"]),
    ("UPDATE audit_sealed SET position = 999 WHERE seal = 2 AND position = 0", &["seal_broken"]),
    (
        "UPDATE audit_seals SET root = previous WHERE number = 2",
        &["seal_forged", "seal_broken", "seal_forged"],
    ),
    ("UPDATE audit_seals SET sealed_at_ms = sealed_at_ms + 1 WHERE number = 3", &["seal_forged"]),
    ("DELETE FROM audit_seals WHERE number = 2", &["seal_missing"]),
    ("DELETE FROM audit_unsealed", &["row_outside"]),
    (
        "UPDATE audit_log SET changes = '[{\"field\": \"x\", \"before\": null, \"after\": null, \
         \"more\": 1}]' WHERE id = {B}",
        &["row_changed"],
    ),
    (FORGED, &["row_forged"]),
    (UNREADABLE, &["row_changed"]),
    (MARKED_INSTEAD, &["row_outside"]),
    (
        "DELETE FROM audit_unsealed; DELETE FROM audit_log; DELETE FROM audit_sealed; \
         DELETE FROM audit_seals",
        &["truncated"],
    ),
];

fn kind(finding: &AuditFinding) -> &'static str {
    match finding {
        AuditFinding::RowChanged { .. } => "row_changed",
        AuditFinding::RowForged { .. } => "row_forged",
        AuditFinding::RowMissing { seal: 2, .. } => "row_missing",
        AuditFinding::SealBroken { seal: 2 } => "seal_broken",
        AuditFinding::SealForged { .. } => "seal_forged",
        AuditFinding::SealMissing { seal: 2 } => "seal_missing",
        AuditFinding::RowOutside { .. } => "row_outside",
        AuditFinding::RowsUnaccounted { .. } => "rows_unaccounted",
        AuditFinding::Truncated { .. } => "truncated",
        _ => "another",
    }
}

async fn whatever_is_changed_in_the_log_is_found((store, database): (Arc<SqlStore>, Database)) {
    let books = sealed_books(&store).await;
    add_rows(&books, &["F"]).await;
    let copy = "CREATE TABLE kept_log AS SELECT * FROM audit_log; \
         CREATE TABLE kept_sealed AS SELECT * FROM audit_sealed; \
         CREATE TABLE kept_seals AS SELECT * FROM audit_seals; \
         CREATE TABLE kept_unsealed AS SELECT * FROM audit_unsealed;";
    let back = "DELETE FROM audit_sealed; DELETE FROM audit_unsealed; DELETE FROM audit_seals; \
         DELETE FROM audit_log; INSERT INTO audit_log SELECT * FROM kept_log; \
         DELETE FROM audit_unsealed; INSERT INTO audit_unsealed SELECT * FROM kept_unsealed; \
         INSERT INTO audit_seals SELECT * FROM kept_seals; \
         INSERT INTO audit_sealed SELECT * FROM kept_sealed;";
    tamper(&database, copy).await;
    for (change, expected) in CHANGES {
        tamper(&database, &change.replace("{B}", OF_B)).await;
        let verified = verify(&books, &[]).await;
        let kinds: Vec<_> = verified.findings.iter().map(kind).collect();
        let expected: Vec<_> =
            expected.iter().filter(|kind| **kind != "seal ok").copied().collect();
        assert_eq!(kinds, expected, "{change}: {:?}", verified.findings);
        tamper(&database, back).await;
        assert_eq!(verify(&books, &[]).await.findings, [], "put back after {change}");
    }
}

async fn what_is_cut_off_is_missed_by_whoever_kept_a_head(
    (store, database): (Arc<SqlStore>, Database),
) {
    let books = sealed_books(&store).await;
    let head = verify(&books, &[]).await.head.unwrap();
    tamper(
        &database,
        "DELETE FROM audit_log WHERE id IN (SELECT audit_id FROM audit_sealed WHERE seal = 3); \
         DELETE FROM audit_sealed WHERE seal = 3; DELETE FROM audit_seals WHERE number = 3;",
    )
    .await;
    assert_eq!(verify(&books, &[]).await.findings, [], "nothing is left that could tell");
    let verified = verify(&books, &[head]).await;
    assert_eq!(verified.findings, [AuditFinding::Truncated { last: 2, kept: 3 }]);

    add_rows(&books, &["G"]).await;
    let _ = books.app.seal_audit_log().await.unwrap().unwrap();
    let verified = verify(&books, &[head]).await;
    assert_eq!(verified.findings, [AuditFinding::HeadDiffers { seal: 3 }]);
}

/// Statements that break one rule each, and the rule.
pub(crate) const BREACHES: &[(&str, &str)] = &[
    ("UPDATE audit_seals SET number = number + 9", "append-only"),
    ("DELETE FROM audit_seals", "append-only"),
    ("UPDATE audit_sealed SET position = position + 9", "append-only"),
    ("DELETE FROM audit_sealed", "append-only"),
    (seal!("0, 1, {bytes 32}, {bytes 32}, 1, {bytes 64}"), "number_counted"),
    (seal!("4, 0, {bytes 32}, {bytes 32}, 1, {bytes 64}"), "rows_counted"),
    (seal!("4, 1001, {bytes 32}, {bytes 32}, 1, {bytes 64}"), "rows_counted"),
    (seal!("4, 1, {bytes 31}, {bytes 32}, 1, {bytes 64}"), "root_length"),
    (seal!("4, 1, {bytes 32}, {bytes 33}, 1, {bytes 64}"), "previous_length"),
    (seal!("4, 1, {bytes 32}, {bytes 32}, 1, {bytes 63}"), "signature_length"),
    (row!("3, 1000, audit_id, {bytes 32}"), "place_counted"),
    (row!("3, 9, audit_id, {bytes 31}"), "digest_length"),
    (log!("{bytes 31}, trace, action"), "code_length"),
    (log!("NULL, 'short', action"), "trace_length"),
    (
        "INSERT INTO audit_log (id, at_ms, actor, subject, changes, trace, action, address) \
         SELECT (SELECT id FROM organizations), at_ms, actor, subject, changes, trace, action, '1' \
         FROM audit_log",
        "address_length",
    ),
    (log!("NULL, trace, ''"), "action_named"),
];

/// Books with sealed rows, and one that waits.
pub(crate) async fn kept_seals(store: Arc<SqlStore>) -> Harness {
    let books = sealed_books(&store).await;
    add_rows(&books, &["F"]).await;
    books
}

async fn of_many_who_seal_at_once_one_does((store, _): (Arc<SqlStore>, Database)) {
    let books = Harness::new(store.clone()).set_up().await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let app = Arc::clone(&books.app);
            tokio::spawn(async move { app.seal_audit_log().await })
        })
        .collect();
    let mut heads = Vec::new();
    for task in tasks {
        heads.extend(task.await.unwrap().unwrap());
    }
    assert_eq!(heads.len(), 1, "{heads:?}");
    let verified = verify(&books, &heads).await;
    assert_eq!((verified.findings_total, verified.unsealed), (0, 0));
}

async fn nothing_that_somebody_adds_keeps_the_rest_from_being_sealed(
    (store, database): (Arc<SqlStore>, Database),
) {
    let books = sealed_books(&store).await;
    let again = "INSERT INTO audit_unsealed SELECT audit_id FROM audit_sealed WHERE seal = 1";
    tamper(&database, again).await;
    tamper(&database, &UNREADABLE.replace("{B}", OF_B)).await;
    add_rows(&books, &["G"]).await;

    let head = books.app.seal_audit_log().await.unwrap().unwrap();

    assert_eq!(head.number, 4);
    assert_eq!(books.app.seal_audit_log().await.unwrap(), None, "nothing is left that can be");
    let verified = verify(&books, &[head]).await;
    let kinds: Vec<_> = verified.findings.iter().map(kind).collect();
    assert_eq!(kinds, ["row_changed"], "the row that cannot be read is named");
}
