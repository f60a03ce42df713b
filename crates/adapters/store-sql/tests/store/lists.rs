//! Lists that the contract does not walk, and cursors nobody was given.

use std::collections::BTreeSet;
use std::sync::Arc;

use gaara_application::{ReadView, Store};
use gaara_identity::{PasswordHash, Role, User, UserSort, Username};
use gaara_inventory::{
    LevelFilter, LevelSort, ProductFilter, ProductSort, Warehouse, WarehouseFilter, WarehouseSort,
};
use gaara_invoicing::{
    InvoiceFilter, InvoiceSort, PaymentFilter, TaxRate, TaxRateFilter, TaxRateSort, Validity,
};
use gaara_kernel::{
    Cursor, EmailAddress, Id, Language, Page, PageLimit, PageRequest, Sort, SortField, SortValue,
    StoreError, Timestamp, Version,
};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, bilingual, code, vat};
use uuid::Uuid;

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    users_warehouses_and_tax_rates_come_once_in_every_order,
    texts_sort_byte_by_byte,
    a_cursor_nobody_was_given_is_no_failure,
    payments_are_found_by_their_invoice,
}

fn id<I: Id>(number: u128) -> I {
    I::from_uuid(Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 | number))
}

/// Instants repeat, so that ties occur.
fn instant(number: u128) -> Timestamp {
    Timestamp::from_millis(i64::try_from(number / 3).unwrap())
}

async fn add_rows(store: &SqlStore, names: &[&str]) {
    let mut unit = store.begin().await.unwrap();
    for (number, name) in (1_u128..).zip(names) {
        let (created_at, version) = (instant(number), Version::FIRST);
        let user = User {
            id: id(number),
            email: EmailAddress::parse(&format!("{number}@example.com")).unwrap(),
            username: Username::parse(&format!("user{}", 100 - number)).unwrap(),
            password_hash: PasswordHash::new("x".to_owned()),
            role: Role::Sales.into(),
            language: Language::Arabic,
            second_factor_since: None,
            disabled: number % 2 == 0,
            created_at,
            version,
        };
        unit.users().add(&user).await.unwrap();
        let name_in_both = bilingual(name, "اسم");
        let row = (code(name), name_in_both.clone());
        let warehouse = Warehouse {
            id: id(number),
            code: row.0,
            name: row.1,
            archived_at: None,
            created_at,
            updated_at: created_at,
            version,
        };
        unit.warehouses().add(&warehouse).await.unwrap();
        let rate = TaxRate {
            id: id(number),
            code: code(name),
            tax: vat(),
            name: name_in_both,
            validity: Validity::default(),
            exemption: None,
            archived_at: None,
            created_at,
            updated_at: created_at,
            version,
        };
        unit.tax_rates().add(&rate).await.unwrap();
    }
    unit.commit().await.unwrap();
}

fn request<F: SortField>(sort: &str, after: Option<Cursor>) -> PageRequest<F> {
    let sort = if sort.is_empty() { Sort::natural() } else { Sort::parse(sort).unwrap() };
    PageRequest { limit: PageLimit::try_new(2).unwrap(), sort, after, with_total: true }
}

/// Walks a list in every order of one and of two fields, and expects each row once.
macro_rules! assert_whole {
    ($view:expr, $list:ident($($filter:expr)?), $field:ty, $expected:expr) => {
        for sort in orders::<$field>() {
            let mut seen = Vec::new();
            let mut after = None;
            loop {
                let page = $view.$list($(&$filter,)? &request::<$field>(&sort, after)).await.unwrap();
                assert_eq!(page.total, Some($expected));
                seen.extend(page.items.into_iter().map(|row| row.id));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            let distinct: BTreeSet<_> = seen.iter().collect();
            assert_eq!((seen.len(), distinct.len()), ($expected, $expected), "{sort}");
        }
    };
}

fn orders<F: SortField>() -> Vec<String> {
    let mut orders = vec![String::new()];
    for a in F::ALL.iter().map(|field| field.name()) {
        orders.extend([a.to_owned(), format!("-{a}")]);
        for b in F::ALL.iter().map(|field| field.name()).filter(|b| *b != a) {
            let mixes = [("", ""), ("", "-"), ("-", ""), ("-", "-")];
            orders.extend(mixes.map(|(x, y)| format!("{x}{a},{y}{b}")));
        }
    }
    orders
}

async fn users_warehouses_and_tax_rates_come_once_in_every_order(
    (store, _database): (Arc<SqlStore>, Database),
) {
    add_rows(&store, &["A", "B", "C", "D", "E", "F", "G"]).await;
    let mut view = store.view().await.unwrap();
    assert_whole!(view, list_users(), UserSort, 7);
    assert_whole!(view, list_warehouses(WarehouseFilter::default()), WarehouseSort, 7);
    assert_whole!(view, list_tax_rates(TaxRateFilter::default()), TaxRateSort, 7);
}

async fn texts_sort_byte_by_byte((store, _database): (Arc<SqlStore>, Database)) {
    add_rows(&store, &["b", "B", "a-1", "a1", "A_", "a", "Z"]).await;
    let mut view = store.view().await.unwrap();
    let mut all = request("code", None);
    all.limit = PageLimit::default();
    let page = view.list_warehouses(&WarehouseFilter::default(), &all).await.unwrap();
    let codes: Vec<String> = page.items.iter().map(|row| row.code.to_string()).collect();
    assert_eq!(codes, ["A_", "B", "Z", "a", "a-1", "a1", "b"]);
}

fn cursor(values: &[SortValue], ties: usize) -> Cursor {
    Cursor { values: values.to_vec(), tie: vec![Uuid::from_u128(7); ties] }
}

fn rows<T>(page: Result<Page<T>, StoreError>) -> usize {
    page.unwrap().items.len()
}

async fn a_cursor_nobody_was_given_is_no_failure((store, _database): (Arc<SqlStore>, Database)) {
    let books = Harness::new(store.clone()).set_up().await;
    let sale = books.stocked_sale("10").await;
    books.issue(&sale.draft("1")).await.unwrap();
    let mut view: Box<dyn ReadView> = store.view().await.unwrap();
    let text = |text: &str| SortValue::Text(text.to_owned());

    let all = InvoiceFilter::default();
    for day in ["2026-99-99", "", "yesterday", "0000-01-01"] {
        let sorted = request::<InvoiceSort>("issue_date", Some(cursor(&[text(day)], 1)));
        assert_eq!(rows(view.list_invoices(&all, &sorted).await), 1, "{day}");
    }
    let numbered = request::<InvoiceSort>("number", Some(cursor(&[text("'; --")], 0)));
    assert_eq!(rows(view.list_invoices(&all, &numbered).await), 1);
    let all = ProductFilter::default();
    for ties in [0, 2] {
        let natural = request::<ProductSort>("", Some(cursor(&[], ties)));
        assert_eq!(rows(view.list_products(&all, &natural).await), 1, "{ties} ties");
    }
    let half = request::<LevelSort>("", Some(cursor(&[], 1)));
    assert_eq!(
        rows(view.list_levels(&LevelFilter::default(), Timestamp::from_millis(0), &half).await),
        1
    );
}

async fn payments_are_found_by_their_invoice((store, _database): (Arc<SqlStore>, Database)) {
    use gaara_application::invoicing::RecordPayment;
    use gaara_invoicing::{PartyId, PaymentMethod};

    let books = Harness::new(store.clone()).set_up().await;
    let sale = books.stocked_sale("10").await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let invoice = books.issue(&sale.draft("1")).await.unwrap();
        let party = PartyId::Customer(sale.customer);
        let payment = RecordPayment::new(party, invoice.open(), PaymentMethod::Card)
            .with(invoice.content.written.id, invoice.open());
        let payment = books.app.execute(&books.system(), &payment).await.unwrap();
        ids.push((invoice.content.written.id, payment.id()));
    }
    let mut view = store.view().await.unwrap();
    for (invoice, payment) in ids {
        let filter = PaymentFilter {
            invoice: Some(invoice),
            customer: Some(sale.customer),
            ..PaymentFilter::default()
        };
        let page = view.list_payments(&filter, &request("-payment_date", None)).await.unwrap();
        let found: Vec<_> = page.items.iter().map(gaara_invoicing::Payment::id).collect();
        assert_eq!((found, page.total), (vec![payment], Some(1)));
    }
}
