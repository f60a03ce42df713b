//! Whatever does not agree in the books is found and named, and books that agree are not blamed.

use std::sync::Arc;

use gaara_application::inventory::{CreateAndPostMovement, CreateReservation};
use gaara_application::invoicing::{CreateAndIssueCreditNote, RecordPayment, WrittenCreditNote};
use gaara_inventory::Costing;
use gaara_invoicing::{CreditLine, CreditScope, PartyId, PaymentMethod};
use gaara_store_sql::{BooksFinding, BooksRule, SqlStore};
use gaara_testkit::{Harness, money, quantity};

use crate::audit_tampering::tamper;
use crate::databases::{Database, on_both_engines};

on_both_engines! {
    books_that_agree_are_not_blamed,
    whatever_does_not_agree_is_found_and_named,
    a_check_sees_one_moment_however_much_is_written_meanwhile,
}

/// Books with stock by average and by layers, a promise, three invoices, a credit note and a
/// payment of a part.
async fn kept_books(store: &Arc<SqlStore>) -> Harness {
    let books = Harness::new(store.clone()).set_up().await;
    let sale = books.stocked_sale("100").await;
    let mut layered = Harness::new_product("LAYERED");
    layered.costing = Costing::Fifo;
    let layered = books.app.execute(&books.system(), &layered).await.unwrap().id;
    for count in ["5", "7"] {
        let receipt: CreateAndPostMovement =
            Harness::receipt(layered, sale.warehouse, quantity(count));
        books.app.execute(&books.system(), &receipt).await.unwrap();
    }
    let issue = Harness::issue_of(layered, sale.warehouse, quantity("6"));
    books.app.execute(&books.system(), &issue).await.unwrap();
    let promise = CreateReservation {
        id: None,
        product: sale.product,
        warehouse: sale.warehouse,
        quantity: quantity("3"),
        unit: None,
        expires_at: None,
        note: None,
    };
    books.app.execute(&books.system(), &promise).await.unwrap();
    let mut invoices = Vec::new();
    for count in ["4", "5", "6"] {
        invoices.push(books.issue(&sale.draft(count)).await.unwrap().content.written.id);
    }
    let &[first, second, _] = invoices.as_slice() else { panic!("three invoices") };
    let part = money("10");
    let payment = RecordPayment::new(PartyId::Customer(sale.customer), part, PaymentMethod::Cash)
        .with(first, part);
    books.app.execute(&books.system(), &payment).await.unwrap();
    let part = CreditScope::Lines(vec![CreditLine { line: 0, quantity: quantity("2") }]);
    let note = WrittenCreditNote::new(second, part);
    books.app.execute(&books.system(), &CreateAndIssueCreditNote(note)).await.unwrap();
    books
}

/// Everything that does not agree, and under which rule.
async fn findings(store: &SqlStore) -> Vec<(BooksRule, BooksFinding)> {
    let books = store.books().await.unwrap();
    let mut all = Vec::new();
    for rule in BooksRule::ALL {
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

const FIRST: &str = "(SELECT id FROM invoices WHERE number_sequence = 1 AND number_series = 'INV')";

/// What somebody does, how it is taken back, and what is found: rule, table, expected less found.
type Breach = (&'static str, &'static str, &'static [(BooksRule, &'static str, i64)]);

const BREACHES: &[Breach] = &[
    (
        "UPDATE stock_levels SET on_hand_millionths = on_hand_millionths + 7 \
         WHERE reserved_millionths > 0",
        "UPDATE stock_levels SET on_hand_millionths = on_hand_millionths - 7 \
         WHERE reserved_millionths > 0",
        &[(BooksRule::LevelQuantity, "stock_levels", -7)],
    ),
    (
        "UPDATE stock_levels SET value_minor = value_minor - 1 WHERE reserved_millionths > 0",
        "UPDATE stock_levels SET value_minor = value_minor + 1 WHERE reserved_millionths > 0",
        &[(BooksRule::LevelValue, "stock_levels", 1)],
    ),
    (
        "UPDATE stock_levels SET reserved_millionths = reserved_millionths + 2 \
         WHERE reserved_millionths > 0",
        "UPDATE stock_levels SET reserved_millionths = reserved_millionths - 2 \
         WHERE reserved_millionths > 0",
        &[(BooksRule::Reserved, "stock_levels", -2)],
    ),
    (
        "UPDATE stock_layers SET quantity_millionths = quantity_millionths - 1",
        "UPDATE stock_layers SET quantity_millionths = quantity_millionths + 1",
        &[(BooksRule::LayerQuantity, "stock_layers", 1)],
    ),
    (
        "UPDATE stock_layers SET value_minor = value_minor + 3",
        "UPDATE stock_layers SET value_minor = value_minor - 3",
        &[(BooksRule::LayerValue, "stock_layers", -3)],
    ),
    (
        "UPDATE invoices SET lines_net_minor = lines_net_minor + 1, \
         allowances_minor = allowances_minor + 1 WHERE id = {FIRST}",
        "UPDATE invoices SET lines_net_minor = lines_net_minor - 1, \
         allowances_minor = allowances_minor - 1 WHERE id = {FIRST}",
        &[(BooksRule::Lines, "invoices", -1)],
    ),
    (
        "UPDATE invoice_tax_groups SET taxable_minor = taxable_minor + 1 \
         WHERE invoice_id = {FIRST}",
        "UPDATE invoice_tax_groups SET taxable_minor = taxable_minor - 1 \
         WHERE invoice_id = {FIRST}",
        &[(BooksRule::Taxable, "invoices", 1)],
    ),
    (
        "UPDATE invoice_tax_groups SET tax_amount_minor = tax_amount_minor - 1 \
         WHERE invoice_id = {FIRST}",
        "UPDATE invoice_tax_groups SET tax_amount_minor = tax_amount_minor + 1 \
         WHERE invoice_id = {FIRST}",
        &[(BooksRule::Tax, "invoices", -1)],
    ),
    (
        // Whoever tampers here keeps PostgreSQL from counting, and not SQLite.
        "UPDATE payment_allocations SET amount_minor = amount_minor - 1; \
         UPDATE payments SET allocated_minor = 999",
        "UPDATE payment_allocations SET amount_minor = amount_minor + 1; \
         UPDATE payments SET allocated_minor = 1000",
        &[(BooksRule::Paid, "invoices", -1)],
    ),
    (
        "UPDATE payments SET state = 'void', voided_at_ms = 5",
        "UPDATE payments SET state = 'posted', voided_at_ms = NULL",
        &[(BooksRule::Spent, "payments", -1000)],
    ),
    (
        "UPDATE payments SET allocated_minor = allocated_minor - 1",
        "UPDATE payments SET allocated_minor = allocated_minor + 1",
        &[(BooksRule::Allocated, "payments", 1)],
    ),
    (
        "UPDATE invoices SET credited_minor = credited_minor - 1 \
         WHERE document_type = 'invoice' AND credited_minor > 0",
        "UPDATE invoices SET credited_minor = credited_minor + 1 \
         WHERE document_type = 'invoice' AND credited_minor > 0",
        &[(BooksRule::Credited, "invoices", 1)],
    ),
    (
        "UPDATE invoices SET credit_notes_minor = credit_notes_minor - 1 \
         WHERE credit_notes_minor > 0",
        "UPDATE invoices SET credit_notes_minor = credit_notes_minor + 1 \
         WHERE credit_notes_minor > 0",
        &[(BooksRule::CreditNotes, "invoices", 1)],
    ),
    (
        "UPDATE invoices SET number_sequence = 9 WHERE number_sequence = 2",
        "UPDATE invoices SET number_sequence = 2 WHERE number_sequence = 9",
        &[
            (BooksRule::NumberGap, "number_series_counters", 1),
            (BooksRule::NumberBeyond, "invoices", -6),
        ],
    ),
];

/// What only somebody can do who switches the rules of the engine off.
const BREACHES_SQLITE: &[Breach] = &[
    (
        "PRAGMA ignore_check_constraints = ON; \
         UPDATE invoices SET paid_minor = payable_minor + 1 WHERE id = {FIRST}",
        "PRAGMA ignore_check_constraints = ON; UPDATE invoices SET paid_minor = 1000 \
         WHERE id = {FIRST}",
        &[
            (BooksRule::File, "sqlite_schema", -1),
            (BooksRule::Paid, "invoices", -1646),
            (BooksRule::Open, "invoices", -1),
        ],
    ),
    (
        "DELETE FROM customer_words; INSERT INTO customer_words VALUES ('x', X'00')",
        "DELETE FROM customer_words",
        &[(BooksRule::References, "customer_words", 1)],
    ),
];

async fn whatever_does_not_agree_is_found_and_named((store, database): (Arc<SqlStore>, Database)) {
    kept_books(&store).await;
    let more = if database.is_sqlite() { BREACHES_SQLITE } else { &[] };
    for (breach, repair, expected) in BREACHES.iter().chain(more) {
        tamper(&database, &breach.replace("{FIRST}", FIRST)).await;

        let found = findings(&store).await;

        let told: Vec<_> = found
            .iter()
            .map(|(rule, it)| (*rule, it.table.as_str(), it.expected - it.found))
            .collect();
        assert_eq!(told, *expected, "{breach}: {found:?}");
        assert!(found.iter().all(|(_, finding)| !finding.id.is_empty()));
        tamper(&database, &repair.replace("{FIRST}", FIRST)).await;
        assert_eq!(findings(&store).await, [], "{repair}");
    }
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
    assert_eq!(findings(&store).await.len(), 3, "two levels by the ledger, one by its layers");
}
