//! How many statements payments take, and along which indexes rates and payments are found.

use std::sync::Arc;

use gaara_application::invoicing::{
    AllocatePayment, ListPayments, RecordPayment, VoidPayment, WrittenAllocation,
};
use gaara_invoicing::{PartyId, PaymentFilter, PaymentMethod};
use gaara_kernel::{PageLimit, PageRequest, Sort};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, Sale, currency, date, money};

use crate::databases::{Database, on_both_engines};
use crate::statements::{Statements, watched};

on_both_engines! {
    a_payment_of_many_invoices_takes_as_many_statements_as_one_of_two,
    the_rate_of_a_day_is_one_statement,
    a_page_of_many_payments_takes_as_many_statements_as_one_of_two,
}

/// The statements to record, to allocate, and to void with cascade.
async fn statements_to_settle(
    books: &Harness,
    sale: &Sale,
    invoices: usize,
    statements: &Statements,
) -> [usize; 3] {
    let mut parts = Vec::new();
    for _ in 0..invoices {
        let invoice = books.issue(&sale.draft("1")).await.unwrap().content.written.id;
        parts.push(WrittenAllocation { invoice, amount: money("3") });
    }
    let payer = PartyId::Customer(sale.customer);
    let mut payment = RecordPayment::new(payer, money("10000"), PaymentMethod::Cash);
    payment.allocations.clone_from(&parts);
    payment.reference = Some("TRX 778".to_owned());
    statements.take();
    let id = books.app.execute(&books.system(), &payment).await.unwrap().id();
    let recorded = statements.take().len();
    let allocate = AllocatePayment { id, expected: None, allocations: parts };
    books.app.execute(&books.system(), &allocate).await.unwrap();
    let allocated = statements.take().len();
    let void = VoidPayment { id, expected: None, cascade: true };
    books.app.execute(&books.system(), &void).await.unwrap();
    [recorded, allocated, statements.take().len()]
}

async fn a_payment_of_many_invoices_takes_as_many_statements_as_one_of_two(
    (_store, database): (Arc<SqlStore>, Database),
) {
    let (books, statements) = watched(&database).await;
    let sale = books.stocked_sale("100").await;
    let few = statements_to_settle(&books, &sale, 2, &statements).await;
    let many = statements_to_settle(&books, &sale, 30, &statements).await;
    assert_eq!(few, many);
    assert!(many.iter().all(|count| *count <= 25), "{many:?}");
}

async fn the_rate_of_a_day_is_one_statement((_store, database): (Arc<SqlStore>, Database)) {
    let mut store = database.open().await;
    let statements = Statements::of(&mut store);
    let store: Arc<dyn gaara_application::Store> = Arc::new(store);
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    for day in ["2026-01-01", "2026-02-01", "2026-03-01"] {
        books.set_rate("USD", day, "3.75").await;
    }
    let mut unit = store.begin().await.unwrap();
    statements.take();
    let found = unit.exchange_rates().find_at(currency("USD"), date("2026-02-15")).await.unwrap();
    assert_eq!(found.unwrap().rate_date, date("2026-02-01"));
    assert_eq!(statements.take().len(), 1);
}

async fn a_page_of_many_payments_takes_as_many_statements_as_one_of_two(
    (_store, database): (Arc<SqlStore>, Database),
) {
    let (books, statements) = watched(&database).await;
    let sale = books.stocked_sale("10").await;
    let party = PartyId::Customer(sale.customer);
    let mut counts = Vec::new();
    for number in 0..20 {
        let invoice = (number % 5 == 0).then(|| sale.draft("1"));
        let mut payment = RecordPayment::new(party, money("1"), PaymentMethod::Cash);
        if let Some(draft) = invoice {
            let invoice = books.issue(&draft).await.unwrap().content.written.id;
            payment = payment.with(invoice, money("1"));
        }
        books.app.execute(&books.system(), &payment).await.unwrap();
        if number == 1 || number == 19 {
            let page = PageRequest {
                limit: PageLimit::default(),
                sort: Sort::natural(),
                after: None,
                with_total: false,
            };
            statements.take();
            let query = ListPayments { filter: PaymentFilter::default(), page };
            books.app.ask(&books.system(), &query).await.unwrap();
            counts.push(statements.take().len());
        }
    }
    assert_eq!(counts.first(), counts.last());
}
