//! Reorder rules know whether less is free than their minimum, whoever changes what.

use std::sync::Arc;

use gaara_kernel::Id;
use gaara_store_sql::SqlStore;
use gaara_testkit::Harness;
use uuid::Uuid;

use crate::databases::{Database, on_both_engines};
use crate::rules::assert_refused;

on_both_engines! {
    the_engine_marks_what_is_short,
}

/// A product with a rule in its one warehouse, and an id as the engine writes it.
async fn ruled(store: Arc<SqlStore>, database: &Database) -> [String; 2] {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let ids = [books.add_product("A").await.as_uuid(), books.add_warehouse("MAIN").await.as_uuid()];
    let literal = |id: Uuid| {
        if database.is_sqlite() { format!("x'{}'", id.simple()) } else { format!("'{id}'::uuid") }
    };
    ids.map(literal)
}

/// Whether the rule is marked: told by how many rows a statement meets.
async fn is_short(database: &Database) -> bool {
    let touch = "UPDATE product_reorder_rules SET maximum_millionths = maximum_millionths + 1 \
                 WHERE is_short";
    database.execute(touch).await.unwrap() == 1
}

/// What is done to the books, and whether the rule is marked then: it wants 8 to be free.
const STEPS: &[(&str, bool)] = &[
    (
        "INSERT INTO product_reorder_rules (product_id, warehouse_id, minimum_millionths, \
         maximum_millionths, position) VALUES ({product}, {warehouse}, 8, 9, 0)",
        true,
    ),
    (
        "INSERT INTO stock_levels (product_id, warehouse_id, on_hand_millionths, \
         reserved_millionths, value_minor, currency) VALUES ({product}, {warehouse}, 10, 0, 1, \
         'SAR')",
        false,
    ),
    ("UPDATE stock_levels SET reserved_millionths = 3", true),
    ("UPDATE stock_levels SET reserved_millionths = 2", false),
    ("UPDATE stock_levels SET on_hand_millionths = 7, reserved_millionths = 0", true),
    ("UPDATE product_reorder_rules SET minimum_millionths = 7", false),
    ("UPDATE product_reorder_rules SET minimum_millionths = 8", true),
    ("UPDATE products SET archived_at_ms = 1", false),
    ("UPDATE stock_levels SET on_hand_millionths = 6", false),
    ("UPDATE products SET archived_at_ms = NULL", true),
    ("UPDATE products SET archived_at_ms = archived_at_ms", true),
    ("UPDATE stock_levels SET on_hand_millionths = 8", false),
    ("DELETE FROM product_reorder_rules", false),
    (
        "INSERT INTO product_reorder_rules (product_id, warehouse_id, minimum_millionths, \
         maximum_millionths, position) VALUES ({product}, {warehouse}, 8, 9, 0)",
        false,
    ),
];

async fn the_engine_marks_what_is_short((store, database): (Arc<SqlStore>, Database)) {
    let [product, warehouse] = ruled(store, &database).await;
    for (step, expected) in STEPS {
        let statement = step.replace("{product}", &product).replace("{warehouse}", &warehouse);
        database.execute(&statement).await.expect(step);
        assert_eq!(is_short(&database).await, *expected, "{step}");
    }
}

/// PostgreSQL has a type of two values for it.
#[tokio::test]
async fn sqlite_keeps_a_mark_set_or_not() {
    let (store, database) = crate::databases::sqlite().await;
    let [product, warehouse] = ruled(store, &database).await;
    let rule = STEPS[0].0.replace("{product}", &product).replace("{warehouse}", &warehouse);
    database.execute(&rule).await.unwrap();

    let breach = "UPDATE product_reorder_rules SET is_short = 2";
    assert_refused(&database, breach, "is_short_flag").await;
}
