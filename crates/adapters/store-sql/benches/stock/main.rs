//! How stock grows: movements with their lines, pages with the books, on both engines.
//!
//! Needs `GAARA_TEST_POSTGRES_URL`; `make bench` starts a throw-away server. Whatever is compared
//! is measured in turns, in one run; the figures are medians.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark measures time, prints what it measured, and ends when it cannot"
)]

#[expect(
    clippy::unused_async,
    dead_code,
    unused_imports,
    unused_macros,
    reason = "the tests of the store use more of it"
)]
#[path = "../../tests/store/databases.rs"]
mod databases;
mod seed;
#[path = "../shared/turns.rs"]
mod turns;

use std::sync::Arc;
use std::time::{Duration, Instant};

use gaara_application::inventory::{
    CreateAndPostMovement, ListLedger, ListLevels, WrittenMovement, WrittenMovementLine,
};
use gaara_inventory::{LedgerFilter, LedgerSort, LevelFilter, LevelSort, MovementKind};
use gaara_kernel::{
    Cursor, Direction, Id, PageLimit, PageRequest, ProductId, Quantity, Sort, SortField, SortValue,
    WarehouseId,
};
use gaara_store_sql::SqlStore;
use gaara_testkit::Harness;
use uuid::Uuid;

use self::databases::Database;
use self::seed::{LEDGER_ROWS_PER_PRODUCT, seed};
use self::turns::Compared;

const TURNS: usize = 101;
const POSTINGS: usize = 31;
const SMALL: u32 = 1_000;
const LARGE: u32 = 100_000;

/// Books of so many products.
struct Books {
    harness: Harness,
    products: u32,
    warehouse: WarehouseId,
    _database: Database,
}

impl Books {
    async fn make((store, database): (Arc<SqlStore>, Database), products: u32) -> Self {
        let harness = Harness::new(store).set_up().await;
        harness.add_vat().await;
        let warehouse = harness.add_warehouse("MAIN").await;
        for statement in seed(database.is_sqlite(), products, warehouse) {
            database.execute(&statement).await.expect("the books can be filled");
        }
        Self { harness, products, warehouse, _database: database }
    }

    async fn levels(&self, sort: Sort<LevelSort>, after: Option<Cursor>) -> Duration {
        let query = ListLevels { filter: LevelFilter::default(), page: page(sort, after) };
        let start = Instant::now();
        let page = self.harness.app.ask(&self.harness.system(), &query).await;
        let elapsed = start.elapsed();
        assert_eq!(page.expect("levels can be read").items.len(), 50);
        elapsed
    }

    async fn ledger(&self, filter: LedgerFilter, after: Option<Cursor>) -> Duration {
        let sort = Sort::by(LedgerSort::Sequence, Direction::Descending);
        let query = ListLedger { filter, page: page(sort, after) };
        let start = Instant::now();
        let page = self.harness.app.ask(&self.harness.system(), &query).await;
        let elapsed = start.elapsed();
        assert_eq!(page.expect("the ledger can be read").items.len(), 50);
        elapsed
    }

    async fn post(&self, lines: u32) -> Duration {
        let line = |number: u32| WrittenMovementLine {
            unit_cost: Some(gaara_testkit::unit_price("1.75")),
            ..WrittenMovementLine::new(seed::product(number % self.products + 1), Quantity::ONE)
        };
        let lines = (0..lines).map(line).collect();
        let written = WrittenMovement::new(MovementKind::Receipt, self.warehouse, lines);
        let use_case = CreateAndPostMovement(written);
        let start = Instant::now();
        let posted = self.harness.app.execute(&self.harness.system(), &use_case).await;
        let elapsed = start.elapsed();
        posted.expect("goods can be received");
        elapsed
    }

    /// A place in the middle of the levels.
    fn middle(&self) -> Cursor {
        let product: ProductId = seed::product(self.products / 2);
        Cursor { values: Vec::new(), tie: vec![product.as_uuid(), self.warehouse.as_uuid()] }
    }
}

fn page<F: SortField>(sort: Sort<F>, after: Option<Cursor>) -> PageRequest<F> {
    PageRequest { limit: PageLimit::default(), sort, after, with_total: false }
}

fn entry(sequence: u32) -> Cursor {
    let tie = vec![Uuid::from_u128(sequence.into())];
    Cursor { values: vec![SortValue::Integer(sequence.into())], tie }
}

async fn measure(engine: &str, small: &Books, large: &Books) {
    let natural = async |books: &Books| books.levels(Sort::natural(), Some(books.middle())).await;
    let what = "page of 50 levels, 1,000 and 100,000 products";
    let compared = Compared { engine, what, turns: TURNS, most: 2 };
    compared.run(async || natural(small).await, async || natural(large).await).await;

    let sorted = async |books: &Books| {
        let value = i64::from(books.products) / 2 * 100;
        let cursor = Cursor { values: vec![SortValue::Integer(value)], ..books.middle() };
        books.levels(Sort::by(LevelSort::Value, Direction::Descending), Some(cursor)).await
    };
    let compared = Compared { what: "the same by value, from the middle", ..compared };
    compared.run(async || sorted(small).await, async || sorted(large).await).await;

    let middle = Some(entry(LARGE * LEDGER_ROWS_PER_PRODUCT / 2));
    let of_all = LedgerFilter::default();
    let of_one = LedgerFilter { warehouse: Some(large.warehouse), ..LedgerFilter::default() };
    for (what, filter) in [
        ("ledger page, first and in the middle of 1,000,000", of_all),
        ("the same of one warehouse", of_one),
    ] {
        let compared = Compared { engine, what, turns: TURNS, most: 2 };
        let first = async || large.ledger(filter.clone(), None).await;
        compared.run(first, async || large.ledger(filter.clone(), middle.clone()).await).await;
    }

    let what = "posting 5 and 500 lines";
    let compared = Compared { engine, what, turns: POSTINGS, most: 20 };
    compared.run(async || large.post(5).await, async || large.post(500).await).await;
}

#[tokio::main]
async fn main() {
    let small = Books::make(databases::sqlite().await, SMALL).await;
    let large = Books::make(databases::sqlite().await, LARGE).await;
    measure("SQLite", &small, &large).await;
    drop((small, large));
    let small = Books::make(databases::postgres().await, SMALL).await;
    let large = Books::make(databases::postgres().await, LARGE).await;
    measure("PostgreSQL", &small, &large).await;
}
