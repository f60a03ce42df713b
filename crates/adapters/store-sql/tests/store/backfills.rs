//! A column that is filled while the books are in use, and what a change of the schema would do.

use std::sync::Arc;

use gaara_application::invoicing::RecordPayment;
use gaara_invoicing::{PartyId, PaymentMethod};
use gaara_kernel::StoreError;
use gaara_store_sql::{Backfilled, SqlStore};
use gaara_testkit::{Harness, money};

use crate::databases::{Database, on_both_engines};
use crate::migrations::{STEPS, status, steps_from, tables};

on_both_engines! {
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    a_backfill_that_was_ended_goes_on_where_it_was,
    a_plan_tells_what_going_up_would_do_and_does_nothing,
}

const EXPAND: &str = "m20261128_000101_settled_on";

/// Books with seven allocations, on the schema before the column.
async fn seven_allocations(database: &Database) -> SqlStore {
    let store = Arc::new(database.open().await);
    store.migrate_up().await.unwrap();
    let books = Harness::new(store.clone()).set_up().await;
    let sale = books.stocked_sale("10").await;
    let invoice = books.issue(&sale.draft("4")).await.unwrap().content.written.id;
    for _ in 0..7 {
        let party = PartyId::Customer(sale.customer);
        let payment = RecordPayment::new(party, money("2"), PaymentMethod::Cash);
        let payment = payment.with(invoice, money("1"));
        books.app.execute(&books.system(), &payment).await.unwrap();
    }
    drop(books);
    store.migrate_down(steps_from(EXPAND)).await.unwrap();
    // One of them as the program of the beginning wrote it.
    let bare = "UPDATE payment_allocations SET base_amount_minor = NULL, \
                base_settled_minor = NULL, base_gain_minor = NULL, allocation_date = NULL \
                WHERE payment_id IN (SELECT id FROM payments ORDER BY id DESC LIMIT 1)";
    assert_eq!(database.execute(bare).await.unwrap(), 1);
    Arc::into_inner(store).unwrap()
}

async fn a_backfill_that_was_ended_goes_on_where_it_was(database: Database) {
    let store = seven_allocations(&database).await;
    let mut told = Vec::new();
    let ended = store
        .migrate_up_telling(2, |done: Backfilled| {
            told.push((done.name, done.rows, done.is_done));
            let is_enough = done.rows == 4;
            if is_enough { Err(StoreError::Conflict) } else { Ok(()) }
        })
        .await;

    assert!(matches!(ended, Err(StoreError::Conflict)), "{ended:?}");
    assert_eq!(told, [("settled_on", 2, false), ("settled_on", 4, false)]);
    let before = STEPS.len() - usize::try_from(steps_from(EXPAND)).unwrap();
    assert_eq!(store.migration_status().await.unwrap(), status(before + 1), "only expanded");
    let filled = "UPDATE payment_allocations SET amount_minor = amount_minor \
                  WHERE settled_on IS NOT NULL";
    assert_eq!(database.execute(filled).await.unwrap(), 4);
    let by_the_program_before = "INSERT INTO payment_allocations (payment_id, invoice_id, \
         amount_minor) SELECT payment_id, invoice_id, 1 FROM payment_allocations LIMIT 1";
    database.execute(by_the_program_before).await.unwrap();
    assert_eq!(database.execute(filled).await.unwrap(), 5, "a trigger fills what is new");

    let another = database.open().await;
    let mut told = Vec::new();
    another
        .migrate_up_telling(2, |done: Backfilled| {
            told.push(done.rows);
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(told.first(), Some(&6), "it goes on behind the fourth: {told:?}");
    assert_eq!(another.migration_status().await.unwrap(), status(STEPS.len()));
    let right = "UPDATE payment_allocations SET amount_minor = amount_minor WHERE settled_on = \
         (SELECT payment_date FROM payments WHERE payments.id = payment_allocations.payment_id)";
    assert_eq!(database.execute(right).await.unwrap(), 8);
    let wrong = database.execute("UPDATE payment_allocations SET settled_on = NULL").await;
    assert!(wrong.unwrap_err().to_string().contains("settled_on_known"));
}

async fn a_plan_tells_what_going_up_would_do_and_does_nothing(database: Database) {
    let store = database.open().await;
    let all = store.migration_plan().await.unwrap();
    let names: Vec<&str> = all.iter().map(|planned| planned.step.as_str()).collect();
    assert_eq!(names, STEPS);
    assert!(all.iter().all(|planned| !planned.statements.is_empty()), "{all:?}");
    assert_eq!(store.migration_status().await.unwrap(), status(0));
    assert_eq!(tables(&database).await, 0);

    store.migrate_up().await.unwrap();
    assert_eq!(store.migration_plan().await.unwrap(), []);
    store.migrate_down(steps_from(EXPAND)).await.unwrap();
    let before = store.migration_status().await.unwrap();
    let planned = store.migration_plan().await.unwrap();
    assert_eq!(u32::try_from(planned.len()).unwrap(), steps_from(EXPAND));
    let expand = planned.first().unwrap();
    let adds = |text: &String| text.contains("ALTER TABLE payment_allocations ADD COLUMN settled");
    assert!(expand.statements.iter().any(adds), "{expand:?}");
    assert_eq!(store.migration_status().await.unwrap(), before);
    store.migrate_up().await.unwrap();
}
