//! All of a transaction or nothing.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::invoicing::{
    CreateAndIssueInvoice, CreateInvoiceError, IssueInvoiceError, ListInvoices,
};
use gaara_application::{AuditFilter, AuditRow, ListAuditLog, Refusal, Store};
use gaara_identity::Role;
use gaara_inventory::{MovementKind, PostError};
use gaara_invoicing::{InvoiceFilter, InvoiceStatus, InvoiceSummary, PartyId};
use gaara_kernel::{PageLimit, PageRequest, Sort, SortField};

use crate::fixtures::{code, money, number_series, quantity};
use crate::harness::{Harness, Sale};
use crate::poll::poll_at_most;

/// The largest page, in the order of ids.
pub(crate) fn whole<F: SortField>() -> PageRequest<F> {
    let limit = PageLimit::try_new(PageLimit::MAX).expect("the most rows of a page");
    PageRequest { limit, sort: Sort::natural(), after: None, with_total: true }
}

async fn audit_log(books: &Harness, action: &str) -> Vec<AuditRow> {
    let filter = AuditFilter { action: Some(action.to_owned()), ..AuditFilter::default() };
    let query = ListAuditLog { filter, page: whole() };
    books.app.ask(&books.system(), &query).await.expect("the audit log can be read").items
}

pub(crate) async fn invoices(books: &Harness) -> Vec<InvoiceSummary> {
    let query = ListInvoices { filter: InvoiceFilter::default(), page: whole() };
    books.app.ask(&books.system(), &query).await.expect("invoices can be read").items
}

/// The numbers of all issued invoices, sorted.
pub(crate) async fn numbers(books: &Harness) -> Vec<String> {
    let mut numbers: Vec<String> =
        invoices(books).await.into_iter().filter_map(|invoice| invoice.number).collect();
    numbers.sort();
    numbers
}

/// The numbers 1 to `count` of the first series.
pub(crate) fn gapless(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("INV-2026-{number:05}")).collect()
}

fn shortage(error: &Refusal<CreateInvoiceError>) -> bool {
    let Refusal::Failed(CreateInvoiceError::Issue(error)) = error else {
        return false;
    };
    matches!(**error, IssueInvoiceError::Stock(PostError::Insufficient(_)))
}

/// A movement whose second line cannot be posted leaves the first line undone too.
pub async fn a_failed_line_undoes_the_lines_before_it(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let scarce = books.add_product("SCARCE").await;
    let mut movement = Harness::receipt(sale.product, sale.warehouse, quantity("4"));
    movement.0.kind = MovementKind::Issue;
    let mut second = movement.0.lines.first().expect("a first line").clone();
    second.product = scarce;
    movement.0.lines.push(second);

    let result = books.app.execute(&books.system(), &movement).await;

    assert!(result.is_err());
    assert_eq!(books.on_hand(sale.product).await, "10");
}

/// Row N-01 of the rules: the number an invoice would have had goes to the next one.
pub async fn a_refused_invoice_gives_its_number_back(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let mut late = sale.draft("1");
    late.party = PartyId::Customer(books.add_customer(Some(money("1"))).await);

    let refused = books.issue(&sale.draft("11")).await.expect_err("more than there is");
    assert!(shortage(&refused));
    books.issue(&late).await.expect_err("more than the credit");
    let issued = books.issue(&sale.draft("10")).await.expect("as much as there is");

    assert_eq!(issued.number.text(), "INV-2026-00001");
    assert_eq!(invoices(&books).await.len(), 1, "a refused invoice leaves no draft");
}

/// A transaction that is dropped instead of committed never was.
pub async fn a_dropped_transaction_leaves_nothing(store: Arc<dyn Store>) {
    let mut transaction = store.begin().await.expect("a transaction");
    transaction.series().add(&number_series("DROPPED")).await.expect("a new series");
    drop(transaction);

    let mut transaction = store.begin().await.expect("the next transaction");
    let counter = transaction.series().lock_counter(&code("DROPPED"), 2026).await;
    assert_eq!(counter.expect("series can be read"), None);
    transaction.rollback().await.expect("nothing to undo");
}

/// However early a sale is dropped, stock, number, audit row and invoice agree.
pub async fn a_future_dropped_at_any_poll_leaves_all_or_nothing(store: Arc<dyn Store>) {
    const TRIES: usize = 60;
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("100").await;

    for polls in 1..=TRIES {
        let draft = sale.draft("1");
        let sold = Box::pin(books.issue(&draft));
        drop(poll_at_most(sold, polls).await);
    }
    books.issue(&sale.draft("1")).await.expect("the store still works");

    let issued = invoices(&books).await;
    assert!(issued.iter().all(|invoice| invoice.status == InvoiceStatus::Issued));
    assert_eq!(numbers(&books).await, gapless(issued.len()));
    assert_eq!(books.on_hand(sale.product).await, (100 - issued.len()).to_string());
    assert_eq!(audit_log(&books, "invoice.issued").await.len(), issued.len());
}

/// A view shows what was committed when it was opened, and opens while a writer is at work.
pub async fn a_view_neither_sees_nor_waits_for_an_open_writer(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    let sale = books.stocked_sale("10").await;
    let mut transaction = store.begin().await.expect("a transaction");
    let mut product =
        transaction.products().lock(sale.product).await.expect("a product").expect("it exists");
    product.sku = code("CHANGED");
    product.version = product.version.next();
    transaction.products().save(&product).await.expect("it can be saved");

    let mut view = store.view().await.expect("a view opens beside a writer");
    let sku = |product: Option<gaara_inventory::Product>| product.map(|it| it.sku.to_string());
    let seen = view.find_product(sale.product).await.expect("a view reads");
    assert_eq!(sku(seen).as_deref(), Some("BOLT-M8"));

    transaction.commit().await.expect("a commit");
    let seen = view.find_product(sale.product).await.expect("a view reads");
    assert_eq!(sku(seen).as_deref(), Some("BOLT-M8"), "a view stays where it was opened");
    drop(view);
    let mut view = store.view().await.expect("a later view");
    let seen = view.find_product(sale.product).await.expect("a view reads");
    assert_eq!(sku(seen).as_deref(), Some("CHANGED"));
}

/// Whoever lacks the permission changes nothing, not even the audit log.
pub async fn without_permission_nothing_changes(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let before = audit_log(&books, "invoice.issued").await.len();

    let storekeeper = books.signed_in(Role::Storekeeper);
    let result = books.app.execute(&storekeeper, &CreateAndIssueInvoice(sale.draft("1"))).await;

    assert!(matches!(result, Err(Refusal::Forbidden(_))));
    assert_eq!(books.on_hand(sale.product).await, "10");
    assert_eq!(audit_log(&books, "invoice.issued").await.len(), before);
}

/// The audit row and the event are there exactly when the effect is.
pub async fn audit_row_and_event_come_and_go_with_their_effect(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    let sale: Sale = books.stocked_sale("10").await;
    let address = Some("2001:db8::7".parse().expect("an address"));
    let admin = books.signed_in(Role::Admin).asking_from(address);

    let issued = books.app.execute(&admin, &CreateAndIssueInvoice(sale.draft("1"))).await;
    let issued = issued.expect("goods are there");
    let too_much = Harness::issue_of(sale.product, sale.warehouse, quantity("10"));
    books.app.execute(&admin, &too_much).await.expect_err("nine are left");

    let rows = audit_log(&books, "invoice.issued").await;
    let row = rows.first().expect("one row");
    let id = issued.content.written.id.to_string();
    assert_eq!((rows.len(), &row.subject), (1, &id));
    assert_eq!(row.actor, admin.principal().label());
    assert_eq!((row.trace, row.address), (admin.trace(), address));
    assert!(row.changes.iter().any(|change| change.after.as_deref() == Some("INV-2026-00001")));
    let mut view = store.view().await.expect("a view");
    let kinds: Vec<String> = view
        .find_events(&id)
        .await
        .expect("events can be read")
        .into_iter()
        .map(|event| event.kind)
        .collect();
    assert_eq!(kinds, ["invoice.drafted", "invoice.issued"]);
    let movements = audit_log(&books, "stock.moved").await;
    assert_eq!(movements.len(), 1, "only the receipt was posted by hand");
}

/// The audit log is searched by request and by time.
pub async fn the_audit_log_is_found_by_request_and_by_time(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let began = books.app.now();
    books.clock.advance(Duration::from_secs(1));
    books.add_warehouse("LATER").await;
    let count = async |filter: AuditFilter| {
        let query = ListAuditLog { filter, page: whole() };
        books.app.ask(&books.system(), &query).await.expect("the audit log can be read").items
    };
    let all = count(AuditFilter::default()).await;
    let later = count(AuditFilter { from: Some(books.app.now()), ..AuditFilter::default() }).await;
    let [row] = &later[..] else { panic!("one row: {later:?}") };
    assert_eq!(row.action, "warehouse.created");
    let before = Some(books.app.now());
    let earlier = count(AuditFilter { from: Some(began), before, ..AuditFilter::default() }).await;
    assert_eq!(earlier.len(), all.len() - 1);
    assert!(earlier.iter().all(|row| row.action != "warehouse.created"));
    let same = count(AuditFilter { trace: Some(row.trace), ..AuditFilter::default() }).await;
    assert_eq!(same, later);
}
