//! Documents larger than one statement can hold.

use std::sync::Arc;

use gaara_application::inventory::{FindMovement, WrittenMovementLine};
use gaara_application::invoicing::{CreateInvoice, FindInvoice};
use gaara_inventory::Movement;
use gaara_invoicing::Invoice;
use gaara_invoicing::totals::Adjustment;
use gaara_kernel::Id;
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, money, quantity, unit_price};

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    a_document_larger_than_one_statement_is_read_back,
    a_movement_larger_than_one_statement_is_read_back,
}

async fn a_document_larger_than_one_statement_is_read_back(
    (store, _database): (Arc<SqlStore>, Database),
) {
    const LINES: usize = 4_000;
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("1").await;
    let mut written = sale.draft("3");
    let mut line = written.lines.pop().unwrap();
    line.allowances = vec![Adjustment::amount(money("0.10"))];
    line.charges = vec![Adjustment::amount(money("0.20"))];
    written.lines = vec![line; LINES];

    let draft = books.app.execute(&books.system(), &CreateInvoice(written)).await.unwrap();
    let id = draft.content.written.id;
    assert_eq!(draft.content.written.lines.len(), LINES);
    let found = books.app.ask(&books.system(), &FindInvoice { id }).await.unwrap();
    assert!(found == Some(Invoice::Draft(Box::new(draft))), "{} differs", id.as_uuid());
}

async fn a_movement_larger_than_one_statement_is_read_back(
    (store, _database): (Arc<SqlStore>, Database),
) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("1").await;
    let mut receipt = Harness::receipt(sale.product, sale.warehouse, quantity("1"));
    receipt.0.lines = (1..=5_000)
        .map(|number: i32| WrittenMovementLine {
            unit_cost: Some(unit_price("0.333333")),
            ..WrittenMovementLine::new(sale.product, quantity(&number.to_string()))
        })
        .collect();
    let posted = books.app.execute(&books.system(), &receipt).await.unwrap();
    let id = posted.content.id;
    let found = books.app.ask(&books.system(), &FindMovement { id }).await.unwrap();
    assert!(found == Some(Movement::Posted(posted)), "{} differs", id.as_uuid());
    assert_eq!(books.on_hand(sale.product).await, "12502501");
}
