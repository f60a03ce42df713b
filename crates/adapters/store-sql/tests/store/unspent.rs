//! Payments know how much of them is allocated, whoever changes what, and since when.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::invoicing::RecordPayment;
use gaara_invoicing::{PartyId, PaymentMethod};
use gaara_kernel::{InvoiceId, StoreError};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, Sale, money};
use sqlx::{Connection, Executor, PgConnection};

use crate::databases::{self, Database, on_both_engines};
use crate::migrations::{STEPS, status, steps_from};
use crate::rules::assert_refused;

on_both_engines! {
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    the_engine_counts_what_is_allocated,
    payments_that_were_there_are_counted,
    a_payment_that_is_spent_twice_stops_the_step,
}

const STEP: &str = "m20261128_000140_unspent_payments";

/// Books with two invoices.
async fn kept(database: &Database) -> (Arc<SqlStore>, Harness, Sale, InvoiceId) {
    let store = Arc::new(database.open().await);
    store.migrate_up().await.unwrap();
    let books = Harness::new(store.clone()).set_up().await;
    let sale = books.stocked_sale("10").await;
    books.issue(&sale.draft("4")).await.unwrap();
    let invoice = books.issue(&sale.draft("4")).await.unwrap().content.written.id;
    (store, books, sale, invoice)
}

/// How much of the payments by this method is allocated: told by how many rows a statement meets.
async fn assert_allocated(database: &Database, method: &str, expected: Option<i64>, why: &str) {
    for (compared, minor) in [("=", expected.unwrap_or(-1)), ("<>", expected.unwrap_or(-1))] {
        let touch = format!(
            "UPDATE payments SET note = note WHERE method = '{method}' \
             AND allocated_minor {compared} {minor}"
        );
        let met = u64::from(compared == "=" && expected.is_some());
        assert_eq!(database.execute(&touch).await.unwrap(), met, "{method} {compared}: {why}");
    }
}

/// What is done to the books, and what is allocated then of a payment in cash and one by card.
const CHANGES: &[(&str, i64, Option<i64>)] = &[
    (
        "INSERT INTO payments (id, customer_id, amount_minor, currency, payment_date, method, \
         created_at_ms, version) SELECT id, customer_id, 100, 'SAR', '2026-11-23', \
         CASE number_sequence WHEN 1 THEN 'cash' ELSE 'card' END, 7, 1 FROM invoices",
        0,
        Some(0),
    ),
    (
        "INSERT INTO payment_allocations (payment_id, invoice_id, amount_minor) \
         SELECT id, id, 30 FROM payments",
        30,
        Some(30),
    ),
    (
        "INSERT INTO payment_allocations (payment_id, invoice_id, amount_minor) \
         SELECT id, id, 1 FROM payments WHERE method = 'cash'",
        31,
        Some(30),
    ),
    ("UPDATE payment_allocations SET amount_minor = amount_minor + 5", 41, Some(35)),
    (
        "UPDATE payment_allocations SET payment_id = (SELECT id FROM payments \
         WHERE method = 'card') WHERE amount_minor = 6",
        35,
        Some(41),
    ),
    ("UPDATE payment_allocations SET settled_on = '2026-11-24'", 35, Some(41)),
    ("DELETE FROM payment_allocations WHERE amount_minor = 6", 35, Some(35)),
    (
        "DELETE FROM payment_allocations WHERE payment_id = (SELECT id FROM payments \
         WHERE method = 'cash')",
        0,
        Some(35),
    ),
    ("DELETE FROM payments WHERE method = 'card'", 0, None),
];

async fn the_engine_counts_what_is_allocated(database: Database) {
    kept(&database).await;
    for (change, cash, card) in CHANGES {
        assert!(database.execute(change).await.expect(change) > 0, "{change}");
        assert_allocated(&database, "cash", Some(*cash), change).await;
        assert_allocated(&database, "card", *card, change).await;
    }
    let beyond = "INSERT INTO payment_allocations (payment_id, invoice_id, amount_minor) \
                  SELECT id, id, 101 FROM payments";
    assert_refused(&database, beyond, "spent_within_amount").await;
    assert_allocated(&database, "cash", Some(0), "nothing has changed").await;
}

/// Payments of 10.00: nothing of one in cash, 4.00 of one by card, all of a cheque.
async fn paid(books: &Harness, sale: Sale, invoice: InvoiceId) {
    let parts =
        [(PaymentMethod::Cash, "0"), (PaymentMethod::Card, "4"), (PaymentMethod::Cheque, "10")];
    for (method, part) in parts {
        let mut new = RecordPayment::new(PartyId::Customer(sale.customer), money("10"), method);
        if part != "0" {
            new = new.with(invoice, money(part));
        }
        books.app.execute(&books.system(), &new).await.unwrap();
    }
}

async fn payments_that_were_there_are_counted(database: Database) {
    let (store, books, sale, invoice) = kept(&database).await;
    paid(&books, sale, invoice).await;
    drop(books);

    store.migrate_down(steps_from(STEP)).await.unwrap();
    let gone = database.execute("UPDATE payments SET allocated_minor = 0").await.unwrap_err();
    assert!(gone.to_string().contains("allocated_minor"), "{gone}");
    let by_the_program_before = "INSERT INTO payment_allocations (payment_id, invoice_id, \
         amount_minor) SELECT payment_id, invoice_id, 5 FROM payment_allocations \
         WHERE amount_minor = 400";
    assert_eq!(database.execute(by_the_program_before).await.unwrap(), 1);

    store.migrate_up_telling(2, |_| Ok(())).await.unwrap();
    for (method, minor) in [("cash", 0), ("card", 405), ("cheque", 1000)] {
        assert_allocated(&database, method, Some(minor), "counted").await;
    }
    store.migrate_down(1).await.unwrap();
    store.migrate_up().await.unwrap();
    assert_allocated(&database, "card", Some(405), "counted again").await;
}

async fn a_payment_that_is_spent_twice_stops_the_step(database: Database) {
    let (store, books, sale, invoice) = kept(&database).await;
    paid(&books, sale, invoice).await;
    drop(books);
    store.migrate_down(steps_from(STEP)).await.unwrap();
    let twice = "UPDATE payment_allocations SET amount_minor = 2 * amount_minor";
    database.execute(twice).await.unwrap();

    let refused = store.migrate_up().await.unwrap_err();

    let StoreError::Internal(cause) = refused else { panic!("{refused:?}") };
    assert!(cause.to_string().contains("spent_within_amount"), "{cause}");
    let repaired = "UPDATE payment_allocations SET amount_minor = amount_minor / 2";
    database.execute(repaired).await.unwrap();
    store.migrate_up().await.unwrap();
    assert_eq!(store.migration_status().await.unwrap(), status(STEPS.len()));
    assert_allocated(&database, "cheque", Some(1000), "repaired").await;
}

/// One allocates while another, who began later, waits for the payment.
#[tokio::test]
async fn of_two_who_allocate_at_once_both_are_counted() {
    let database = databases::empty_postgres().await;
    kept(&database).await;
    let (payments, ..) = CHANGES[0];
    assert_eq!(database.execute(payments).await.unwrap(), 2);
    let url = database.config.url.clone();
    let allocate = "INSERT INTO payment_allocations (payment_id, invoice_id, amount_minor) \
                    SELECT id, id, 30 FROM payments WHERE method = 'cash'";
    let mut first = PgConnection::connect(&url).await.unwrap();
    let mut held = first.begin().await.unwrap();
    assert_eq!(held.execute(allocate).await.unwrap().rows_affected(), 1);

    let second = tokio::spawn(async move {
        let mut second = PgConnection::connect(&url).await.unwrap();
        second.execute(allocate).await.unwrap().rows_affected()
    });
    somebody_waits(&database).await;
    held.commit().await.unwrap();

    assert_eq!(second.await.unwrap(), 1);
    assert_allocated(&database, "cash", Some(60), "of both").await;
}

/// Comes back once a statement waits for another.
async fn somebody_waits(database: &Database) {
    let mut connection = PgConnection::connect(&database.config.url).await.unwrap();
    let waiting = "SELECT 1 FROM pg_stat_activity \
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let seen = async {
        while connection.fetch_optional(waiting).await.unwrap().is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), seen).await.expect("it waits");
}
