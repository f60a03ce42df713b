//! Lists find the few that somebody asks for without a look at all the others.

use std::sync::Arc;

use gaara_application::Store;
use gaara_inventory::{
    ArchivedFilter, ProductFilter, ReservationFilter, ReservationStatus, SupplierFilter,
};
use gaara_invoicing::CustomerFilter;
use gaara_kernel::{PageLimit, PageRequest, Sort, SortField, Timestamp};
use gaara_store_sql::SqlStore;
use gaara_testkit::Harness;

use crate::databases::{Database, on_both_engines};
use crate::planner::{self, May, Planner};
use crate::plans::seed::seed;
use crate::statements::Statements;

on_both_engines! {
    the_few_among_many_are_found_without_a_look_at_the_others,
}

const LARGE: &[&str] = &["customers", "suppliers", "products", "reservations"];
/// A page has 50 rows of the 100 that match; a scan reads 10,000.
const ROWS_MAX: f64 = 400.0;
const ROWS: u32 = 10_000;
/// The last hundred were saved since.
const SINCE_MS: i64 = 9_900;

/// One in a hundred is archived, or was released.
const SEED: &[&str] = &[
    "INSERT INTO customers (id, name_en, country, currency, net_days, archived_at_ms, \
     created_at_ms, updated_at_ms, version) SELECT {id 4294967296 + n}, 'Customer', 'SA', 'SAR', \
     30, CASE WHEN n % 100 = 7 THEN n END, n, n, 1 FROM series",
    "INSERT INTO suppliers (id, name_en, country, currency, net_days, archived_at_ms, \
     created_at_ms, updated_at_ms, version) SELECT {id 8589934592 + n}, 'Supplier', 'SA', 'SAR', \
     30, CASE WHEN n % 100 = 7 THEN n END, n, n, 1 FROM series",
    "INSERT INTO products (id, sku, name_en, kind, unit, unit_price_millionths, currency, \
     costing, archived_at_ms, created_at_ms, updated_at_ms, version) \
     SELECT {id 12884901888 + n}, 'P-' || n, 'Product', 'stocked', 'EA', 1, 'SAR', 'average', \
     CASE WHEN n % 100 = 7 THEN n END, n, n, 1 FROM series",
    "INSERT INTO warehouses (id, code, name_en, created_at_ms, version) \
     SELECT {id 17179869184 + n}, 'W-' || n, 'Warehouse', n, 1 FROM series WHERE n < 10",
    "INSERT INTO stock_levels (product_id, warehouse_id, on_hand_millionths, \
     reserved_millionths, value_minor, currency) SELECT {id 12884901888 + n}, \
     {id 17179869184 + n % 10}, 1000000, 0, 1, 'SAR' FROM series",
    "INSERT INTO reservations (id, product_id, warehouse_id, quantity_millionths, \
     consumed_millionths, status, expires_at_ms, created_at_ms, ended_at_ms, version) \
     SELECT {id 21474836480 + n}, {id 12884901888 + n}, {id 17179869184 + n % 10}, 1000000, \
     CASE WHEN n % 100 = 7 THEN 0 ELSE 1000000 END, \
     CASE WHEN n % 100 = 7 THEN 'released' ELSE 'consumed' END, n + 1, n, n, 1 FROM series",
];

fn page<F: SortField>(sort: &str) -> PageRequest<F> {
    let sort = if sort.is_empty() { Sort::natural() } else { Sort::parse(sort).unwrap() };
    PageRequest { limit: PageLimit::default(), sort, after: None, with_total: false }
}

/// A store with much in it, watched.
struct Much {
    store: SqlStore,
    statements: Statements,
    planner: Planner,
}

impl Much {
    /// Expects a full page that was found by its own index.
    async fn assert_found(&self, what: &str, rows: usize, may: May) {
        assert_eq!(rows, usize::from(PageLimit::default().rows()), "{what}");
        for statement in self.statements.take() {
            if LARGE.iter().any(|table| statement.sql.contains(&format!("FROM \"{table}\""))) {
                self.planner.assert_keyed(what, &statement, may).await;
            }
        }
    }

    async fn lists(&self, is_archived: bool, sort: &str) {
        let archived = if is_archived { ArchivedFilter::Only } else { ArchivedFilter::Any };
        let updated_since = (!is_archived).then(|| Timestamp::from_millis(SINCE_MS));
        let what = format!("by {sort:?}, archived: {is_archived}");
        let mut view = self.store.view().await.unwrap();
        let _ = self.statements.take();
        let filter = CustomerFilter {
            archived: is_archived.then_some(true),
            updated_since,
            ..CustomerFilter::default()
        };
        let rows = view.list_customers(&filter, &page(sort)).await.unwrap().items.len();
        self.assert_found(&format!("customers {what}"), rows, May::SortFew).await;
        let filter = SupplierFilter { archived, updated_since, ..SupplierFilter::default() };
        let rows = view.list_suppliers(&filter, &page(sort)).await.unwrap().items.len();
        self.assert_found(&format!("suppliers {what}"), rows, May::SortFew).await;
        let filter = ProductFilter { archived, updated_since, ..ProductFilter::default() };
        let rows = view.list_products(&filter, &page(sort)).await.unwrap().items.len();
        self.assert_found(&format!("products {what}"), rows, May::SortFew).await;
    }

    async fn released(&self, sort: &str) {
        let filter = ReservationFilter {
            statuses: vec![ReservationStatus::Released],
            ..ReservationFilter::default()
        };
        let mut view = self.store.view().await.unwrap();
        let _ = self.statements.take();
        let now = Timestamp::from_millis(0);
        let rows = view.list_reservations(&filter, now, &page(sort)).await.unwrap().items.len();
        self.assert_found(&format!("reservations by {sort:?}"), rows, May::Seek).await;
    }
}

async fn the_few_among_many_are_found_without_a_look_at_the_others(
    (store, database): (Arc<SqlStore>, Database),
) {
    let _ = Harness::new(store).set_up().await;
    for text in SEED {
        let _ = database.execute(&seed(ROWS, text, database.is_sqlite())).await.expect(text);
    }
    // SQLite keeps no statistics of its own accord, so its plans must be good without them too.
    for with_statistics in [!database.is_sqlite(), true] {
        let (store, statements, planner) =
            planner::look(&database, with_statistics, LARGE, ROWS_MAX).await;
        let much = Much { store, statements, planner };
        for sort in ["", "created_at", "-created_at"] {
            much.lists(true, sort).await;
            much.lists(false, sort).await;
        }
        for sort in ["created_at", "-created_at"] {
            much.released(sort).await;
        }
        much.store.close().await.unwrap();
    }
}
