//! The step that gives documents two sides, with books that were kept before.

use std::sync::Arc;

use gaara_application::Store;
use gaara_application::invoicing::{
    CreateAndIssueCreditNote, CreateAndIssueInvoice, FindInvoice, VoidInvoice, WrittenCreditNote,
    WrittenInvoice, WrittenLine,
};
use gaara_invoicing::{
    CreditScope, Invoice, InvoiceFilter, InvoiceSort, InvoiceStatus, InvoiceSummary, PartyId,
    PaymentStatus,
};
use gaara_kernel::{DocumentId, Id, InvoiceId, PageLimit, PageRequest, SearchQuery, Sort, Version};
use gaara_migration::{Migrator, MigratorTrait};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, currency, money, quantity, unit_price};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use uuid::Uuid;

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    invoices_kept_before_are_frozen_and_found,
    the_program_before_still_writes_and_issues,
    only_sales_invoices_go_down,
}

const STEP: &str = "m20261127_000030_documents";
const DRAFT: u128 = 5;
const ISSUED: u128 = 6;

/// Steps before this one.
fn before() -> u32 {
    let at = Migrator::migrations().iter().position(|step| step.name() == STEP);
    u32::try_from(at.unwrap()).unwrap()
}

/// Steps from this one on.
fn rest() -> u32 {
    u32::try_from(Migrator::migrations().len()).unwrap() - before()
}

/// Runs statements of the program before; `{1}` is the id of that number.
async fn run(connection: &DatabaseConnection, statements: &[&str]) {
    let is_sqlite = connection.get_database_backend() == sea_orm::DbBackend::Sqlite;
    for statement in statements {
        let written = (1..=9).fold((*statement).to_owned(), |text, number: u128| {
            let id = if is_sqlite {
                format!("x'{number:032x}'")
            } else {
                format!("'{}'::uuid", Uuid::from_u128(number))
            };
            text.replace(&format!("{{{number}}}"), &id)
        });
        connection.execute_unprepared(&written).await.expect(&written);
    }
}

/// What the program before writes: who sells and buys, what, and a draft of two lines.
const BOOKS: &[&str] = &[
    "INSERT INTO organizations (id, name_en, name_ar, country, currency, time_zone, \
     created_at_ms, version) VALUES ({1}, 'Najd', 'نجد', 'SA', 'SAR', 'Asia/Riyadh', 0, 1)",
    "INSERT INTO units (id, code, name_en, decimals, created_at_ms, updated_at_ms, version) \
     VALUES ({8}, 'EA', 'Piece', 0, 0, 0, 1)",
    "INSERT INTO products (id, sku, name_en, kind, unit, unit_price_millionths, currency, costing, \
     created_at_ms, updated_at_ms, version) VALUES ({2}, 'BOLT', 'Bolt', 'stocked', 'EA', 1, \
     'SAR', 'average', 0, 0, 1)",
    "INSERT INTO customers (id, name_en, email, tax_id, country, currency, net_days, \
     created_at_ms, updated_at_ms, version) VALUES ({3}, 'Workshop', 'a@b.sa', \
     '310122393500003', 'SA', 'SAR', 30, 0, 0, 1)",
    "INSERT INTO number_series (code) VALUES ('INV')",
];
const DRAFTED: &[&str] = &[
    "INSERT INTO invoices (id, status, payment_status, customer_id, currency, \
     prices_include_tax, lines_net_minor, allowances_minor, charges_minor, tax_exclusive_minor, \
     tax_minor, tax_inclusive_minor, prepaid_minor, rounding_minor, payable_minor, paid_minor, \
     credited_minor, created_at_ms, updated_at_ms, version) VALUES ({5}, 'draft', 'none', {3}, \
     'SAR', FALSE, 2000, 0, 0, 2000, 300, 2300, 0, 0, 2300, 0, 0, 5, 5, 1)",
    "INSERT INTO invoice_lines (invoice_id, position, product_id, description_en, unit, \
     quantity_millionths, unit_price_millionths, base_quantity_millionths, tax_category, \
     tax_rate_millionths, gross_minor, allowances_minor, charges_minor, net_minor, \
     tax_amount_minor, total_minor) VALUES ({5}, 0, {2}, 'Bolt', 'EA', 1000000, 10000000, \
     1000000, 'S', 15000000, 1000, 0, 0, 1000, 150, 1150), ({5}, 1, NULL, 'Work', 'HUR', \
     1000000, 10000000, 1000000, 'S', 15000000, 1000, 0, 0, 1000, 150, 1150)",
    "INSERT INTO invoice_tax_groups (invoice_id, position, tax_category, tax_rate_millionths, \
     taxable_minor, tax_amount_minor) VALUES ({5}, 0, 'S', 15000000, 2000, 300)",
];
/// How it issues: a second document in the place of the draft, so that both stay.
const ISSUE: &str = "UPDATE invoices SET status = 'issued', payment_status = 'unpaid', \
     number = 'INV-2026-00001', number_series = 'INV', number_year = 2026, number_sequence = 1, \
     issue_date = '2026-11-20', due_date = '2026-12-20', issued_at_ms = 6, version = 2 \
     WHERE id = {6}";

/// The draft again, under the id that is issued.
fn drafted_as_issued() -> Vec<String> {
    DRAFTED.iter().map(|statement| statement.replace("{5}", "{6}")).collect()
}

async fn write_books(connection: &DatabaseConnection) {
    run(connection, BOOKS).await;
    run(connection, DRAFTED).await;
    let again = drafted_as_issued();
    let again: Vec<&str> = again.iter().map(String::as_str).collect();
    run(connection, &again).await;
    run(connection, &[ISSUE]).await;
}

fn id(number: u128) -> InvoiceId {
    InvoiceId::from_uuid(Uuid::from_u128(number))
}

async fn list(store: &SqlStore, filter: &InvoiceFilter) -> Vec<InvoiceSummary> {
    let limit = PageLimit::try_new(PageLimit::MAX).unwrap();
    let sort = Sort::<InvoiceSort>::natural();
    let page = PageRequest { limit, sort, after: None, with_total: false };
    store.view().await.unwrap().list_invoices(filter, &page).await.unwrap().items
}

async fn find(store: &SqlStore, number: u128) -> Option<Invoice> {
    store.view().await.unwrap().find_invoice(id(number)).await.unwrap()
}

async fn assert_frozen(store: &SqlStore) {
    let Some(Invoice::Issued(issued)) = find(store, ISSUED).await else { panic!("not issued") };
    let (seller, buyer) = (&issued.snapshot.seller, &issued.snapshot.buyer);
    assert_eq!((seller.name.ar(), buyer.name.en()), (Some("نجد"), Some("Workshop")));
    assert_eq!(buyer.tax_id.as_ref().unwrap().as_str(), "310122393500003");
    assert_eq!(buyer.contact.email.as_ref().unwrap().as_str(), "a@b.sa");
    let [bolt, work] = issued.snapshot.lines.as_slice() else { panic!("two lines") };
    assert_eq!(bolt.product.as_ref().unwrap().sku.as_str(), "BOLT");
    assert_eq!(bolt.unit_name.as_ref().unwrap().en(), Some("Piece"));
    assert_eq!((&work.product, &work.unit_name), (&None, &None));
    assert_eq!(issued.digest.as_bytes(), &[0; 32], "nobody took one");
    assert_eq!((issued.open(), issued.costs.len()), (money("23"), 2));
}

async fn invoices_kept_before_are_frozen_and_found(database: Database) {
    let store = database.open().await;
    let connection = sea_orm::Database::connect(&database.config.url).await.unwrap();
    Migrator::up(&connection, Some(before())).await.unwrap();
    write_books(&connection).await;
    store.migrate_up().await.unwrap();

    assert_frozen(&store).await;
    let Some(Invoice::Draft(draft)) = find(&store, DRAFT).await else { panic!("no draft") };
    assert_eq!(draft.content.written.party.customer().map(|it| it.as_uuid().as_u128()), Some(3));
    let query = Some(SearchQuery::new("work 2026"));
    let found = list(&store, &InvoiceFilter { query, ..InvoiceFilter::default() }).await;
    assert_eq!(
        found.iter().map(|row| row.id).collect::<Vec<_>>(),
        [DocumentId::Invoice(id(ISSUED))]
    );
    let renamed = "UPDATE customers SET name_en = 'Other'";
    database.execute(renamed).await.unwrap();
    assert_frozen(&store).await;
    store.migrate_down(rest()).await.unwrap();
    store.migrate_up().await.unwrap();
    let Some(Invoice::Issued(again)) = find(&store, ISSUED).await else { panic!("not issued") };
    assert_eq!(again.snapshot.buyer.name.en(), Some("Other"), "frozen anew");
}

async fn the_program_before_still_writes_and_issues(database: Database) {
    let store = database.open().await;
    store.migrate_up().await.unwrap();
    let connection = sea_orm::Database::connect(&database.config.url).await.unwrap();
    let before_documents: Vec<&str> = BOOKS.iter().take(4).copied().collect();
    run(&connection, &before_documents).await;
    database.execute("INSERT INTO number_series (code) VALUES ('INV')").await.unwrap();
    run(&connection, DRAFTED).await;
    let again = drafted_as_issued();
    let again: Vec<&str> = again.iter().map(String::as_str).collect();
    run(&connection, &again).await;
    run(&connection, &[ISSUE]).await;

    assert_frozen(&store).await;
}

async fn only_sales_invoices_go_down(database: Database) {
    let store = database.open().await;
    store.migrate_up().await.unwrap();
    let store = Arc::new(store);
    let books = Harness::new(store.clone()).set_up().await;
    let (actor, sale) = (books.system(), books.stocked_sale("10").await);
    let credited = books.issue(&sale.draft("2")).await.unwrap().content.written.id;
    let note =
        WrittenCreditNote { restock: true, ..WrittenCreditNote::new(credited, CreditScope::Full) };
    books.app.execute(&actor, &CreateAndIssueCreditNote(note)).await.unwrap();
    let voided = books.issue(&sale.draft("1")).await.unwrap().content.written.id;
    let voiding = VoidInvoice { id: voided, expected: None, reason: None };
    books.app.execute(&actor, &voiding).await.unwrap();
    let supplier = PartyId::Supplier(books.add_supplier("Mill").await);
    let mut line = WrittenLine::of(sale.product, quantity("5"));
    line.unit_price = Some(unit_price("2"));
    let bought = WrittenInvoice {
        warehouse: Some(sale.warehouse),
        ..WrittenInvoice::new(supplier, currency("SAR"), vec![line])
    };
    books.app.execute(&actor, &CreateAndIssueInvoice(bought)).await.unwrap();
    let on_hand = books.on_hand(sale.product).await;

    store.migrate_down(rest()).await.unwrap();
    assert_eq!(database.execute("UPDATE invoices SET version = version").await.unwrap(), 2);
    let lines = database.execute("UPDATE invoice_lines SET position = position").await.unwrap();
    assert_eq!(lines, 2, "nothing hangs on what is gone");
    let paid = "UPDATE invoices SET version = version WHERE payment_status = 'paid' \
                AND status = 'issued'";
    assert_eq!(database.execute(paid).await.unwrap(), 2, "nobody owes them");

    store.migrate_up().await.unwrap();
    assert_eq!(books.on_hand(sale.product).await, on_hand, "the goods stay where they went");
    let found = books.app.ask(&actor, &FindInvoice { id: voided }).await.unwrap();
    let Some(Invoice::Issued(found)) = found else { panic!("not issued") };
    assert_eq!(found.open(), money("0"));
    assert!(found.version > Version::FIRST);
    let rows = list(&store, &InvoiceFilter::default()).await;
    let is_paid = |row: &InvoiceSummary| {
        (row.status, row.payment_status) == (InvoiceStatus::Issued, PaymentStatus::Paid)
            || row.payment_status == PaymentStatus::Credited
    };
    assert_eq!((rows.len(), rows.iter().all(is_paid)), (2, true), "{rows:?}");
}
