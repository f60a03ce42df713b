//! Lists of invoices read along indexes, however many there are.

pub(crate) mod seed;

use std::sync::Arc;

use gaara_application::Store;
use gaara_invoicing::{InvoiceFilter, InvoiceSort, InvoiceStatus, PaymentStatus};
use gaara_kernel::{Cursor, Id, PageLimit, PageRequest, Sort, SortValue, Timestamp};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, date};

use self::seed::{INVOICES_PER_CUSTOMER, customer, invoice, seed};
use crate::databases::{Database, on_both_engines};
use crate::planner::{self, May};

on_both_engines! {
    no_list_of_invoices_reads_a_table_from_end_to_end,
}

const LARGE: &[&str] = &["invoices"];
const INVOICES: u32 = 20_000;
/// A page is 50 rows; a scan reads 20,000.
const ROWS_MAX: f64 = 500.0;

fn request(sort: &str, after: Option<Cursor>) -> PageRequest<InvoiceSort> {
    let sort = if sort.is_empty() { Sort::natural() } else { Sort::parse(sort).unwrap() };
    PageRequest { limit: PageLimit::default(), sort, after, with_total: false }
}

/// The page in the middle of a list that is sorted by this.
fn middle(sort: &str, value: Option<SortValue>) -> PageRequest<InvoiceSort> {
    let tie = vec![invoice(INVOICES / 2).as_uuid()];
    request(sort, Some(Cursor { values: value.into_iter().collect(), tie }))
}

/// First and middle pages in every order.
fn pages() -> Vec<(PageRequest<InvoiceSort>, May)> {
    let number = || Some(SortValue::Integer((INVOICES / 2).into()));
    let text = |text: &str| Some(SortValue::Text(text.to_owned()));
    let mut pages = vec![(request("", None), May::Walk), (middle("", None), May::Seek)];
    for (sort, value) in [
        ("created_at", number()),
        ("-created_at", number()),
        ("-updated_at", number()),
        ("issue_date", text("2020-07-19")),
        ("-issue_date", text("2020-07-19")),
        ("number", text("OLD-1010000")),
        ("-number", text("OLD-1010000")),
    ] {
        pages.push((request(sort, None), May::Walk));
        pages.push((middle(sort, value), May::Seek));
    }
    pages
}

/// What few invoices have, with the orders that people look at it in.
fn filters() -> Vec<(&'static str, InvoiceFilter, May)> {
    let all = InvoiceFilter::default();
    vec![
        (
            "of a customer",
            InvoiceFilter { customer: Some(customer(7)), ..all.clone() },
            May::SortFew,
        ),
        (
            "drafts",
            InvoiceFilter { statuses: vec![InvoiceStatus::Draft], ..all.clone() },
            May::SortFew,
        ),
        (
            "unpaid",
            InvoiceFilter { payment_statuses: vec![PaymentStatus::Unpaid], ..all.clone() },
            May::SortFew,
        ),
        (
            "of a day",
            InvoiceFilter {
                issued_from: Some(date("2020-05-05")),
                issued_to: Some(date("2020-05-06")),
                ..all.clone()
            },
            May::SortFew,
        ),
        (
            "saved lately",
            InvoiceFilter {
                updated_since: Some(Timestamp::from_millis((INVOICES - 100).into())),
                ..all
            },
            May::SortFew,
        ),
    ]
}

async fn no_list_of_invoices_reads_a_table_from_end_to_end(
    (store, database): (Arc<SqlStore>, Database),
) {
    Harness::new(store).set_up().await;
    let is_sqlite = database.is_sqlite();
    for statement in seed(is_sqlite, INVOICES).iter().filter(|text| *text != "ANALYZE") {
        database.execute(statement).await.expect(statement);
    }
    // SQLite keeps no statistics of its own accord, so its plans must be good without them too.
    for with_statistics in [!is_sqlite, true] {
        let (store, statements, planner) =
            planner::look(&database, with_statistics, LARGE, ROWS_MAX).await;
        let mut asked = Vec::new();
        for (page, may) in pages() {
            asked.push((format!("all {page:?}"), InvoiceFilter::default(), page, may));
        }
        for (what, filter, may) in filters() {
            for sort in ["-created_at", "-issue_date"] {
                let page = request(sort, None);
                asked.push((format!("{what} {sort}"), filter.clone(), page, may));
            }
        }
        for (what, filter, page, may) in asked {
            statements.take();
            let mut view = store.view().await.unwrap();
            let rows = view.list_invoices(&filter, &page).await.unwrap().items;
            drop(view);
            assert!(!rows.is_empty(), "{what}");
            assert!(rows.len() <= 50 && INVOICES_PER_CUSTOMER > 50, "{what}");
            for statement in statements.take() {
                if statement.sql.contains("invoices") {
                    planner.assert_keyed(&what, &statement, may).await;
                }
            }
        }
        store.close().await.unwrap();
    }
}
