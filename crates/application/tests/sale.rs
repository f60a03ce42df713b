//! The sale and its guards, on the memory store.
#![expect(clippy::panic, reason = "a refusal of the wrong kind must end its test")]

use std::sync::Arc;
use std::time::Duration;

use gaara_application::Refusal;
use gaara_application::inventory::{CreateProduct, MovementError, MovementLineError, PlaceError};
use gaara_application::invoicing::{
    CalculateError, CalculateInvoice, CreateAndIssueInvoice, CreateInvoice, CreateInvoiceError,
    IssueInvoice, IssueInvoiceError, LineError, LineTax, NumberError, RecordPayment,
    RecordPaymentError, WrittenInvoice,
};
use gaara_inventory::{MovementKind, PostError, ProductKind};
use gaara_invoicing::{
    Allocation, DraftError, IssueError, IssuedInvoice, PaymentMethod, PaymentStatus,
};
use gaara_kernel::{CustomerId, InvoiceId, Money, ProductId, Quantity, Version, WarehouseId};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{
    Harness, Sale, bilingual, code, currency, date, money, quantity, stock_key, unit_price, vat,
};

async fn sale() -> (Harness, Sale) {
    let books = Harness::new(Arc::new(MemoryStore::new())).set_up().await;
    let sale = books.stocked_sale("10").await;
    (books, sale)
}

async fn create(books: &Harness, written: WrittenInvoice) -> Result<InvoiceId, CreateInvoiceError> {
    match books.app.execute(&books.system(), &CreateInvoice(written)).await {
        Ok(draft) => Ok(draft.content.written.id),
        Err(Refusal::Failed(error)) => Err(error),
        Err(refusal) => panic!("{refusal:?}"),
    }
}

async fn issue(
    books: &Harness,
    use_case: &IssueInvoice,
) -> Result<IssuedInvoice, IssueInvoiceError> {
    books.app.execute(&books.system(), use_case).await.map_err(|refusal| match refusal {
        Refusal::Failed(error) => error,
        refusal => panic!("{refusal:?}"),
    })
}

fn plainly(id: InvoiceId) -> IssueInvoice {
    IssueInvoice { id, expected: None, issue_date: None, series: None }
}

async fn pay(
    books: &Harness,
    customer: CustomerId,
    amount: &str,
    parts: &[(InvoiceId, &str)],
) -> Result<Money, RecordPaymentError> {
    let payment = RecordPayment {
        id: None,
        customer,
        amount: money(amount),
        payment_date: None,
        method: PaymentMethod::BankTransfer,
        allocations: parts
            .iter()
            .map(|(invoice, amount)| Allocation { invoice: *invoice, amount: money(amount) })
            .collect(),
    };
    match books.app.execute(&books.system(), &payment).await {
        Ok(payment) => Ok(payment.unallocated()),
        Err(Refusal::Failed(error)) => Err(error),
        Err(refusal) => panic!("{refusal:?}"),
    }
}

#[tokio::test]
async fn a_draft_becomes_a_numbered_invoice_and_the_stock_goes() {
    let (books, sale) = sale().await;

    let id = create(&books, sale.draft("4")).await.unwrap();
    assert_eq!(books.on_hand(sale.product).await, "10", "a draft moves nothing");
    let issued = issue(&books, &plainly(id)).await.unwrap();

    assert_eq!(issued.number.text(), "INV-2026-00001");
    assert_eq!(issued.issue_date, date("2026-11-23"));
    assert_eq!(issued.due_date, date("2026-12-23"), "thirty days by the customer's terms");
    assert_eq!(issued.content.totals.payable, money("26.45"));
    assert_eq!(books.on_hand(sale.product).await, "6");
}

#[tokio::test]
async fn the_zone_of_the_organisation_decides_the_date() {
    let (books, sale) = sale().await;
    books.clock.advance(Duration::from_hours(12) + Duration::from_mins(30));
    let issued = books.issue(&sale.draft("1")).await.unwrap();
    assert_eq!(issued.issue_date, date("2026-11-24"), "past midnight in Riyadh, not in London");
}

#[tokio::test]
async fn every_guard_of_issuing_refuses_and_gives_the_number_back() {
    let (books, sale) = sale().await;
    let mut empty = sale.draft("1");
    empty.lines.clear();
    let empty = create(&books, empty).await.unwrap();
    let mut hasty = sale.draft("1");
    hasty.due_date = Some(date("2026-11-22"));
    let hasty = create(&books, hasty).await.unwrap();
    let good = create(&books, sale.draft("1")).await.unwrap();

    let error = issue(&books, &plainly(empty)).await.unwrap_err();
    assert!(matches!(error, IssueInvoiceError::Incomplete(IssueError::Empty)));
    let error = issue(&books, &plainly(hasty)).await.unwrap_err();
    assert!(matches!(error, IssueInvoiceError::Incomplete(IssueError::DueBeforeIssue { .. })));
    let outdated = IssueInvoice { expected: Some(Version::new(7)), ..plainly(good) };
    let error = issue(&books, &outdated).await.unwrap_err();
    assert!(matches!(error, IssueInvoiceError::Stale { current: Version::FIRST }));
    let nowhere = IssueInvoice { series: Some(code("NONE")), ..plainly(good) };
    let error = issue(&books, &nowhere).await.unwrap_err();
    assert!(matches!(error, IssueInvoiceError::Number(NumberError::Unknown(_))));

    let ahead = IssueInvoice { issue_date: Some(date("2026-11-24")), ..plainly(good) };
    let error = issue(&books, &ahead).await.unwrap_err();
    assert!(matches!(error, IssueInvoiceError::DateInFuture { .. }));

    assert_eq!(issue(&books, &plainly(good)).await.unwrap().number.sequence, 1);
    let error = issue(&books, &plainly(good)).await.unwrap_err();
    let IssueInvoiceError::AlreadyIssued { number } = error else { panic!("{error:?}") };
    assert_eq!(number, "INV-2026-00001");
    // Without goods: yesterday there were none to deliver.
    let late = WrittenInvoice { warehouse: None, ..sale.draft("1") };
    let late = create(&books, late).await.unwrap();
    let earlier = IssueInvoice { issue_date: Some(date("2026-11-22")), ..plainly(late) };
    let error = issue(&books, &earlier).await.unwrap_err();
    assert!(matches!(error, IssueInvoiceError::Number(NumberError::DateOutOfOrder(_))));
}

#[tokio::test]
async fn a_foreign_currency_needs_a_rate() {
    let (books, sale) = sale().await;
    let mut foreign = sale.draft("1");
    foreign.currency = currency("USD");
    let error = create(&books, foreign).await.unwrap_err();
    assert!(matches!(error, CreateInvoiceError::CurrencyMismatch { .. }));
}

#[tokio::test]
async fn unknown_references_are_named() {
    let (books, sale) = sale().await;
    let with = |change: &dyn Fn(&mut WrittenInvoice)| {
        let mut written = sale.draft("1");
        change(&mut written);
        written
    };
    let other = stock_key(200, 200);

    let error = create(&books, with(&|it| it.customer = unknown_customer())).await.unwrap_err();
    assert!(matches!(error, CreateInvoiceError::UnknownCustomer));
    let error = create(&books, with(&|it| it.warehouse = Some(other.warehouse))).await;
    assert!(matches!(error, Err(CreateInvoiceError::UnknownWarehouse)));
    let error = create(&books, with(&|it| it.lines[0].product = Some(other.product))).await;
    let Err(CreateInvoiceError::Line { line, error }) = error else { panic!("{error:?}") };
    assert_eq!((line, error), (0, LineError::UnknownProduct));
    let rate = LineTax::Rate(code("NONE"));
    let error = create(&books, with(&|it| it.lines[0].tax = rate.clone())).await;
    let Err(CreateInvoiceError::Line { error, .. }) = error else { panic!("{error:?}") };
    assert_eq!(error, LineError::UnknownTaxRate(code("NONE")));
    let error = create(&books, with(&|it| it.lines[0].unit = Some(code("BOX")))).await;
    let Err(CreateInvoiceError::Line { error, .. }) = error else { panic!("{error:?}") };
    assert_eq!(error, LineError::UnitMismatch { unit: code("EA") });
}

fn unknown_customer() -> CustomerId {
    use gaara_kernel::Id as _;
    CustomerId::from_uuid(gaara_kernel::Id::as_uuid(stock_key(200, 200).product))
}

#[tokio::test]
async fn stored_documents_refuse_what_calculate_accepts() {
    let (books, sale) = sale().await;
    let error = create(&books, sale.draft("-1")).await.unwrap_err();
    assert!(matches!(
        error,
        CreateInvoiceError::Draft(DraftError::QuantityNotPositive { line: 0 })
    ));

    let written = sale.draft("-1");
    let query = CalculateInvoice {
        currency: written.currency,
        prices_include_tax: false,
        lines: written.lines,
        allowances: Vec::new(),
        charges: Vec::new(),
        prepaid: money("0"),
        rounding: money("0"),
    };
    let calculated = books.app.ask(&books.system(), &query).await.unwrap();
    assert_eq!(calculated.totals.payable, money("-6.61"));
}

#[tokio::test]
async fn what_was_paid_before_and_rounding_have_bounds() {
    let (books, sale) = sale().await;
    let mut owed = sale.draft("1");
    owed.prepaid = money("-0.01");
    let error = create(&books, owed).await.unwrap_err();
    assert!(matches!(error, CreateInvoiceError::Draft(DraftError::PrepaidNegative)));
    let mut rounded = sale.draft("1");
    rounded.rounding = money("-1.01");
    let error = create(&books, rounded).await.unwrap_err();
    assert!(matches!(error, CreateInvoiceError::Draft(DraftError::RoundingTooLarge { .. })));
}

#[tokio::test]
async fn a_line_in_free_text_needs_price_and_tax_and_to_be_stored_a_description() {
    let (books, sale) = sale().await;
    let refuse = |change: &dyn Fn(&mut gaara_application::invoicing::WrittenLine)| {
        let mut written = sale.draft("1");
        let line = &mut written.lines[0];
        line.product = None;
        line.description = Some(bilingual("Work", "عمل"));
        line.unit_price = Some(unit_price("10"));
        line.tax = LineTax::Given(vat());
        change(line);
        CalculateInvoice {
            currency: written.currency,
            prices_include_tax: false,
            lines: written.lines,
            allowances: Vec::new(),
            charges: Vec::new(),
            prepaid: money("0"),
            rounding: money("0"),
        }
    };
    let cases = [
        (refuse(&|line| line.unit_price = None), LineError::PriceMissing),
        (refuse(&|line| line.tax = LineTax::Product), LineError::TaxMissing),
    ];
    for (query, expected) in cases {
        let refusal = books.app.ask(&books.system(), &query).await.unwrap_err();
        let Refusal::Failed(CalculateError::Line { error, .. }) = refusal else {
            panic!("{refusal:?}")
        };
        assert_eq!(error, expected);
    }
    let nameless = refuse(&|line| line.description = None);
    books.app.ask(&books.system(), &nameless).await.unwrap();
    let stored = WrittenInvoice { lines: nameless.lines, ..sale.draft("1") };
    let error = create(&books, stored).await.unwrap_err();
    let CreateInvoiceError::Line { error, .. } = error else { panic!("{error:?}") };
    assert_eq!(error, LineError::DescriptionMissing);
}

#[tokio::test]
async fn services_are_sold_without_stock() {
    let (books, sale) = sale().await;
    let service = CreateProduct {
        kind: ProductKind::Service,
        unit: code("HUR"),
        unit_price: unit_price("100"),
        ..Harness::new_product("SETUP")
    };
    let service = books.app.execute(&books.system(), &service).await.unwrap().id;
    let mut written = sale.draft("1");
    written.lines[0].product = Some(service);

    books.issue(&written).await.unwrap();

    assert_eq!(books.on_hand(sale.product).await, "10");
    let receipt = Harness::receipt(service, sale.warehouse, Quantity::ONE);
    let refusal = books.app.execute(&books.system(), &receipt).await.unwrap_err();
    assert!(matches!(
        refusal,
        Refusal::Failed(MovementError::Line { line: 0, error: MovementLineError::NotStocked })
    ));
}

#[tokio::test]
async fn two_lines_for_one_product_count_together() {
    let (books, sale) = sale().await;
    let mut written = sale.draft("6");
    written.lines.push(written.lines[0].clone());

    let refusal = books.issue(&written).await.unwrap_err();

    let Refusal::Failed(CreateInvoiceError::Issue(error)) = refusal else { panic!("{refusal:?}") };
    let IssueInvoiceError::Stock(PostError::Insufficient(shortages)) = *error else { panic!() };
    assert_eq!(shortages[0].requested, quantity("12"), "T-06");
}

#[tokio::test]
async fn movements_refuse_what_is_unknown_or_to_come() {
    let (books, sale) = sale().await;
    let other = stock_key(200, 200);
    let post = async |product: ProductId, warehouse: WarehouseId, day: Option<&str>| {
        let mut receipt = Harness::receipt(product, warehouse, Quantity::ONE);
        receipt.0.effective_date = day.map(date);
        books.app.execute(&books.system(), &receipt).await.map(|_| ()).unwrap_err()
    };

    let refusal = post(sale.product, other.warehouse, None).await;
    let unknown = PlaceError::UnknownWarehouse;
    assert!(matches!(refusal, Refusal::Failed(MovementError::Place(it)) if it == unknown));
    let refusal = post(other.product, sale.warehouse, None).await;
    let Refusal::Failed(MovementError::Line { line: 0, error }) = refusal else { panic!() };
    assert!(matches!(error, MovementLineError::UnknownProduct));
    let refusal = post(sale.product, sale.warehouse, Some("2026-11-24")).await;
    let Refusal::Failed(MovementError::Post(error)) = refusal else { panic!("{refusal:?}") };
    assert!(matches!(error, PostError::DateInFuture { .. }));
    let mut unpriced = Harness::receipt(sale.product, sale.warehouse, Quantity::ONE);
    unpriced.0.lines[0].unit_cost = None;
    let refusal = books.app.execute(&books.system(), &unpriced).await.unwrap_err();
    let cost = PostError::CostRequired { line: 0 };
    assert!(matches!(refusal, Refusal::Failed(MovementError::Post(error)) if error == cost));
    unpriced.0.kind = MovementKind::Issue;
    books.app.execute(&books.system(), &unpriced).await.unwrap();
}

#[tokio::test]
async fn a_payment_settles_what_it_names_and_the_rest_is_credit() {
    let (books, sale) = sale().await;
    let one = books.issue(&sale.draft("4")).await.unwrap();
    let two = books.issue(&sale.draft("2")).await.unwrap();
    let (one, two) = (one.content.written.id, two.content.written.id);

    let credit = pay(&books, sale.customer, "50", &[(one, "26.45"), (two, "3.23")]).await;
    assert_eq!(credit.unwrap(), money("20.32"));

    let find = |id| gaara_application::invoicing::FindInvoice { id };
    let status = async |id| {
        let found = books.app.ask(&books.system(), &find(id)).await.unwrap().unwrap();
        let gaara_invoicing::Invoice::Issued(issued) = found else { panic!("a draft") };
        (issued.payment_status(), issued.open())
    };
    assert_eq!(status(one).await, (PaymentStatus::Paid, money("0")));
    assert_eq!(status(two).await, (PaymentStatus::PartiallyPaid, money("10")));
}

#[tokio::test]
async fn every_guard_of_paying_refuses() {
    let (books, sale) = sale().await;
    let issued = books.issue(&sale.draft("4")).await.unwrap();
    let invoice = issued.content.written.id;
    let draft = create(&books, sale.draft("1")).await.unwrap();
    let other = books.add_customer(None).await;

    let error = pay(&books, sale.customer, "10", &[(invoice, "11")]).await.unwrap_err();
    assert!(matches!(error, RecordPaymentError::Payment(_)));
    let error = pay(&books, sale.customer, "99", &[(invoice, "26.46")]).await.unwrap_err();
    assert!(matches!(error, RecordPaymentError::Allocation { .. }));
    let error = pay(&books, sale.customer, "10", &[(draft, "1")]).await.unwrap_err();
    assert!(matches!(error, RecordPaymentError::NotIssued { .. }));
    let error = pay(&books, other, "10", &[(invoice, "1")]).await.unwrap_err();
    assert!(matches!(error, RecordPaymentError::Mismatch));
    let error = pay(&books, unknown_customer(), "10", &[]).await.unwrap_err();
    assert!(matches!(error, RecordPaymentError::UnknownCustomer));
    pay(&books, sale.customer, "26.45", &[(invoice, "26.45")]).await.unwrap();
}

#[tokio::test]
async fn drafting_needs_less_than_issuing() {
    let (books, sale) = sale().await;
    let auditor = books.signed_in(gaara_identity::Role::Auditor);
    let issue = CreateAndIssueInvoice(sale.draft("1"));
    assert!(matches!(books.app.execute(&auditor, &issue).await, Err(Refusal::Forbidden(_))));
    let draft = CreateInvoice(sale.draft("1"));
    assert!(matches!(books.app.execute(&auditor, &draft).await, Err(Refusal::Forbidden(_))));
}
