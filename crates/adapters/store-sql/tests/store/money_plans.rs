//! Lists of payments and of exchange rates read along indexes, however many there are.

use std::sync::Arc;

use gaara_application::Store;
use gaara_invoicing::{Direction, PaymentFilter, PaymentSort, PaymentState};
use gaara_kernel::{Cursor, Id, PageLimit, PageRequest, SearchQuery, Sort, SortValue, Timestamp};
use gaara_store_sql::SqlStore;
use gaara_testkit::{currency, date};
use sea_orm::Statement;
use uuid::Uuid;

use crate::databases::{Database, on_both_engines};
use crate::planner::{self, May, Planner};
use crate::plans::seed::seed;
use crate::statements::Statements;

on_both_engines! {
    no_list_of_payments_reads_a_table_from_end_to_end,
}

/// No payment of these is allocated, so that the table of allocations stays small.
const LARGE: &[&str] = &["payments", "payment_words", "exchange_rates"];
/// A page has 50 rows; a scan of the smallest table reads 4,000.
const ROWS_MAX: f64 = 1_500.0;
const CUSTOMERS: u128 = 0x1_0000_0000;
const PAYMENTS: u128 = 0x2_0000_0000;

/// 200 customers with 100 payments each over 2,000 days, one in a hundred void, one in twenty out;
/// every payment has two words, one of them its own; 4,000 days of rates of one currency.
const SEED: &[(u32, &str)] = &[
    (
        200,
        "INSERT INTO customers (id, name_en, country, currency, net_days, created_at_ms, \
         updated_at_ms, version) SELECT {id 4294967296 + n}, 'Customer', 'SA', 'SAR', 30, n, n, 1 \
         FROM series",
    ),
    (
        20_000,
        "INSERT INTO payments (id, customer_id, direction, state, amount_minor, currency, \
         base_currency, base_rate_scaled, base_amount_minor, payment_date, method, voided_at_ms, \
         created_at_ms, updated_at_ms, version) SELECT {id 8589934592 + n}, \
         {id 4294967296 + n % 200}, CASE WHEN n % 20 = 7 THEN 'out' ELSE 'in' END, \
         CASE WHEN n % 100 = 3 THEN 'void' ELSE 'posted' END, 100, 'SAR', 'SAR', 10000000000, \
         100, {day n / 10}, 'cash', CASE WHEN n % 100 = 3 THEN n END, n, n + n % 13, 1 FROM series",
    ),
    (
        20_000,
        "INSERT INTO payment_words (word, payment_id) \
         SELECT 'own' || n, {id 8589934592 + n} FROM series",
    ),
    (
        4_000,
        "INSERT INTO exchange_rates (id, currency, rate_date, rate_scaled, created_at_ms, \
         updated_at_ms, version) SELECT {id 12884901888 + n}, 'USD', {day n}, 37500000000, n, n, 1 \
         FROM series",
    ),
];

fn id<I: Id>(kind: u128, number: u128) -> I {
    I::from_uuid(Uuid::from_u128(kind + number))
}

fn page(sort: &str, deep: bool) -> PageRequest<PaymentSort> {
    let value = if sort.contains("date") {
        SortValue::Text("2022-09-01".to_owned())
    } else {
        SortValue::Integer(10_000)
    };
    let tie = vec![Uuid::from_u128(PAYMENTS + 10_000)];
    let after = deep.then(|| Cursor { values: vec![value], tie });
    let sort = Sort::parse(sort).unwrap();
    PageRequest { limit: PageLimit::default(), sort, after, with_total: false }
}

async fn no_list_of_payments_reads_a_table_from_end_to_end(
    (_store, database): (Arc<SqlStore>, Database),
) {
    for (rows, text) in SEED {
        database.execute(&seed(*rows, text, database.is_sqlite())).await.unwrap();
    }
    // SQLite keeps no statistics of its own accord, so its plans must be good without them too.
    for with_statistics in [!database.is_sqlite(), true] {
        let (store, statements, planner) =
            planner::look(&database, with_statistics, LARGE, ROWS_MAX).await;
        let much = Much { store, statements, planner };
        pages_of_payments(&much).await;
        the_rate_of_a_day(&much).await;
    }
}

/// A store with much in it, watched.
struct Much {
    store: SqlStore,
    statements: Statements,
    planner: Planner,
}

impl Much {
    async fn assert_keyed(&self, what: &str, may: May) {
        let is_large =
            |statement: &&Statement| LARGE.iter().any(|table| statement.sql.contains(table));
        let statements = self.statements.take();
        for statement in statements.iter().filter(is_large) {
            self.planner.assert_keyed(what, statement, may).await;
        }
    }
}

async fn pages_of_payments(much: &Much) {
    let none = PaymentFilter::default;
    let customer = Some(id(CUSTOMERS, 7));
    let (paid_from, paid_to) = (Some(date("2022-09-01")), Some(date("2022-09-05")));
    let query = Some(SearchQuery::new("own19999"));
    let since = Some(Timestamp::from_millis(19_900));
    for sort in ["payment_date", "-payment_date", "created_at", "-created_at"] {
        for (filter, first, next) in [
            (none(), May::Walk, May::Seek),
            (PaymentFilter { customer, ..none() }, May::SortFew, May::SortFew),
            (PaymentFilter { direction: Some(Direction::Out), ..none() }, May::Seek, May::Seek),
            (PaymentFilter { states: vec![PaymentState::Void], ..none() }, May::Seek, May::Seek),
            (PaymentFilter { paid_from, paid_to, ..none() }, May::SortFew, May::SortFew),
            (PaymentFilter { query: query.clone(), ..none() }, May::SortFew, May::SortFew),
            (PaymentFilter { updated_since: since, ..none() }, May::SortFew, May::SortFew),
        ] {
            for (deep, may) in [(false, first), (true, next)] {
                let what = format!("payments by {sort}, deep {deep}: {filter:?}");
                let mut view = much.store.view().await.unwrap();
                much.statements.take();
                view.list_payments(&filter, &page(sort, deep)).await.unwrap();
                much.assert_keyed(&what, may).await;
            }
        }
    }
}

async fn the_rate_of_a_day(much: &Much) {
    let mut view = much.store.view().await.unwrap();
    much.statements.take();
    let rate = view.find_exchange_rate_at(currency("USD"), date("2024-01-01")).await.unwrap();
    assert_eq!(rate.unwrap().rate_date, date("2024-01-01"));
    much.assert_keyed("the rate of a day", May::Seek).await;
}
