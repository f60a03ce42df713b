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

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Prints two medians and how the second compares with the first.
fn tell(engine: &str, what: &str, mut first: Vec<Duration>, mut second: Vec<Duration>, most: u32) {
    let (first, second) = (median(&mut first), median(&mut second));
    let hundredths = second.as_nanos() * 100 / first.as_nanos().max(1);
    let (whole, part) = (hundredths / 100, hundredths % 100);
    println!(
        "{engine}: {what}: {first:?} and {second:?}, ratio {whole}.{part:02} (at most {most})"
    );
}

/// Runs two things in turns, and the untimed first turn for both.
async fn turns(
    count: usize,
    mut one: impl AsyncFnMut() -> Duration,
    mut other: impl AsyncFnMut() -> Duration,
) -> (Vec<Duration>, Vec<Duration>) {
    one().await;
    other().await;
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for _ in 0..count {
        first.push(one().await);
        second.push(other().await);
    }
    (first, second)
}

async fn measure(engine: &str, small: &Books, large: &Books) {
    let natural = async |books: &Books| books.levels(Sort::natural(), Some(books.middle())).await;
    let (few, many) =
        turns(TURNS, async || natural(small).await, async || natural(large).await).await;
    tell(engine, "page of 50 levels, 1,000 and 100,000 products", few, many, 2);

    let by_value = |books: &Books| {
        let value = i64::from(books.products) / 2 * 100;
        let cursor = Cursor { values: vec![SortValue::Integer(value)], ..books.middle() };
        (Sort::by(LevelSort::Value, Direction::Descending), Some(cursor))
    };
    let sorted = async |books: &Books| {
        let (sort, after) = by_value(books);
        books.levels(sort, after).await
    };
    let (few, many) =
        turns(TURNS, async || sorted(small).await, async || sorted(large).await).await;
    tell(engine, "the same by value, from the middle", few, many, 2);

    let rows = LARGE * LEDGER_ROWS_PER_PRODUCT;
    for (what, filter) in [
        ("ledger page, first and in the middle of 1,000,000", LedgerFilter::default()),
        (
            "the same of one warehouse",
            LedgerFilter { warehouse: Some(large.warehouse), ..LedgerFilter::default() },
        ),
    ] {
        let (first, middle) = turns(
            TURNS,
            async || large.ledger(filter.clone(), None).await,
            async || large.ledger(filter.clone(), Some(entry(rows / 2))).await,
        )
        .await;
        tell(engine, what, first, middle, 2);
    }

    let (few, many) =
        turns(POSTINGS, async || large.post(5).await, async || large.post(500).await).await;
    tell(engine, "posting 5 and 500 lines", few, many, 20);
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
