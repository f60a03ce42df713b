//! The schema goes up and down on both engines, with everything that is stored.

use std::sync::Arc;

use gaara_application::{ReadView, Store};
use gaara_inventory::{Barcode, Decimals, LevelFilter, Movement, ProductFilter, WarehouseFilter};
use gaara_invoicing::CustomerFilter;
use gaara_kernel::{PageLimit, PageRequest, SearchQuery, Sort, SortField, StoreError, Timestamp};
use gaara_store_sql::SqlStore;
use gaara_testkit::Harness;

use crate::databases::{Database, on_both_engines};

/// Every step, the oldest first.
pub(crate) const STEPS: &[&str] = &[
    "m20261123_000001_first_books",
    "m20261123_000002_catalogue",
    "m20261123_000003_stock",
    "m20261123_000004_period_lock",
    "m20261123_000005_promises",
    "m20261127_000007_shortages",
    "m20261127_000010_parties_number_series",
    "m20261127_000020_exchange_rates",
    "m20261127_000021_settlement",
    "m20261127_000022_instalments",
    "m20261127_000030_documents",
    "m20261127_000050_reports",
    "m20261127_000055_parties_details",
    "m20261127_000060_identity_passwords",
    "m20261127_000061_identity_roles",
    "m20261127_000062_identity_sessions",
    "m20261127_000063_identity_tokens",
    "m20261127_000070_second_factor",
    "m20261127_000071_api_keys",
    "m20261127_000072_account_links",
    "m20261128_000080_passkeys",
    "m20261128_000090_audit_seals",
    "m20261128_000100_rows_alone",
    "m20261128_000101_settled_on",
    "m20261128_000102_settled_on_stays",
    "m20261128_000120_audit_address",
    "m20261128_000130_lists_of_few",
    "m20261128_000140_unspent_payments",
    "m20261128_000141_unspent_payments_found",
];

on_both_engines! {
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    the_schema_goes_up_and_down_step_by_step_and_up_again,
    instances_that_start_at_once_make_one_schema,
    a_step_of_a_later_program_is_left_alone,
    a_row_that_breaks_a_new_check_stops_the_step,
    what_the_first_step_stored_survives_all_the_others,
    the_program_before_the_catalogue_runs_on_its_schema,
}

/// How many steps there are from this one on.
pub(crate) fn steps_from(step: &str) -> u32 {
    let before = STEPS.iter().position(|name| *name == step).unwrap();
    u32::try_from(STEPS.len() - before).unwrap()
}

/// The steps, the first so many of them applied.
pub(crate) fn status(applied: usize) -> Vec<(String, bool)> {
    let numbered = STEPS.iter().enumerate();
    numbered.map(|(at, step)| ((*step).to_owned(), at < applied)).collect()
}

pub(crate) async fn tables(database: &Database) -> u64 {
    // Counted by marking rows, so that both engines answer in one way.
    let names = if database.is_sqlite() {
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
    };
    let make = format!("CREATE TABLE names AS {names}");
    database.execute(&make).await.unwrap();
    let count = database.execute("DELETE FROM names WHERE name <> 'names'").await.unwrap();
    database.execute("DROP TABLE names").await.unwrap();
    count
}

async fn the_schema_goes_up_and_down_step_by_step_and_up_again(database: Database) {
    let store = database.open().await;
    assert_eq!(store.migration_status().await.unwrap(), status(0));

    store.migrate_up().await.unwrap();
    assert_eq!(store.migration_status().await.unwrap(), status(STEPS.len()));
    let all = tables(&database).await;

    for left in (0..STEPS.len()).rev() {
        store.migrate_down(1).await.unwrap();
        assert_eq!(store.migration_status().await.unwrap(), status(left));
    }
    assert_eq!(tables(&database).await, 1, "the list of steps");

    store.migrate_up().await.unwrap();
    store.migrate_up().await.unwrap();
    assert_eq!(tables(&database).await, all);
    let books = Harness::new(Arc::new(store)).set_up().await;
    books.stocked_sale("10").await;
}

async fn instances_that_start_at_once_make_one_schema(database: Database) {
    let (one, two) = (database.open().await, database.open().await);
    let (first, second) = tokio::join!(one.migrate_up(), two.migrate_up());
    first.unwrap();
    second.unwrap();
    assert_eq!(one.migration_status().await.unwrap(), status(STEPS.len()));
    Harness::new(Arc::new(two)).set_up().await.stocked_sale("1").await;
}

async fn a_step_of_a_later_program_is_left_alone(database: Database) {
    let store = database.open().await;
    store.migrate_up().await.unwrap();
    let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m2099_later', 0)";
    database.execute(later).await.unwrap();

    store.migrate_up().await.unwrap();
    let mut expected = status(STEPS.len());
    expected.push(("m2099_later".to_owned(), true));
    assert_eq!(store.migration_status().await.unwrap(), expected);
}

async fn a_row_that_breaks_a_new_check_stops_the_step(database: Database) {
    let store = database.open().await;
    store.migrate_up().await.unwrap();
    store.migrate_down(steps_from("m20261128_000100_rows_alone")).await.unwrap();
    let before = store.migration_status().await.unwrap();
    let nameless = "INSERT INTO warehouses (id, code, name_en, created_at_ms, version) \
                    VALUES ({1}, '', 'Main', 5, 1)";
    execute_all(&database, &[nameless]).await;

    let refused = store.migrate_up().await.unwrap_err();

    let StoreError::Internal(cause) = refused else { panic!("{refused:?}") };
    assert!(cause.to_string().contains("code_length"), "{cause}");
    assert_eq!(store.migration_status().await.unwrap(), before, "all is as it was");
    database.execute("UPDATE warehouses SET code = 'MAIN'").await.unwrap();
    store.migrate_up().await.unwrap();
    let broken = database.execute("UPDATE warehouses SET code = ''").await.unwrap_err();
    assert!(broken.to_string().contains("code_length"), "{broken}");
}

/// What the program of the first step stores, in its own words; `{7}` is an id.
const FIRST_BOOKS: &[&str] = &[
    "INSERT INTO tax_rates (id, code, tax_category, tax_rate_millionths, name_en, created_at_ms, \
     version) VALUES ({1}, 'VAT15', 'S', 15000000, 'VAT', 5, 1)",
    "INSERT INTO products (id, sku, name_ar, name_en, kind, unit, unit_price_millionths, currency, \
     tax_rate_code, costing, created_at_ms, updated_at_ms, version) VALUES \
     ({2}, 'BOLT-M8', 'بُرغي', 'Bolt', 'stocked', 'EA', 5750000, 'SAR', 'VAT15', 'average', 5, 6, 3), \
     ({3}, 'ODD', NULL, 'Odd', 'service', 'odd/unit', 0, 'SAR', NULL, 'average', 7, 7, 1)",
    "INSERT INTO product_barcodes (barcode, product_id, position) VALUES \
     ('6281000000014', {2}, 0), ('4006381333931', {2}, 1)",
    "INSERT INTO warehouses (id, code, name_en, created_at_ms, version) \
     VALUES ({4}, 'MAIN', 'Main', 5, 1)",
    "INSERT INTO customers (id, name_ar, email, country, currency, net_days, created_at_ms, \
     updated_at_ms, version) VALUES ({5}, 'ورشة', 'a@b.sa', 'SA', 'SAR', 30, 5, 5, 1)",
    "INSERT INTO stock_levels (product_id, warehouse_id, on_hand_millionths, reserved_millionths, \
     value_minor, currency) VALUES ({2}, {4}, 1500000, 0, 300, 'SAR')",
    "INSERT INTO stock_movements (id, kind, warehouse_id, effective_date, posted_at_ms) \
     VALUES ({6}, 'receipt', {4}, '2026-11-23', 5)",
    "INSERT INTO stock_movement_lines (movement_id, position, product_id, quantity_millionths, \
     unit_cost_millionths) VALUES ({6}, 0, {2}, 1500000, 2000000)",
    "INSERT INTO stock_ledger (movement_id, position, product_id, warehouse_id, \
     quantity_millionths, value_minor, currency, effective_date, posted_at_ms) \
     VALUES ({6}, 0, {2}, {4}, 1500000, 300, 'SAR', '2026-11-23', 5)",
];

/// Runs statements in which `{7}` stands for an id of that number.
async fn execute_all(database: &Database, statements: &[&str]) {
    for statement in statements {
        let text = (1..=9).fold((*statement).to_owned(), |text, number: u32| {
            let digits = format!("0199000000007000800000000000000{number}");
            let id =
                if database.is_sqlite() { format!("X'{digits}'") } else { format!("'{digits}'") };
            text.replace(&format!("{{{number}}}"), &id)
        });
        database.execute(&text).await.unwrap();
    }
}

fn whole<F: SortField>() -> PageRequest<F> {
    PageRequest {
        limit: PageLimit::default(),
        sort: Sort::natural(),
        after: None,
        with_total: false,
    }
}

/// The first books, as the program of today reads them.
async fn assert_first_books_are_whole(store: &SqlStore) {
    let mut view: Box<dyn ReadView> = store.view().await.unwrap();
    let query = Some(SearchQuery::new("برغي m8"));
    let filter = ProductFilter { query, ..ProductFilter::default() };
    let bolt = view.list_products(&filter, &whole()).await.unwrap().items.pop().unwrap();
    assert_eq!((bolt.sku.as_str(), bolt.version.number()), ("BOLT-M8", 3));
    let barcodes: Vec<&str> = bolt.barcodes.iter().map(Barcode::as_str).collect();
    assert_eq!(barcodes, ["6281000000014", "4006381333931"]);
    let all = view.list_products(&ProductFilter::default(), &whole()).await.unwrap().items;
    assert_eq!(all.len(), 2);
    let units = view.list_units(&whole()).await.unwrap().items;
    let mut codes: Vec<&str> = units.iter().map(|unit| unit.code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["EA", "odd/unit"]);
    assert!(units.iter().all(|unit| unit.decimals == Decimals::MOST));
    let query = Some(SearchQuery::new("ورشه"));
    let filter = CustomerFilter { query, ..CustomerFilter::default() };
    assert_eq!(view.list_customers(&filter, &whole()).await.unwrap().items.len(), 1);
    let main = view.list_warehouses(&WarehouseFilter::default(), &whole()).await.unwrap().items;
    assert!(main.iter().all(|warehouse| warehouse.updated_at == warehouse.created_at));
    let levels = view
        .list_levels(&LevelFilter::default(), Timestamp::from_millis(0), &whole())
        .await
        .unwrap()
        .items;
    assert_eq!(levels.first().unwrap().level.on_hand().to_string(), "1.5");
    let moved = view.find_movement(gaara_kernel::Id::from_uuid(
        "01990000-0000-7000-8000-000000000006".parse().unwrap(),
    ));
    let Some(Movement::Posted(moved)) = moved.await.unwrap() else { panic!("it was posted") };
    assert_eq!(moved.entries.len(), 1);
}

async fn what_the_first_step_stored_survives_all_the_others(database: Database) {
    let others = u32::try_from(STEPS.len() - 1).unwrap();
    let store = database.open().await;
    store.migrate_up().await.unwrap();
    store.migrate_down(others).await.unwrap();
    execute_all(&database, FIRST_BOOKS).await;

    store.migrate_up().await.unwrap();
    assert_first_books_are_whole(&store).await;
    store.migrate_down(others).await.unwrap();
    let kept = database.execute("UPDATE product_barcodes SET position = position").await.unwrap();
    assert_eq!(kept, 2);
    store.migrate_up().await.unwrap();
    assert_first_books_are_whole(&store).await;

    for (statement, why) in [
        ("DELETE FROM units WHERE code = 'EA'", "foreign key"),
        ("DELETE FROM tax_rates", "foreign key"),
        ("DELETE FROM products WHERE sku = 'BOLT-M8'", "foreign key"),
        ("UPDATE products SET unit = 'NONE'", "foreign key"),
        ("UPDATE stock_ledger SET value_minor = 1", "append-only"),
    ] {
        let error = database.execute(statement).await.expect_err(statement);
        assert!(error.to_string().to_lowercase().contains(why), "{statement}: {error}");
    }
}

async fn the_program_before_the_catalogue_runs_on_its_schema(database: Database) {
    let store = database.open().await;
    store.migrate_up().await.unwrap();
    let units = "INSERT INTO units (id, code, name_en, decimals, created_at_ms, updated_at_ms, \
                 version) VALUES ({8}, 'EA', 'Each', 0, 5, 5, 1), \
                 ({9}, 'odd/unit', 'Odd', 0, 5, 5, 1)";
    execute_all(&database, &[units]).await;
    execute_all(&database, FIRST_BOOKS).await;
}

#[tokio::test]
async fn a_broken_reference_stops_a_change_of_the_schema() {
    let database = crate::databases::empty_sqlite().await;
    let store = database.open().await;
    store.migrate_up().await.unwrap();
    let broken = "PRAGMA foreign_keys = OFF; INSERT INTO product_barcodes (barcode, product_id, \
                  position) VALUES ('6281000000014', {1}, 0)";
    execute_all(&database, &[broken]).await;

    let refused = store.migrate_down(1).await.unwrap_err();
    let StoreError::Internal(cause) = refused else { panic!("{refused:?}") };
    assert_eq!(cause.to_string(), "a step breaks a reference of product_barcodes");
    assert_eq!(store.migration_status().await.unwrap(), status(STEPS.len()), "all is as it was");
    let kept = database.execute("UPDATE product_barcodes SET packaging_unit = NULL").await;
    assert_eq!(kept.unwrap(), 1);
}
