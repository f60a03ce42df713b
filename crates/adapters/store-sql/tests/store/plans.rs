//! Lists and questions about stock read along indexes, however much there is.

pub(crate) mod seed;

use std::sync::Arc;

use gaara_application::Store;
use gaara_inventory::{
    LayerDemand, LedgerFilter, LedgerSort, LevelFilter, LevelSort, MovementFilter, MovementKind,
    MovementSort, MovementStatus, ReorderFilter, StockKey,
};
use gaara_kernel::{Cursor, Id, PageLimit, PageRequest, Sort, SortField, SortValue, Timestamp};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, currency, date, quantity};
use sea_orm::Statement;
use uuid::Uuid;

use self::seed::{RULED, SEED, seed};
use crate::databases::{Database, on_both_engines};
use crate::planner::{self, May, Planner};
use crate::statements::Statements;

on_both_engines! {
    no_list_of_stock_reads_a_table_from_end_to_end,
    what_to_order_is_found_past_all_that_is_not,
}

const LARGE: &[&str] = &[
    "products",
    "stock_levels",
    "stock_movements",
    "stock_movement_lines",
    "stock_ledger",
    "stock_layers",
    "reservations",
    "product_reorder_rules",
];
/// Each list asks for 50 rows of several tables; a scan of the smallest table reads 20,000.
const ROWS_MAX: f64 = 2_000.0;

const PRODUCTS: u128 = 0x1_0000_0000;
const WAREHOUSES: u128 = 0x2_0000_0000;
const MOVEMENTS: u128 = 0x3_0000_0000;

fn id<I: Id>(kind: u128, number: u128) -> I {
    I::from_uuid(Uuid::from_u128(kind + number))
}

fn request<F: SortField>(sort: &str, after: Option<Cursor>) -> PageRequest<F> {
    let sort = if sort.is_empty() { Sort::natural() } else { Sort::parse(sort).unwrap() };
    PageRequest { limit: PageLimit::default(), sort, after, with_total: false }
}

/// A place in the middle of a list that is sorted by whole numbers.
fn middle<F: SortField>(sort: &str, value: i64, tie: Vec<Uuid>) -> PageRequest<F> {
    let values = if sort.is_empty() { Vec::new() } else { vec![SortValue::Integer(value)] };
    request(sort, Some(Cursor { values, tie }))
}

/// A store with much in it, watched.
struct Much {
    store: SqlStore,
    statements: Statements,
    planner: Planner,
}

impl Much {
    /// Asserts on every statement that was run.
    async fn assert_keyed(&self, what: &str, may: May) {
        let is_of_stock =
            |statement: &&Statement| LARGE.iter().any(|table| statement.sql.contains(table));
        let statements = self.statements.take();
        let of_stock: Vec<&Statement> = statements.iter().filter(is_of_stock).collect();
        assert!(!of_stock.is_empty(), "{what}: nothing was asked");
        for statement in of_stock {
            self.planner.assert_keyed(what, statement, may).await;
        }
    }

    async fn levels(
        &self,
        what: &str,
        filter: &LevelFilter,
        may: May,
        page: PageRequest<LevelSort>,
    ) {
        let mut view = self.store.view().await.unwrap();
        let rows =
            view.list_levels(filter, Timestamp::from_millis(10_000), &page).await.unwrap().items;
        assert!(!rows.is_empty(), "{what}");
        self.assert_keyed(what, may).await;
    }

    async fn ledger(
        &self,
        what: &str,
        filter: &LedgerFilter,
        may: May,
        page: PageRequest<LedgerSort>,
    ) {
        let mut view = self.store.view().await.unwrap();
        view.list_ledger(filter, &page).await.unwrap();
        self.assert_keyed(what, may).await;
    }

    async fn movements(
        &self,
        what: &str,
        filter: &MovementFilter,
        may: May,
        page: PageRequest<MovementSort>,
    ) {
        let mut view = self.store.view().await.unwrap();
        let rows = view.list_movements(filter, &page).await.unwrap().items;
        assert!(!rows.is_empty(), "{what}");
        self.assert_keyed(what, may).await;
    }
}

async fn pages_of_levels(much: &Much) {
    let middle_key = || vec![Uuid::from_u128(PRODUCTS + 10_000), Uuid::from_u128(WAREHOUSES + 5)];
    let of = |product, warehouse, as_of| LevelFilter { product, warehouse, as_of };
    let (product, warehouse) = (Some(id(PRODUCTS, 10_000)), Some(id(WAREHOUSES, 0)));
    for day in [None, Some(date("2023-01-01"))] {
        for sort in ["", "on_hand", "-on_hand", "value", "-value"] {
            let what = format!("levels by {sort:?} as of {day:?}");
            let value = if sort.contains("value") { 20_000 } else { 20_000_000_000 };
            much.levels(&what, &of(None, None, day), May::Walk, request(sort, None)).await;
            let deep = middle(sort, value, middle_key());
            much.levels(&what, &of(None, None, day), May::Seek, deep.clone()).await;
            let here = of(None, warehouse, day);
            much.levels(&what, &here, May::Seek, request(sort, None)).await;
            much.levels(&what, &here, May::Seek, deep).await;
            let one = of(product, None, day);
            much.levels(&what, &one, May::SortFew, request(sort, None)).await;
            let one = of(product, warehouse, day);
            much.levels(&what, &one, May::SortFew, request(sort, None)).await;
        }
    }
}

/// Days of the ledger that hold few of its entries: a month in the middle, or a month at an end.
#[derive(Debug, Clone, Copy)]
enum Days {
    All,
    Middle,
    First,
    Last,
}

impl Days {
    fn filter(self) -> LedgerFilter {
        let (from, to) = match self {
            Self::All => (None, None),
            Self::Middle => (Some("2022-09-01"), Some("2022-09-30")),
            Self::First => (None, Some("2020-01-30")),
            Self::Last => (Some("2025-05-25"), None),
        };
        let (date_from, date_to) = (from.map(date), to.map(date));
        LedgerFilter { date_from, date_to, ..LedgerFilter::default() }
    }

    /// Whether a list that begins at an end begins with them.
    fn are_met_first(self, sort: &str) -> bool {
        match self {
            Self::All | Self::Middle => false,
            Self::First => !sort.starts_with('-'),
            Self::Last => sort.starts_with('-'),
        }
    }

    /// The number of an entry among them.
    const fn inside(self) -> i64 {
        match self {
            Self::All | Self::Middle => 49_000,
            Self::First => 700,
            Self::Last => 99_000,
        }
    }
}

async fn pages_of_the_ledger(much: &Much) {
    let (product, warehouse) = (Some(id(PRODUCTS, 9_100)), Some(id(WAREHOUSES, 0)));
    let movement = Some(id(MOVEMENTS, 9_820));
    for days in [Days::All, Days::Middle, Days::First, Days::Last] {
        for (product, warehouse, movement) in [
            (None, None, None),
            (None, warehouse, None),
            (product, None, None),
            (product, warehouse, None),
            (None, None, movement),
            (product, warehouse, movement),
        ] {
            let filter = LedgerFilter { product, warehouse, movement, ..days.filter() };
            for sort in ["", "sequence", "-sequence"] {
                let what = format!("the ledger by {sort:?}: {filter:?}");
                let is_whole = filter == LedgerFilter::default();
                let has_few = product.is_some() || warehouse.is_some() || movement.is_some();
                let may = match (is_whole, !has_few && days.are_met_first(sort)) {
                    (true, _) => May::Walk,
                    (false, true) => May::WalkOrSort,
                    (false, false) => May::SortFew,
                };
                much.ledger(&what, &filter, may, request(sort, None)).await;
                let number = u128::try_from(days.inside()).unwrap();
                let deep = middle(sort, days.inside(), vec![Uuid::from_u128(number)]);
                let may = if is_whole { May::Seek } else { May::SortFew };
                much.ledger(&what, &filter, may, deep).await;
            }
        }
    }
}

async fn pages_of_movements(much: &Much) {
    let none = MovementFilter::default;
    let deep = |sort| middle(sort, 10_000, vec![Uuid::from_u128(MOVEMENTS + 10_000)]);
    for sort in ["", "created_at", "-created_at", "updated_at", "-updated_at"] {
        much.movements("all movements", &none(), May::Walk, request(sort, None)).await;
        much.movements("all movements", &none(), May::Seek, deep(sort)).await;
    }
    let by = |filter: MovementFilter| filter;
    let filters = [
        by(MovementFilter { statuses: vec![MovementStatus::Draft], ..none() }),
        by(MovementFilter { kinds: vec![MovementKind::Transfer], ..none() }),
        by(MovementFilter { warehouse: Some(id(WAREHOUSES, 3)), ..none() }),
    ];
    for filter in filters {
        for sort in ["created_at", "-created_at"] {
            let what = format!("movements by {sort}: {filter:?}");
            much.movements(&what, &filter, May::Seek, request(sort, None)).await;
            much.movements(&what, &filter, May::Seek, deep(sort)).await;
        }
    }
    let product = Some(id(PRODUCTS, 10_000));
    let (date_from, date_to) = (Some(date("2022-09-01")), Some(date("2022-09-30")));
    let since = Some(Timestamp::from_millis(19_900));
    let few = [
        by(MovementFilter { product, ..none() }),
        by(MovementFilter { date_from, date_to, ..none() }),
        by(MovementFilter { updated_since: since, ..none() }),
    ];
    for filter in few {
        for sort in ["created_at", "-created_at", "updated_at", "-updated_at"] {
            let what = format!("movements by {sort}: {filter:?}");
            much.movements(&what, &filter, May::SortFew, request(sort, None)).await;
        }
    }
    let mut view = much.store.view().await.unwrap();
    view.find_movement(id(MOVEMENTS, 10_000)).await.unwrap().expect("it is there");
    much.assert_keyed("a movement", May::SortFew).await;
}

async fn pages_of_what_to_order(much: &Much) {
    let now = Timestamp::from_millis(10_000);
    let tie = || vec![Uuid::from_u128(PRODUCTS + 10_000), Uuid::from_u128(WAREHOUSES + 3)];
    let everywhere = ReorderFilter::default();
    let here = ReorderFilter { warehouse: Some(id(WAREHOUSES, 3)) };
    let pages = [
        (&everywhere, request("", None), May::Walk),
        (&everywhere, middle("", 0, tie()), May::Seek),
        (&everywhere, request("minimum", None), May::Walk),
        (&everywhere, middle("-minimum", 20_000_000_000, tie()), May::Seek),
        (&here, request("", None), May::Seek),
        (&here, middle("", 0, tie()), May::Seek),
    ];
    for (filter, page, may) in pages {
        let mut view = much.store.view().await.unwrap();
        let rows = view.list_reorder(filter, now, &page).await.unwrap().items;
        assert!(!rows.is_empty(), "{filter:?}");
        much.assert_keyed(&format!("what to order: {filter:?} {page:?}"), may).await;
    }
}

async fn what_writers_ask(much: &Much, count: u128) {
    let key = |number| StockKey {
        product: id(PRODUCTS, number * (20_000 / count)),
        warehouse: id(WAREHOUSES, 0),
    };
    let keys: Vec<StockKey> = (0..count).map(key).collect();
    let mut unit = much.store.begin().await.unwrap();
    let levels = unit.stock().lock_levels(&keys, currency("SAR")).await.unwrap();
    let statements = much.statements.take();
    let select = statements.last().expect("levels were locked");
    let demand: Vec<LayerDemand> =
        keys.iter().map(|key| LayerDemand { key: *key, quantity: quantity("1") }).collect();
    let made_by = Some(id(MOVEMENTS, 10));
    assert!(!unit.stock().find_layers(&demand, made_by).await.unwrap().is_empty());
    let after = date("2021-01-01");
    assert!(!unit.stock().daily_changes(&keys, after).await.unwrap().is_empty());
    assert!(!unit.movements().returned(id(MOVEMENTS, 10_002)).await.unwrap().is_empty());
    assert_eq!(unit.stock().lock_levels_of(id(PRODUCTS, 7)).await.unwrap().len(), 2);
    unit.movements().lock(id(MOVEMENTS, 10_000)).await.unwrap().expect("it is there");
    unit.stock().save_levels(&levels).await.unwrap();
    unit.reservations().find_overdue(&keys, Timestamp::from_millis(0)).await.unwrap();
    unit.rollback().await.unwrap();

    much.planner.assert_keyed("levels are locked", select, May::SortFew).await;
    much.assert_keyed("what writers ask", May::SortFew).await;
}

async fn no_list_of_stock_reads_a_table_from_end_to_end(
    (store, database): (Arc<SqlStore>, Database),
) {
    Harness::new(store).set_up().await;
    let is_sqlite = database.is_sqlite();
    for (rows, text) in SEED {
        let statement = seed(*rows, text, is_sqlite);
        database.execute(&statement).await.expect(text);
    }
    // SQLite keeps no statistics of its own accord, so its plans must be good without them too.
    for with_statistics in [!is_sqlite, true] {
        let (store, statements, planner) =
            planner::look(&database, with_statistics, LARGE, ROWS_MAX).await;
        let much = Much { store, statements, planner };
        pages_of_levels(&much).await;
        pages_of_the_ledger(&much).await;
        pages_of_movements(&much).await;
        pages_of_what_to_order(&much).await;
        // PostgreSQL weighs what it costs to walk through a table of this size, and is right to
        // for a long list. SQLite walks through any.
        what_writers_ask(&much, if is_sqlite { 500 } else { 40 }).await;
        much.store.close().await.unwrap();
    }
}

/// Sixty of 20,000 rules are short, and half of the others are of what is archived: whoever walks
/// along the rules reads them all to find a page.
async fn what_to_order_is_found_past_all_that_is_not((store, database): (Arc<SqlStore>, Database)) {
    Harness::new(store).set_up().await;
    let is_sqlite = database.is_sqlite();
    for (rows, text) in SEED.iter().take(RULED) {
        database.execute(&seed(*rows, text, is_sqlite)).await.expect(text);
    }
    for statement in [
        "UPDATE stock_levels SET on_hand_millionths = 30000000000",
        "UPDATE stock_levels SET on_hand_millionths = 7000000 WHERE product_id IN (SELECT id FROM \
         products WHERE created_at_ms % 333 = 32)",
        "UPDATE stock_levels SET on_hand_millionths = 0, reserved_millionths = 0, value_minor = 0 \
         WHERE product_id IN (SELECT id FROM products WHERE created_at_ms % 333 > 166)",
        "UPDATE products SET archived_at_ms = 1 WHERE created_at_ms % 333 > 166",
    ] {
        database.execute(statement).await.expect(statement);
    }
    let (store, statements, planner) = planner::look(&database, true, LARGE, ROWS_MAX).await;
    let much = Much { store, statements, planner };
    for (warehouse, sort, expected) in [
        (None, "", 60),
        (None, "minimum", 60),
        (None, "-minimum", 60),
        (Some(id(WAREHOUSES, 3)), "", 6),
        (Some(id(WAREHOUSES, 3)), "minimum", 6),
    ] {
        let filter = ReorderFilter { warehouse };
        let mut view = much.store.view().await.unwrap();
        let page = PageRequest { with_total: true, ..request(sort, None) };
        let found =
            view.list_reorder(&filter, Timestamp::from_millis(10_000), &page).await.unwrap();
        let what = format!("what to order by {sort:?}: {filter:?}");
        assert_eq!(found.total, Some(expected), "{what}");
        for statement in much.statements.take() {
            assert!(
                !statement.sql.contains("FROM \"product_reorder_rules\"")
                    || much.planner.uses(&statement, "product_reorder_rules_short").await,
                "{what}: {}",
                statement.sql
            );
            if LARGE.iter().any(|table| statement.sql.contains(table)) {
                much.planner.assert_keyed(&what, &statement, May::WalkOrSort).await;
            }
        }
    }
    much.store.close().await.unwrap();
}
