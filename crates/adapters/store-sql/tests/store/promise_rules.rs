//! What the schema refuses of reservations and stocktakes by itself, past every rule of the domain.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::inventory::{
    CancelStocktake, CountStock, CreateReservation, CreateStocktake, PostStocktake,
    ReleaseReservation, StartStocktake, WrittenCount,
};
use gaara_inventory::{StocktakeScope, Uncounted};
use gaara_kernel::{ReservationId, StocktakeId};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, Sale, quantity};

use crate::databases::{Database, on_both_engines};
use crate::migrations::steps_from;

on_both_engines! {
    promises_refer_to_what_exists,
    a_product_in_a_warehouse_has_one_open_line,
    a_stocktake_takes_its_parts_along,
    the_step_down_frees_what_is_reserved,
}

/// Statements that break one rule each, and the rule.
pub(crate) const BREACHES: &[(&str, &str)] = &[
    ("UPDATE reservations SET quantity_millionths = 0", "quantity_positive"),
    ("UPDATE reservations SET consumed_millionths = -1", "consumed_within_quantity"),
    (
        "UPDATE reservations SET consumed_millionths = quantity_millionths + 1 \
         WHERE status = 'consumed'",
        "consumed_within_quantity",
    ),
    ("UPDATE reservations SET status = 'lost'", "status_known"),
    ("UPDATE reservations SET expires_at_ms = created_at_ms", "ends_after_beginning"),
    ("UPDATE reservations SET ended_at_ms = 1 WHERE status = 'active'", "active_has_no_end"),
    ("UPDATE reservations SET ended_at_ms = NULL WHERE status = 'released'", "active_has_no_end"),
    ("UPDATE reservations SET consumed_millionths = 1 WHERE status = 'active'", "consumed_has_q"),
    ("UPDATE reservations SET consumed_millionths = 0 WHERE status = 'consumed'", "consumed_has_q"),
    ("UPDATE reservations SET status = 'expired' WHERE status = 'released'", "expired_at_its_end"),
    ("UPDATE reservations SET version = 0", "version_counted"),
    ("UPDATE stocktakes SET scope = 'some'", "scope_known"),
    ("UPDATE stocktakes SET status = 'lost' WHERE status = 'counting'", "status_known"),
    ("UPDATE stocktakes SET counted_count = line_count + 1", "counted_within_lines"),
    ("UPDATE stocktakes SET counted_count = -1", "counted_within_lines"),
    ("UPDATE stocktakes SET started_at_ms = 1 WHERE status = 'draft'", "draft_has_no_start"),
    ("UPDATE stocktakes SET started_at_ms = NULL WHERE status = 'counting'", "draft_has_no_start"),
    ("UPDATE stocktakes SET posted_at_ms = 1 WHERE status = 'counting'", "posted_has_instant"),
    ("UPDATE stocktakes SET posted_at_ms = NULL WHERE status = 'posted'", "posted_has_instant"),
    ("UPDATE stocktakes SET cancelled_at_ms = 1 WHERE status = 'draft'", "cancelled_has_instant"),
    (
        "UPDATE stocktakes SET cancelled_at_ms = NULL WHERE status = 'cancelled'",
        "cancelled_has_instant",
    ),
    ("UPDATE stocktakes SET movement_id = id WHERE status = 'draft'", "posted_has_movement"),
    ("UPDATE stocktakes SET version = 0", "version_counted"),
    ("UPDATE stocktake_lines SET expected_millionths = -1", "expected_not_negative"),
    (
        "UPDATE stocktake_lines SET counted_millionths = -1 WHERE counted_at_ms IS NOT NULL",
        "counted_not_negative",
    ),
    (
        "UPDATE stocktake_lines SET ledger_sequence = -1 WHERE counted_at_ms IS NOT NULL",
        "ledger_sequence_not_negative",
    ),
    (
        "UPDATE stocktake_lines SET unit_cost_millionths = -1 WHERE counted_at_ms IS NOT NULL",
        "unit_cost_not_negative",
    ),
    ("UPDATE stocktake_lines SET counted_at_ms = 1 WHERE counted_at_ms IS NULL", "count_is_whole"),
    (
        "UPDATE stocktake_lines SET unit_cost_millionths = 1 WHERE counted_at_ms IS NULL",
        "count_is_whole",
    ),
    (
        "UPDATE stocktake_lines SET ledger_sequence = NULL WHERE counted_at_ms IS NOT NULL",
        "count_is_whole",
    ),
];

/// Statements that refer to what is not there, or take away what is referred to.
const DANGLING: &[&str] = &[
    "UPDATE reservations SET warehouse_id = id",
    "UPDATE reservations SET product_id = id",
    "UPDATE stock_movement_lines SET reservation_id = product_id",
    "UPDATE invoice_lines SET reservation_id = invoice_id",
    "UPDATE stock_movements SET stocktake_id = id WHERE invoice_id IS NULL",
    "UPDATE stocktakes SET warehouse_id = id",
    "UPDATE stocktakes SET movement_id = id WHERE status = 'posted'",
    "UPDATE stocktake_products SET product_id = stocktake_id",
    "UPDATE stocktake_products SET stocktake_id = product_id \
     WHERE stocktake_id IN (SELECT id FROM stocktakes WHERE status = 'draft')",
    "UPDATE stocktake_lines SET warehouse_id = stocktake_id",
    "UPDATE stocktake_lines SET stocktake_id = product_id WHERE is_open",
    "UPDATE stocktake_categories SET category_id = stocktake_id",
    "UPDATE stocktake_categories SET stocktake_id = category_id",
    "DELETE FROM categories",
    "DELETE FROM reservations WHERE status = 'consumed'",
    "DELETE FROM stocktakes WHERE status = 'posted'",
    "DELETE FROM stock_levels",
];

/// Books with a reservation and a stocktake in every state.
pub(crate) async fn kept_promises(store: Arc<SqlStore>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    for end in ["expired", "active", "released", "consumed"] {
        let id = reserve(&books, &sale).await;
        match end {
            "expired" => books.clock.advance(Duration::from_hours(24)),
            "released" => {
                let release = ReleaseReservation { id, expected: None };
                books.app.execute(&books.system(), &release).await.unwrap();
            }
            "consumed" => {
                let mut issue = Harness::issue_of(sale.product, sale.warehouse, quantity("1"));
                issue.0.lines.first_mut().unwrap().reservation = Some(id);
                books.app.execute(&books.system(), &issue).await.unwrap();
            }
            _ => {}
        }
    }
    for end in ["posted", "cancelled", "draft", "counting"] {
        let id = plan(&books, &sale).await;
        if end == "draft" {
            continue;
        }
        start(&books, id).await;
        match end {
            "posted" => post(&books, &sale, id).await,
            "cancelled" => {
                let cancel = CancelStocktake { id, expected: None };
                books.app.execute(&books.system(), &cancel).await.unwrap();
            }
            _ => {}
        }
    }
    books.issue(&sale.draft("1")).await.unwrap();
    let tools = books.add_category("TOOLS", None).await;
    let scope = StocktakeScope::Categories(vec![tools]);
    let plan = CreateStocktake { id: None, warehouse: sale.warehouse, scope, note: None };
    books.app.execute(&books.system(), &plan).await.unwrap();
}

async fn reserve(books: &Harness, sale: &Sale) -> ReservationId {
    let reserve = CreateReservation {
        id: None,
        product: sale.product,
        warehouse: sale.warehouse,
        quantity: quantity("2"),
        unit: None,
        expires_at: None,
        note: None,
    };
    books.app.execute(&books.system(), &reserve).await.unwrap().id
}

async fn plan(books: &Harness, sale: &Sale) -> StocktakeId {
    let (warehouse, scope) = (sale.warehouse, StocktakeScope::Products(vec![sale.product]));
    let plan = CreateStocktake { id: None, warehouse, scope, note: None };
    books.app.execute(&books.system(), &plan).await.unwrap().id
}

async fn start(books: &Harness, id: StocktakeId) {
    let start = StartStocktake { id, expected: None };
    books.app.execute(&books.system(), &start).await.unwrap();
}

async fn post(books: &Harness, sale: &Sale, id: StocktakeId) {
    let count = WrittenCount {
        product: sale.product,
        quantity: quantity("8"),
        unit: None,
        unit_cost: None,
    };
    let expected = gaara_kernel::Version::new(2);
    let counts = CountStock { id, expected, counts: vec![count] };
    books.app.execute(&books.system(), &counts).await.unwrap();
    let post = PostStocktake { id, expected: None, uncounted: Uncounted::Refused };
    books.app.execute(&books.system(), &post).await.unwrap();
}

async fn promises_refer_to_what_exists((store, database): (Arc<SqlStore>, Database)) {
    kept_promises(store).await;
    for statement in DANGLING {
        let error = database.execute(statement).await.expect_err(statement);
        let error = error.to_string().to_lowercase();
        assert!(error.contains("foreign key"), "{statement}: {error}");
    }
}

async fn a_product_in_a_warehouse_has_one_open_line((store, database): (Arc<SqlStore>, Database)) {
    kept_promises(store).await;
    let open = "UPDATE stocktake_lines SET is_open = TRUE";
    let error = database.execute(open).await.unwrap_err().to_string().to_lowercase();
    assert!(error.contains("unique"), "{error}");
}

async fn a_stocktake_takes_its_parts_along((store, database): (Arc<SqlStore>, Database)) {
    kept_promises(store).await;
    let count = async |table: &str| {
        database.execute(&format!("UPDATE {table} SET product_id = product_id")).await.unwrap()
    };
    assert_eq!((count("stocktake_products").await, count("stocktake_lines").await), (4, 3));
    let removed = "DELETE FROM stocktakes WHERE status IN ('counting', 'cancelled')";
    assert_eq!(database.execute(removed).await.unwrap(), 2);
    assert_eq!((count("stocktake_products").await, count("stocktake_lines").await), (2, 1));
}

async fn the_step_down_frees_what_is_reserved((store, database): (Arc<SqlStore>, Database)) {
    kept_promises(Arc::clone(&store)).await;
    let reserved = "UPDATE stock_levels SET reserved_millionths = reserved_millionths \
         WHERE reserved_millionths <> 0";
    assert_eq!(database.execute(reserved).await.unwrap(), 1);

    store.migrate_down(steps_from("m20261123_000005_promises")).await.unwrap();
    assert_eq!(database.execute(reserved).await.unwrap(), 0);
    let owned = "UPDATE stock_movements SET note = note WHERE stocktake_id IS NOT NULL";
    assert_eq!(database.execute(owned).await.unwrap(), 0);

    store.migrate_up().await.unwrap();
    let kept = database.execute("UPDATE reservations SET note = note").await.unwrap();
    assert_eq!(kept, 0, "promises ended with the step");
}
