//! What the schema refuses of stock by itself, past every rule of the domain.

use std::sync::Arc;

use gaara_application::Store;
use gaara_application::inventory::{
    CancelMovement, CreateAndPostMovement, CreateMovement, ReverseMovement, WrittenMovement,
};
use gaara_inventory::{
    LayerChanges, MovementKind, NewLayer, Progress, StockKey, Stocktake, StocktakeScope,
    StocktakeState,
};
use gaara_kernel::{Id, Version};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, date, money, quantity};
use uuid::Uuid;

use crate::databases::{Database, on_both_engines};
use crate::rules::assert_refused;

on_both_engines! {
    stock_refers_to_what_exists,
    a_line_enters_each_warehouse_once,
    a_draft_takes_its_lines_along,
}

/// Statements that break one rule each, and the rule.
pub(crate) const BREACHES: &[(&str, &str)] = &[
    ("UPDATE stock_levels SET last_cost_millionths = -1", "last_cost_not_negative"),
    ("UPDATE stock_movements SET kind = 'other'", "kind_known"),
    ("UPDATE stock_movements SET status = 'lost' WHERE status = 'draft'", "status_known"),
    ("UPDATE stock_movements SET version = 0", "version_counted"),
    ("UPDATE stock_movements SET posted_at_ms = 1 WHERE status = 'draft'", "posted_has_instant"),
    ("UPDATE stock_movements SET posted_at_ms = NULL WHERE status = 'posted'", "posted_has"),
    ("UPDATE stock_movements SET effective_date = NULL WHERE status = 'posted'", "posted_has_date"),
    ("UPDATE stock_movements SET cancelled_at_ms = 1 WHERE status = 'draft'", "cancelled_has"),
    ("UPDATE stock_movements SET cancelled_at_ms = NULL WHERE status = 'cancelled'", "cancelled_h"),
    ("UPDATE stock_movements SET created_at_ms = NULL WHERE status = 'draft'", "created_key"),
    ("UPDATE stock_movements SET updated_at_ms = NULL WHERE status = 'draft'", "updated_key"),
    (
        "UPDATE stock_movements SET reversed_by_id = NULL WHERE status = 'reversed'",
        "reversed_by_an",
    ),
    ("UPDATE stock_movements SET reversed_by_id = id WHERE status = 'reversed'", "reversed_by_an"),
    (
        "UPDATE stock_movements SET reversed_by_id = warehouse_id WHERE status = 'posted'",
        "reversed_by_an",
    ),
    ("UPDATE stock_movements SET reverses_id = id WHERE status = 'posted'", "reversal_is_final"),
    ("UPDATE stock_movements SET reverses_id = warehouse_id WHERE status = 'draft'", "reversal_is"),
    ("UPDATE stock_movements SET to_warehouse_id = NULL WHERE kind = 'transfer'", "transfer_has"),
    ("UPDATE stock_movements SET to_warehouse_id = id WHERE kind = 'receipt'", "transfer_has"),
    (
        "UPDATE stock_movements SET to_warehouse_id = warehouse_id WHERE kind = 'transfer'",
        "target_is_elsewhere",
    ),
    ("UPDATE stock_movements SET origin_id = id WHERE kind = 'receipt'", "return_has_origin"),
    (
        "UPDATE stock_movements SET stocktake_id = (SELECT id FROM stocktakes) \
         WHERE invoice_id IS NOT NULL",
        "one_owner",
    ),
    (
        "UPDATE stock_movement_lines SET quantity_millionths = 0, base_quantity_millionths = NULL",
        "quantity_moves",
    ),
    ("UPDATE stock_movement_lines SET base_quantity_millionths = 0", "base_follows_quantity"),
    ("UPDATE stock_movement_lines SET base_quantity_millionths = -1", "base_follows_quantity"),
    ("UPDATE stock_movement_lines SET unit_cost_millionths = -1", "unit_cost_not_negative"),
    ("UPDATE stock_layers SET quantity_millionths = 0", "quantity_positive"),
    ("UPDATE stock_layers SET value_minor = -1", "value_not_negative"),
    ("UPDATE stock_layers SET currency = 'SA'", "currency_code"),
    (
        "INSERT INTO stock_ledger (movement_id, position, product_id, warehouse_id, \
         quantity_millionths, value_minor, currency, effective_date, posted_at_ms) \
         SELECT movement_id, position, product_id, warehouse_id, 1, -1, currency, \
         effective_date, posted_at_ms FROM stock_ledger",
        "value_follows_quantity",
    ),
    (
        "INSERT INTO stock_ledger (movement_id, position, product_id, warehouse_id, \
         quantity_millionths, value_minor, currency, effective_date, posted_at_ms) \
         SELECT movement_id, -1, product_id, warehouse_id, 1, 1, currency, \
         effective_date, posted_at_ms FROM stock_ledger",
        "position_counted",
    ),
    (
        "INSERT INTO stock_ledger (movement_id, position, product_id, warehouse_id, \
         quantity_millionths, value_minor, currency, effective_date, posted_at_ms) \
         SELECT movement_id, position, product_id, warehouse_id, 1, 1, 'SA', \
         effective_date, posted_at_ms FROM stock_ledger",
        "currency_code",
    ),
];

/// Statements that refer to what is not there.
const DANGLING: &[&str] = &[
    "UPDATE stock_movements SET to_warehouse_id = id WHERE kind = 'transfer'",
    "UPDATE stock_movements SET origin_id = warehouse_id WHERE kind = 'customer_return'",
    "UPDATE stock_movements SET reverses_id = warehouse_id WHERE reverses_id IS NOT NULL",
    "UPDATE stock_movements SET reversed_by_id = warehouse_id WHERE status = 'reversed'",
    "UPDATE stock_layers SET warehouse_id = movement_id",
    "UPDATE stock_layers SET movement_id = warehouse_id",
    "INSERT INTO stock_ledger (movement_id, position, product_id, warehouse_id, \
     quantity_millionths, value_minor, currency, effective_date, posted_at_ms) \
     SELECT movement_id, position + 100, product_id, warehouse_id, 1, 1, currency, \
     effective_date, posted_at_ms FROM stock_ledger",
    "DELETE FROM stock_levels",
    "DELETE FROM stock_movements WHERE kind = 'transfer'",
];

/// Books with a movement in every state, a transfer, a return, a reversal and a layer.
pub(crate) async fn kept_stock(store: Arc<SqlStore>) -> Harness {
    let books = Harness::new(store.clone()).set_up().await;
    let actor = books.system();
    let sale = books.stocked_sale("10").await;
    books.issue(&sale.draft("4")).await.unwrap();
    let shop = books.add_warehouse("SHOP").await;
    let issue = Harness::issue_of(sale.product, sale.warehouse, quantity("2")).0;
    let of = |kind| WrittenMovement { kind, ..issue.clone() };
    let transfer = WrittenMovement { to_warehouse: Some(shop), ..of(MovementKind::Transfer) };
    let moved = books.app.execute(&actor, &CreateAndPostMovement(transfer)).await.unwrap();
    let back = of(MovementKind::CustomerReturn);
    books.app.execute(&actor, &CreateAndPostMovement(back)).await.unwrap();
    let wrong = books.app.execute(&actor, &CreateAndPostMovement(issue.clone())).await.unwrap();
    let id = wrong.content.id;
    let reverse = ReverseMovement { id, expected: None, effective_date: None };
    books.app.execute(&actor, &reverse).await.unwrap();
    let dated = WrittenMovement { effective_date: Some(date("2026-11-20")), ..issue };
    books.app.execute(&actor, &CreateMovement(dated.clone())).await.unwrap();
    let draft = books.app.execute(&actor, &CreateMovement(dated)).await.unwrap();
    let cancel = CancelMovement { id: draft.content.id, expected: None };
    books.app.execute(&actor, &cancel).await.unwrap();

    let layer = NewLayer {
        key: StockKey { product: sale.product, warehouse: sale.warehouse },
        movement: moved.content.id,
        quantity: quantity("1"),
        value: money("1"),
    };
    let changes = LayerChanges { added: vec![layer], ..LayerChanges::default() };
    let stocktake = Stocktake {
        id: Id::from_uuid(Uuid::from_u128(1)),
        warehouse: sale.warehouse,
        scope: StocktakeScope::Everything,
        note: None,
        state: StocktakeState::Draft,
        progress: Progress::default(),
        created_at: moved.posted_at,
        updated_at: moved.posted_at,
        version: Version::FIRST,
    };
    let mut unit = store.begin().await.unwrap();
    unit.stocktakes().add(&stocktake).await.unwrap();
    unit.stock().save_layers(&changes).await.unwrap();
    unit.commit().await.unwrap();
    books
}

async fn stock_refers_to_what_exists((store, database): (Arc<SqlStore>, Database)) {
    kept_stock(store).await;
    for statement in DANGLING {
        let error = database.execute(statement).await.expect_err(statement);
        let error = error.to_string().to_lowercase();
        assert!(error.contains("foreign key"), "{statement}: {error}");
    }
}

async fn a_line_enters_each_warehouse_once((store, database): (Arc<SqlStore>, Database)) {
    kept_stock(store).await;
    let again = "INSERT INTO stock_ledger (movement_id, position, product_id, warehouse_id, \
         quantity_millionths, value_minor, currency, effective_date, posted_at_ms) \
         SELECT movement_id, position, product_id, warehouse_id, 1, 1, currency, \
         effective_date, posted_at_ms FROM stock_ledger";
    let rule = if database.is_sqlite() { "stock_ledger.warehouse_id" } else { "stock_ledger_line" };
    assert_refused(&database, again, rule).await;
}

async fn a_draft_takes_its_lines_along((store, database): (Arc<SqlStore>, Database)) {
    kept_stock(store).await;
    let drafts = "SELECT id FROM stock_movements WHERE status IN ('draft', 'cancelled')";
    let lines = format!("DELETE FROM stock_movement_lines WHERE movement_id IN ({drafts})");
    let gone = "DELETE FROM stock_movements WHERE status = 'cancelled'";
    assert_eq!(database.execute(gone).await.unwrap(), 1);
    assert_eq!(database.execute(&lines).await.unwrap(), 1, "the other draft keeps its line");
}
