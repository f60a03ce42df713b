//! Lists: each row once in every order, and only rows that match.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use gaara_application::inventory::{
    ListCategories, ListLevels, ListProducts, ListSuppliers, ListUnits,
};
use gaara_application::invoicing::{
    CreateInvoice, ListCustomers, ListInvoices, ListPayments, RecordPayment,
};
use gaara_application::{AuditFilter, ListAuditLog, Query, Store};
use gaara_inventory::{CategoryFilter, LevelFilter, ProductFilter, SupplierFilter, standard_units};
use gaara_invoicing::{
    CustomerFilter, InvoiceFilter, InvoiceStatus, PartyId, PaymentFilter, PaymentMethod,
    PaymentStatus,
};
use gaara_kernel::{Clock as _, Direction, Page, PageLimit, PageRequest, Sort, SortField};

use super::store::whole;
use crate::fixtures::{date, money, quantity};
use crate::harness::{Harness, Sale};

/// Every order a list knows: its own, each field both ways, and two fields in each mix.
fn orders<F: SortField>() -> Vec<Sort<F>> {
    let mut texts: Vec<String> = Vec::new();
    for field in F::ALL {
        texts.extend([field.name().to_owned(), format!("-{}", field.name())]);
    }
    if let [first, second, ..] = F::ALL {
        for (a, b) in [("", ""), ("-", ""), ("", "-"), ("-", "-")] {
            texts.push(format!("{a}{},{b}{}", first.name(), second.name()));
        }
    }
    let parsed = texts.iter().map(|text| Sort::parse(text).expect("fields of the list"));
    std::iter::once(Sort::natural()).chain(parsed).collect()
}

/// Walks a list page by page and answers the rows' keys in order.
pub(super) async fn walk<F: SortField, Q, T>(
    books: &Harness,
    sort: &Sort<F>,
    key: fn(&T) -> String,
    query: impl Fn(PageRequest<F>) -> Q + Sync,
) -> Vec<String>
where
    Q: Query<Output = Page<T>>,
    T: Send + Sync,
{
    let limit = PageLimit::try_new(3).expect("a small page");
    let mut request = PageRequest { limit, sort: sort.clone(), after: None, with_total: true };
    let mut keys = Vec::new();
    loop {
        let query = query(request.clone());
        let page = books.app.ask(&books.system(), &query).await.expect("a page");
        assert!(page.items.len() <= 3);
        keys.extend(page.items.iter().map(key));
        let Some(next) = page.next else {
            let total = page.total.expect("the total was asked for");
            assert_eq!(u64::try_from(keys.len()).expect("a short list"), total);
            return keys;
        };
        request.after = Some(next);
    }
}

fn reversed<F: SortField>(sort: &Sort<F>) -> Option<Sort<F>> {
    let [only] = sort.keys() else { return None };
    let direction = match only.direction {
        Direction::Ascending => Direction::Descending,
        Direction::Descending => Direction::Ascending,
    };
    Some(Sort::by(only.field, direction))
}

pub(super) async fn assert_whole<F: SortField, Q, T>(
    books: &Harness,
    expected: usize,
    key: fn(&T) -> String,
    query: impl Fn(PageRequest<F>) -> Q + Sync,
) where
    Q: Query<Output = Page<T>>,
    T: Send + Sync,
{
    for sort in orders::<F>() {
        let keys = walk(books, &sort, key, &query).await;
        let distinct: BTreeSet<&String> = keys.iter().collect();
        let names: Vec<&str> = sort.keys().iter().map(|key| key.field.name()).collect();
        assert_eq!((keys.len(), distinct.len()), (expected, expected), "{names:?}");
        if let Some(reversed) = reversed(&sort) {
            let mut backwards = walk(books, &reversed, key, &query).await;
            backwards.reverse();
            assert_eq!(keys, backwards, "{names:?}");
        }
    }
}

/// Ten products with stock, and ten invoices: every third stays a draft, the first one is paid.
async fn some_of_everything(books: &Harness) -> Vec<Sale> {
    let first = books.stocked_sale("10").await;
    let mut sales = vec![first];
    let mut parent = None;
    for number in 0..7 {
        let category = books.add_category("Category", parent).await;
        parent = Some(category).filter(|_| number % 3 != 2);
        books.add_supplier("Supplier").await;
    }
    for number in 1..10 {
        books.clock.advance(Duration::from_millis(number % 3));
        let product = books.add_product(&format!("P{:02}", 10 - number)).await;
        let receipt = Harness::receipt(product, first.warehouse, quantity(&number.to_string()));
        books.app.execute(&books.system(), &receipt).await.expect("goods can be received");
        let customer = books.add_customer(None).await;
        sales.push(Sale { product, customer, ..first });
    }
    for (number, sale) in sales.iter().enumerate() {
        if number % 3 == 2 {
            let draft = CreateInvoice(sale.draft("1"));
            books.app.execute(&books.system(), &draft).await.expect("a draft");
        } else {
            let issued = books.issue(&sale.draft("1")).await.expect("goods are there");
            let party = PartyId::Customer(sale.customer);
            let payment = RecordPayment::new(party, money("50"), PaymentMethod::Cash);
            let mut payment = RecordPayment { payment_date: Some(date("2026-11-20")), ..payment };
            if number == 0 {
                payment = payment.with(issued.content.written.id, issued.open());
            }
            books.app.execute(&books.system(), &payment).await.expect("a payment");
        }
    }
    sales
}

/// What products refer to, page by page, in every order.
pub async fn every_order_of_what_products_refer_to(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    some_of_everything(&books).await;

    assert_whole(
        &books,
        standard_units().len(),
        |row: &gaara_inventory::Unit| row.id.to_string(),
        |page| ListUnits { page },
    )
    .await;
    assert_whole(
        &books,
        7,
        |row: &gaara_inventory::Category| row.id.to_string(),
        |page| ListCategories { filter: CategoryFilter::default(), page },
    )
    .await;
    assert_whole(
        &books,
        7,
        |row: &gaara_inventory::Supplier| row.id.to_string(),
        |page| ListSuppliers { filter: SupplierFilter::default(), page },
    )
    .await;
}

/// Page by page, in every order, each row comes exactly once, and backwards is the reverse.
pub async fn every_order_gives_each_row_once(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    some_of_everything(&books).await;

    assert_whole(
        &books,
        10,
        |row: &gaara_inventory::Product| row.id.to_string(),
        |page| ListProducts { filter: ProductFilter::default(), page },
    )
    .await;
    assert_whole(
        &books,
        10,
        |row: &gaara_inventory::LevelView| format!("{:?}", row.level.key()),
        |page| ListLevels { filter: LevelFilter::default(), page },
    )
    .await;
    assert_whole(
        &books,
        10,
        |row: &gaara_invoicing::Customer| row.id.to_string(),
        |page| ListCustomers { filter: CustomerFilter::default(), page },
    )
    .await;
    assert_whole(
        &books,
        10,
        |row: &gaara_invoicing::InvoiceSummary| row.id.to_string(),
        |page| ListInvoices { filter: InvoiceFilter::default(), page },
    )
    .await;
    assert_whole(
        &books,
        7,
        |row: &gaara_invoicing::Payment| row.id().to_string(),
        |page| ListPayments { filter: PaymentFilter::default(), page },
    )
    .await;
    let issued = AuditFilter { action: Some("invoice.issued".into()), ..AuditFilter::default() };
    assert_whole(
        &books,
        7,
        |row: &gaara_application::AuditRow| row.id.to_string(),
        |page| ListAuditLog { filter: issued.clone(), page },
    )
    .await;
}

async fn count(books: &Harness, filter: InvoiceFilter) -> usize {
    let query = ListInvoices { filter, page: whole() };
    books.app.ask(&books.system(), &query).await.expect("a page").items.len()
}

/// A filter keeps what matches all of it and nothing else.
pub async fn filters_keep_what_matches(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sales = some_of_everything(&books).await;
    let last = sales.last().expect("ten sales");
    let all = InvoiceFilter::default;

    let drafts = vec![InvoiceStatus::Draft];
    assert_eq!(count(&books, InvoiceFilter { statuses: drafts, ..all() }).await, 3);
    let either = vec![PaymentStatus::Paid, PaymentStatus::None];
    assert_eq!(count(&books, InvoiceFilter { payment_statuses: either, ..all() }).await, 4);
    let customer = Some(last.customer);
    assert_eq!(count(&books, InvoiceFilter { customer, ..all() }).await, 1);
    let (today, tomorrow) = (Some(date("2026-11-23")), Some(date("2026-11-24")));
    let dated = InvoiceFilter { issued_from: today, issued_to: today, ..all() };
    assert_eq!(count(&books, dated).await, 7);
    assert_eq!(count(&books, InvoiceFilter { issued_from: tomorrow, ..all() }).await, 0);
    let updated_since = Some(books.clock.now().plus(Duration::from_millis(1)));
    assert_eq!(count(&books, InvoiceFilter { updated_since, ..all() }).await, 0);

    let filter =
        LevelFilter { product: Some(last.product), warehouse: Some(last.warehouse), as_of: None };
    let query = ListLevels { filter, page: whole() };
    let levels = books.app.ask(&books.system(), &query).await.expect("a page").items;
    assert_eq!(levels.len(), 1);
    assert_eq!(levels.first().map(|row| row.names.sku.as_str()), Some("P01"));
}
