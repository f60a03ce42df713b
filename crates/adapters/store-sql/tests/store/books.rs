//! Whatever does not agree in the books is found and named, and books that agree are not blamed.

mod breaches;
mod hidden;
mod kept;

use std::sync::Arc;

use gaara_application::invoicing::{DocumentFinding, DocumentVerification};
use gaara_store_sql::{BooksFinding, BooksRule, SqlStore};
use gaara_testkit::Harness;

use self::breaches::{BREACHES, BREACHES_SQLITE, FIRST};
pub(crate) use self::kept::kept_books;
use crate::audit_tampering::tamper;
use crate::databases::{self, Database, on_both_engines};

on_both_engines! {
    books_that_agree_are_not_blamed,
    whatever_does_not_agree_is_found_and_named,
    what_is_gone_from_the_schema_or_was_changed_is_found,
    issued_documents_are_held_to_their_digests,
    a_check_sees_one_moment_however_much_is_written_meanwhile,
}

/// Everything that does not agree, and under which rule.
async fn findings(store: &SqlStore) -> Vec<(BooksRule, BooksFinding)> {
    let schema = store.books().await.unwrap().check(BooksRule::Schema).await.unwrap();
    let schema = schema.findings.into_iter().map(|finding| (BooksRule::Schema, finding));
    schema.chain(disagreements(store).await).collect()
}

/// What does not agree between rows, whatever had to be taken out of the schema to get there.
async fn disagreements(store: &SqlStore) -> Vec<(BooksRule, BooksFinding)> {
    let books = store.books().await.unwrap();
    let mut all = Vec::new();
    for rule in BooksRule::ALL.into_iter().filter(|rule| *rule != BooksRule::Schema) {
        let ruling = books.check(rule).await.unwrap();
        assert_eq!(usize::try_from(ruling.findings_total), Ok(ruling.findings.len()));
        all.extend(ruling.findings.into_iter().map(|finding| (rule, finding)));
    }
    all
}

async fn books_that_agree_are_not_blamed((store, _): (Arc<SqlStore>, Database)) {
    assert_eq!(findings(&store).await, [], "empty books agree");
    kept_books(&store).await;
    assert_eq!(findings(&store).await, []);
}

/// A statement with what it names put in.
fn written(statement: &str, is_sqlite: bool) -> String {
    let receipt = "(SELECT movement_id FROM stock_movement_lines WHERE \
         quantity_millionths = 100000000)";
    let undone = "(SELECT id FROM stock_movements WHERE kind = 'transfer' AND status = 'reversed')";
    let numbered = if is_sqlite { "" } else { "OVERRIDING SYSTEM VALUE" };
    let statement = statement.replace("{FIRST}", FIRST).replace("{RECEIPT}", receipt);
    statement.replace("{UNDONE}", undone).replace("{NUMBERED}", numbered)
}

async fn whatever_does_not_agree_is_found_and_named((store, database): (Arc<SqlStore>, Database)) {
    kept_books(&store).await;
    let more = if database.is_sqlite() {
        tamper(&database, "DROP TRIGGER stock_ledger_no_update").await;
        tamper(&database, "DROP TRIGGER stock_ledger_no_delete").await;
        BREACHES_SQLITE
    } else {
        &[]
    };
    let breaches = [BREACHES, hidden::STOCK, hidden::DOCUMENTS, more].concat();
    for (breach, repair, expected) in breaches {
        tamper(&database, &written(breach, database.is_sqlite())).await;

        let found = disagreements(&store).await;

        let told: Vec<_> = found
            .iter()
            .map(|(rule, it)| (*rule, it.table.as_str(), it.expected - it.found))
            .collect();
        assert_eq!(told, *expected, "{breach}: {found:?}");
        assert!(found.iter().all(|(_, finding)| !finding.id.is_empty()));
        tamper(&database, &written(repair, database.is_sqlite())).await;
        assert_eq!(disagreements(&store).await, [], "{repair}");
    }
}

#[test]
fn every_rule_is_broken_by_somebody() {
    let breaches = [BREACHES, hidden::STOCK, hidden::DOCUMENTS, BREACHES_SQLITE].concat();
    let broken: Vec<BooksRule> =
        breaches.iter().flat_map(|(_, _, found)| found.iter().map(|(rule, ..)| *rule)).collect();
    let left = BooksRule::ALL.into_iter().filter(|rule| !broken.contains(rule));
    assert_eq!(left.collect::<Vec<_>>(), [BooksRule::Schema], "which has a test of its own");
}

async fn what_is_gone_from_the_schema_or_was_changed_is_found(
    (store, database): (Arc<SqlStore>, Database),
) {
    let (statements, expected): (&[&str], &[_]) = if database.is_sqlite() {
        (
            &[
                "DROP TRIGGER stock_ledger_no_update",
                "DROP INDEX invoices_owed",
                "DROP INDEX invoices_number; CREATE INDEX invoices_number ON invoices (id)",
                "CREATE TRIGGER a_spy AFTER INSERT ON payments BEGIN SELECT 1; END",
                "CREATE INDEX invoices_of_mine ON invoices (note_en)",
                "ALTER TABLE units DROP COLUMN decimals",
            ],
            &[
                ("invoices", "index invoices_number", (1, 1)),
                ("invoices", "index invoices_owed", (1, 0)),
                ("stock_ledger", "trigger stock_ledger_no_update", (1, 0)),
                ("units", "table units", (1, 1)),
                ("payments", "trigger a_spy", (0, 1)),
            ],
        )
    } else {
        (
            &[
                "DROP TRIGGER stock_ledger_append_only ON stock_ledger",
                "DROP INDEX invoices_owed",
                "ALTER TABLE payments DROP CONSTRAINT amount_positive",
                "ALTER TABLE audit_log DISABLE TRIGGER audit_log_append_only",
                "CREATE OR REPLACE FUNCTION gaara_freeze_invoice() RETURNS trigger \
                 LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
                "CREATE TRIGGER a_spy BEFORE INSERT ON payments FOR EACH ROW \
                 EXECUTE FUNCTION gaara_freeze_invoice()",
                "CREATE INDEX invoices_of_mine ON invoices (note_en)",
                "ALTER TABLE units DROP COLUMN decimals",
            ],
            &[
                ("audit_log", "trigger audit_log_append_only", (1, 1)),
                ("functions", "function gaara_freeze_invoice", (1, 1)),
                ("invoices", "index invoices_owed", (1, 0)),
                ("payments", "constraint amount_positive", (1, 0)),
                ("stock_ledger", "trigger stock_ledger_append_only", (1, 0)),
                ("units", "column decimals", (1, 0)),
                ("units", "constraint decimals_range", (1, 0)),
                ("payments", "trigger a_spy", (0, 1)),
            ],
        )
    };
    for statement in statements {
        let _ = database.execute(statement).await.expect(statement);
    }

    let found = store.books().await.unwrap().check(BooksRule::Schema).await.unwrap().findings;

    let told: Vec<_> = found
        .iter()
        .map(|it| (it.table.as_str(), it.id.as_str(), (it.expected, it.found)))
        .collect();
    assert_eq!(told, *expected);
}

/// What is compared on PostgreSQL is a list, which a new step of the schema has to bring along:
/// `UPDATE_DOCS=1` writes it anew.
#[tokio::test]
async fn the_list_of_the_schema_is_what_postgres_holds() {
    let (store, _database) = databases::postgres().await;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/books/schema/postgres.txt");

    let held = store.books().await.unwrap().objects().await.unwrap();

    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &held).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap() == held, "{path} is out of date");
}

async fn issued_documents_are_held_to_their_digests((store, database): (Arc<SqlStore>, Database)) {
    let books = kept_books(&store).await;
    let verified = verify_documents(&store, &books).await;
    assert_eq!((verified.findings, verified.documents), (Vec::new(), 7));
    let zeros =
        if database.is_sqlite() { "zeroblob(32)" } else { "decode(repeat('00', 32), 'hex')" };
    let nth = |sequence: u8| {
        format!("(SELECT id FROM invoices WHERE number = 'INV-2026-0000{sequence}')")
    };
    let logged = "action = 'credit_note.issued'";
    for statement in [
        format!("UPDATE invoices SET digest = {zeros} WHERE id = {}", nth(1)),
        format!("UPDATE invoice_lines SET quantity_millionths = 7 WHERE invoice_id = {}", nth(2)),
        format!("UPDATE invoices SET snapshot = NULL, digest = NULL WHERE id = {}", nth(3)),
        format!("UPDATE invoices SET issue_date = '2026-11-01' WHERE id = {}", nth(4)),
        format!("DELETE FROM invoice_lines WHERE invoice_id = {}", nth(5)),
        format!("DELETE FROM invoices WHERE id = {}", nth(5)),
        format!(
            "DELETE FROM audit_unsealed WHERE audit_id IN (SELECT id FROM audit_log WHERE {logged})"
        ),
        format!("DELETE FROM audit_log WHERE {logged}"),
    ] {
        tamper(&database, &statement).await;
    }

    let verified = verify_documents(&store, &books).await;

    let told: Vec<_> = verified.findings.iter().map(kind_of).collect();
    let expected =
        ["changed", "unreadable", "changed", "differs", "differs", "missing", "unlogged"];
    assert_eq!(told, expected, "{:?}", verified.findings);
    assert_eq!((verified.findings_total, verified.documents), (7, 6));
    tamper(&database, "UPDATE audit_log SET trace = 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'").await;
    let verified = verify_documents(&store, &books).await;
    assert_eq!(verified.findings.last(), Some(&DocumentFinding::LogUnreadable));
}

fn kind_of(finding: &DocumentFinding) -> &'static str {
    match finding {
        DocumentFinding::Unreadable { .. } => "unreadable",
        DocumentFinding::Changed { .. } => "changed",
        DocumentFinding::DigestDiffers { .. } => "differs",
        DocumentFinding::Missing { .. } => "missing",
        DocumentFinding::Unlogged { documents: 1 } => "unlogged",
        DocumentFinding::Unlogged { .. } | DocumentFinding::LogUnreadable => "something else",
    }
}

async fn verify_documents(store: &SqlStore, books: &Harness) -> DocumentVerification {
    let mut view = store.books().await.unwrap();
    books.app.verify_documents_in(&books.system(), view.view()).await.unwrap()
}

async fn a_check_sees_one_moment_however_much_is_written_meanwhile(
    (store, database): (Arc<SqlStore>, Database),
) {
    kept_books(&store).await;
    let before = store.books().await.unwrap();
    tamper(&database, "UPDATE stock_levels SET value_minor = value_minor + 1").await;

    let ruling = before.check(BooksRule::LevelValue).await.unwrap();

    assert_eq!(ruling.findings, [], "that was later");
    drop(before);
    assert_eq!(
        disagreements(&store).await.len(),
        4,
        "three levels by the ledger, one by its layers"
    );
}
