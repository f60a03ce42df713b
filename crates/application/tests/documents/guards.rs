//! Every guard of issuing refuses, and a refusal gives the number back.

use std::sync::Arc;

use gaara_application::identity::ChangeOrganization;
use gaara_application::inventory::{
    ArchiveProduct, ArchiveSupplier, CreateProduct, MovementLineError,
};
use gaara_application::invoicing::{
    CreateCustomer, CreateInvoiceError, InvoiceStateError, IssueInvoice, IssueInvoiceError,
    IssueRequest, NumberError, WrittenInvoice, WrittenLine,
};
use gaara_application::{Refusal, Store};
use gaara_identity::Role;
use gaara_inventory::{PostError, ProductKind};
use gaara_invoicing::totals::{Adjustment, DocumentAdjustment, Tax, TaxCategory};
use gaara_invoicing::{DraftError, IssueError, PartyId};
use gaara_kernel::{CustomerId, Percent, Version};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, code, currency, date, money, quantity, unit_price};

use crate::support::{draft, issue, run, sale};

fn dated(day: &str) -> IssueRequest {
    IssueRequest { issue_date: Some(date(day)), ..IssueRequest::default() }
}

async fn customer(books: &Harness, tax_id: Option<&str>, code: &str) -> CustomerId {
    let tax_id = tax_id.map(str::to_owned);
    let new = CreateCustomer { tax_id, ..Harness::new_customer(code, None) };
    run(books, &new).await.unwrap().id
}

#[tokio::test]
async fn a_document_needs_a_line() {
    let (books, sale) = sale().await;
    let empty = WrittenInvoice { lines: Vec::new(), ..sale.draft("1") };
    let id = draft(&books, empty).await.unwrap();

    let error = issue(&books, id, IssueRequest::default()).await.unwrap_err();

    assert!(matches!(error, IssueInvoiceError::Incomplete(IssueError::Empty)));
    let good = draft(&books, sale.draft("1")).await.unwrap();
    let issued = issue(&books, good, IssueRequest::default()).await.unwrap();
    assert_eq!(issued.number.sequence, 1, "a refusal takes no number");
}

#[tokio::test]
async fn nothing_below_zero_is_written() {
    let (books, sale) = sale().await;
    let mut negative = sale.draft("1");
    negative.prepaid = money("7");
    let error = draft(&books, negative).await.unwrap_err();
    assert!(matches!(error, CreateInvoiceError::Draft(DraftError::TotalNegative)));

    // The whole is above zero, and one tax group is below it.
    let free = Tax::try_new(TaxCategory::ZeroRated, Percent::ZERO).unwrap();
    let value = Adjustment::amount(money("1")).value;
    let mut group = sale.draft("1");
    group.allowances = vec![DocumentAdjustment { value, tax: Some(free) }];
    let error = draft(&books, group).await.unwrap_err();
    assert!(matches!(error, CreateInvoiceError::Draft(DraftError::TotalNegative)));
}

#[tokio::test]
async fn nothing_archived_is_sold_or_bought() {
    let (books, sale) = sale().await;
    let service = CreateProduct { kind: ProductKind::Service, ..Harness::new_product("SETUP") };
    let service = run(&books, &service).await.unwrap().id;
    let mut written = sale.draft("1");
    written.lines.push(WrittenLine::of(service, quantity("1")));
    let with_service = draft(&books, written).await.unwrap();
    let supplier = books.add_supplier("Mill").await;
    run(&books, &ArchiveProduct { id: service, expected: None }).await.unwrap();
    run(&books, &ArchiveSupplier { id: supplier, expected: None }).await.unwrap();

    let error = issue(&books, with_service, IssueRequest::default()).await.unwrap_err();
    let IssueInvoiceError::Line { line: 1, error } = error else { panic!("{error:?}") };
    assert!(matches!(error, MovementLineError::Archived));
    let again = WrittenInvoice { party: PartyId::Supplier(supplier), ..sale.draft("1") };
    let error = draft(&books, again).await.unwrap_err();
    assert!(matches!(error, CreateInvoiceError::PartyArchived { .. }));
}

/// Whoever has drafts is not archived; this one was by other means.
#[tokio::test]
async fn nothing_is_issued_to_an_archived_party() {
    let store = Arc::new(MemoryStore::new());
    let books = Harness::new(store.clone()).set_up().await;
    let sale = books.stocked_sale("10").await;
    let id = draft(&books, sale.draft("1")).await.unwrap();
    let mut unit = store.begin().await.unwrap();
    let mut customer = unit.customers().lock_whole(sale.customer).await.unwrap().unwrap();
    customer.archived_at = Some(customer.created_at);
    unit.customers().save(&customer).await.unwrap();
    unit.commit().await.unwrap();

    let error = issue(&books, id, IssueRequest::default()).await.unwrap_err();

    assert!(matches!(error, IssueInvoiceError::PartyArchived), "{error:?}");
}

#[tokio::test]
async fn a_foreign_currency_needs_a_rate() {
    let (books, sale) = sale().await;
    let mut line = WrittenLine::of(sale.product, quantity("1"));
    line.unit_price = Some(unit_price("2"));
    let party = PartyId::Customer(customer(&books, None, "USD").await);
    let written = WrittenInvoice::new(party, currency("USD"), vec![line]);
    let id = draft(&books, written).await.unwrap();

    let error = issue(&books, id, IssueRequest::default()).await.unwrap_err();

    assert!(matches!(error, IssueInvoiceError::RateMissing(_)), "{error:?}");
}

#[tokio::test]
async fn nothing_is_dated_in_a_closed_period_or_ahead_or_out_of_order() {
    let (books, sale) = sale().await;
    // Without goods: yesterday there were none to deliver.
    let written = || WrittenInvoice { warehouse: None, ..sale.draft("1") };
    let id = draft(&books, written()).await.unwrap();
    let close = ChangeOrganization {
        locked_through: Some(Some(date("2026-11-20"))),
        ..ChangeOrganization::of(Version::FIRST)
    };
    run(&books, &close).await.unwrap();

    let error = issue(&books, id, dated("2026-11-20")).await.unwrap_err();
    assert!(matches!(error, IssueInvoiceError::PeriodLocked { .. }), "{error:?}");
    let error = issue(&books, id, dated("2026-11-24")).await.unwrap_err();
    assert!(matches!(error, IssueInvoiceError::DateInFuture { .. }), "{error:?}");
    issue(&books, id, dated("2026-11-22")).await.unwrap();
    let late = draft(&books, written()).await.unwrap();
    let error = issue(&books, late, dated("2026-11-21")).await.unwrap_err();
    assert!(
        matches!(error, IssueInvoiceError::Number(NumberError::DateOutOfOrder(_))),
        "{error:?}"
    );
    let hasty = WrittenInvoice { due_date: Some(date("2026-11-22")), ..written() };
    let hasty = draft(&books, hasty).await.unwrap();
    let error = issue(&books, hasty, IssueRequest::default()).await.unwrap_err();
    let IssueInvoiceError::Incomplete(error) = error else { panic!("{error:?}") };
    assert!(matches!(error, IssueError::DueBeforeIssue { .. }));
}

#[tokio::test]
async fn a_credit_limit_holds_until_somebody_who_may_goes_beyond_it() {
    let (books, mut sale) = sale().await;
    sale.customer = books.add_customer(Some(money("10"))).await;
    let id = draft(&books, sale.draft("2")).await.unwrap();
    let beyond = IssueRequest { override_credit_limit: true, ..IssueRequest::default() };

    let error = issue(&books, id, IssueRequest::default()).await.unwrap_err();
    let IssueInvoiceError::CreditLimitExceeded { limit, balance } = error else { panic!() };
    assert_eq!((limit, balance), (money("10"), money("13.23")));
    let seller = books.signed_in(Role::Sales);
    let forbidden = IssueInvoice { request: beyond.clone(), ..IssueInvoice::plainly(id) };
    let refusal = books.app.execute(&seller, &forbidden).await.unwrap_err();
    assert!(matches!(refusal, Refusal::Failed(IssueInvoiceError::OverrideForbidden)));
    let accountant = books.signed_in(Role::Accountant);
    let issued = books.app.execute(&accountant, &forbidden).await.unwrap();
    assert_eq!(issued.number.sequence, 1);
}

#[tokio::test]
async fn what_a_credit_note_takes_off_may_be_bought_for_again() {
    let (books, mut sale) = sale().await;
    sale.customer = books.add_customer(Some(money("10"))).await;
    let first = books.issue(&sale.draft("1")).await.unwrap().content.written.id;
    let id = draft(&books, sale.draft("1")).await.unwrap();
    assert!(issue(&books, id, IssueRequest::default()).await.is_err(), "13.22 of 10");

    crate::support::credit(&books, first, gaara_invoicing::CreditScope::Full).await.unwrap();

    issue(&books, id, IssueRequest::default()).await.unwrap();
}

#[tokio::test]
async fn goods_that_are_not_there_are_not_sold() {
    let (books, sale) = sale().await;
    let id = draft(&books, sale.draft("11")).await.unwrap();

    let error = issue(&books, id, IssueRequest::default()).await.unwrap_err();

    let IssueInvoiceError::Stock(PostError::Insufficient(shortages)) = error else { panic!() };
    assert_eq!(shortages[0].available, quantity("10"));
}

#[tokio::test]
async fn a_series_must_exist_and_a_version_must_be_the_latest() {
    let (books, sale) = sale().await;
    let id = draft(&books, sale.draft("1")).await.unwrap();

    let nowhere = IssueRequest { series: Some(code("NONE")), ..IssueRequest::default() };
    let error = issue(&books, id, nowhere).await.unwrap_err();
    assert!(matches!(error, IssueInvoiceError::Number(NumberError::Unknown(_))));
    let purchases = IssueRequest { series: Some(code("BILL")), ..IssueRequest::default() };
    let error = issue(&books, id, purchases).await.unwrap_err();
    let other = matches!(error, IssueInvoiceError::Number(NumberError::OtherDocument { .. }));
    assert!(other, "{error:?}");
    let outdated = IssueInvoice { expected: Some(Version::new(7)), ..IssueInvoice::plainly(id) };
    let error = run(&books, &outdated).await.unwrap_err();
    let IssueInvoiceError::State(error) = error else { panic!("{error:?}") };
    assert!(matches!(error, InvoiceStateError::Stale { current: Version::FIRST }));
}

#[tokio::test]
async fn a_discount_of_the_price_is_exact() {
    let (books, sale) = sale().await;
    let discounted = |discount: &str, price: Option<&str>| {
        let mut written = sale.draft("4");
        written.lines[0].gross_price = Some(unit_price("5.75"));
        written.lines[0].price_discount = Some(unit_price(discount));
        written.lines[0].unit_price = price.map(unit_price);
        written
    };

    let error = draft(&books, discounted("0.75", Some("5.01"))).await.unwrap_err();
    assert!(matches!(error, CreateInvoiceError::Draft(DraftError::Totals(_))), "{error:?}");
    draft(&books, discounted("0.75", Some("5"))).await.unwrap();
    // Without a price of its own the line takes what is left of the gross price.
    let id = draft(&books, discounted("0.75", None)).await.unwrap();
    let found = crate::support::find(&books, id).await;
    assert_eq!(found.content().totals.lines_net, money("20"));
}
