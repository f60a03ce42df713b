//! How invoices grow: pages with the books, issuing with the lines, on both engines.
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
#[path = "../../tests/store/invoice_plans/seed.rs"]
mod seed;
#[path = "../shared/turns.rs"]
mod turns;

use std::sync::Arc;
use std::time::{Duration, Instant};

use gaara_application::invoicing::{ListInvoices, WrittenInvoice};
use gaara_invoicing::{InvoiceFilter, InvoiceSort};
use gaara_kernel::{Cursor, Direction, Id, PageLimit, PageRequest, ProductId, Sort, SortValue};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, Sale, quantity};

use self::databases::Database;
use self::turns::Compared;

const TURNS: usize = 101;
const ISSUES: usize = 21;
const SMALL: u32 = 1_000;
const LARGE: u32 = 100_000;
const LINES: usize = 1_000;

/// Books of so many invoices.
struct Books {
    harness: Harness,
    invoices: u32,
    sale: Sale,
    products: Vec<ProductId>,
    _database: Database,
}

impl Books {
    async fn make((store, database): (Arc<SqlStore>, Database), invoices: u32) -> Self {
        let harness = Harness::new(store).set_up().await;
        for statement in seed::seed(database.is_sqlite(), invoices) {
            database.execute(&statement).await.expect("the books can be filled");
        }
        let sale = harness.stocked_sale("1").await;
        Self { harness, invoices, sale, products: Vec::new(), _database: database }
    }

    /// Adds the goods of the longest invoice, enough for every turn.
    async fn stock(&mut self) {
        let count = quantity("10000");
        for number in 0..LINES {
            let product = self.harness.add_product(&format!("P-{number}")).await;
            let receipt = Harness::receipt(product, self.sale.warehouse, count);
            let system = self.harness.system();
            self.harness.app.execute(&system, &receipt).await.expect("goods come in");
            self.products.push(product);
        }
    }

    async fn page(&self, filter: InvoiceFilter, after: Option<Cursor>) -> Duration {
        let sort = Sort::by(InvoiceSort::CreatedAt, Direction::Descending);
        let page = PageRequest { limit: PageLimit::default(), sort, after, with_total: false };
        let query = ListInvoices { filter, page };
        let start = Instant::now();
        let page = self.harness.app.ask(&self.harness.system(), &query).await;
        let elapsed = start.elapsed();
        assert_eq!(page.expect("invoices can be read").items.len(), 50);
        elapsed
    }

    /// A place so many hundredths into the list.
    fn place(&self, hundredths: u32) -> Cursor {
        let number = self.invoices - self.invoices / 100 * hundredths;
        let tie = vec![seed::invoice(number).as_uuid()];
        Cursor { values: vec![SortValue::Integer(number.into())], tie }
    }

    async fn issue(&self, lines: usize) -> Duration {
        let mut written: WrittenInvoice = self.sale.draft("1");
        let line = written.lines.pop().expect("a line");
        written.lines.extend(self.products.iter().take(lines).map(|product| {
            let mut line = line.clone();
            line.product = Some(*product);
            line
        }));
        assert_eq!(written.lines.len(), lines);
        let start = Instant::now();
        let issued = self.harness.issue(&written).await;
        let elapsed = start.elapsed();
        issued.expect("goods are there");
        elapsed
    }
}

async fn measure(engine: &str, small: &Books, large: &Books) {
    let all = InvoiceFilter::default();
    for (depth, hundredths) in [("first", None), ("half-way", Some(50)), ("nearly last", Some(94))]
    {
        let page = async |books: &Books| {
            let after = hundredths.map(|hundredths| books.place(hundredths));
            books.page(all.clone(), after).await
        };
        let what = format!("{depth} page of 50 invoices, of 1,000 and of 100,000");
        let compared = Compared { engine, what: &what, turns: TURNS, most: 2 };
        compared.run(async || page(small).await, async || page(large).await).await;
    }
    let of_customer = InvoiceFilter { customer: Some(seed::customer(7)), ..all };
    let page = async |books: &Books| books.page(of_customer.clone(), None).await;
    let what = "the first page of one customer's";
    let compared = Compared { engine, what, turns: TURNS, most: 2 };
    compared.run(async || page(small).await, async || page(large).await).await;

    let what = "issuing 5 and 1,000 lines";
    let compared = Compared { engine, what, turns: ISSUES, most: 30 };
    compared.run(async || large.issue(5).await, async || large.issue(LINES).await).await;
}

#[tokio::main]
async fn main() {
    let small = Books::make(databases::sqlite().await, SMALL).await;
    let mut large = Books::make(databases::sqlite().await, LARGE).await;
    large.stock().await;
    measure("SQLite", &small, &large).await;
    drop((small, large));
    let small = Books::make(databases::postgres().await, SMALL).await;
    let mut large = Books::make(databases::postgres().await, LARGE).await;
    large.stock().await;
    measure("PostgreSQL", &small, &large).await;
}
