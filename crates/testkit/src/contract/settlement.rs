//! Payments: what they settle, what they gain, and what is taken back.

use std::sync::Arc;

use gaara_application::Store;
use gaara_application::invoicing::{
    AllocatePayment, ChangePayment, CreateInvoice, FindInvoice, FindPayment, ListPayments,
    RecordPayment, RemoveAllocation, VoidPayment, WrittenAllocation,
};
use gaara_invoicing::{
    BaseTotals, Direction, ExchangeRate, Invoice, InvoiceNumber, IssuedInvoice, PartyId, Payment,
    PaymentFilter, PaymentMethod, PaymentState, PaymentStatus,
};
use gaara_kernel::{
    Clock, Instalment, InvoiceId, Money, PaymentId, PaymentTerms, SearchQuery, Version,
};

use super::store::whole;
use crate::fixtures::{code, currency, date, money, percent, unit_price};
use crate::harness::Harness;

pub(super) fn usd(text: &str) -> Money {
    Money::parse(text, currency("USD")).expect("an amount")
}

pub(super) async fn pay(books: &Harness, payment: &RecordPayment) -> Payment {
    books.app.execute(&books.system(), payment).await.expect("a payment that fits")
}

pub(super) async fn found(books: &Harness, id: PaymentId) -> Payment {
    let query = FindPayment { id };
    books.app.ask(&books.system(), &query).await.expect("an answer").expect("it is there")
}

pub(super) async fn issued(books: &Harness, id: InvoiceId) -> IssuedInvoice {
    let query = FindInvoice { id };
    let found = books.app.ask(&books.system(), &query).await.expect("an answer");
    let Some(Invoice::Issued(issued)) = found else { panic!("it was issued") };
    *issued
}

/// A foreign invoice freezes the rate of its day, whatever becomes of the rate; and what it comes
/// to in the books is read back.
pub async fn a_foreign_invoice_freezes_the_rate_of_its_day(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let sale = books.foreign_sale("USD").await;
    books.set_rate("USD", "2026-11-01", "3.7512345678").await;
    books.set_rate("USD", "2026-12-01", "9").await;

    let invoice = books.issue(&sale).await.expect("a rate is known");

    assert_eq!(invoice.base.rate.to_string(), "3.7512345678");
    assert_eq!(invoice.content.totals.payable, usd("115"));
    assert_eq!(invoice.base.payable, money("431.39"));
    assert_eq!(invoice.base.net.plus(invoice.base.tax), Ok(invoice.base.total));
    assert_eq!(issued(&books, invoice.content.written.id).await, invoice);
}

/// An invoice in instalments is read back with its parts, and what was paid goes to the first.
pub async fn instalments_are_frozen_with_the_invoice(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    books.add_vat().await;
    let half = |net_days| Instalment { percent: percent("50"), net_days };
    let terms = PaymentTerms::in_instalments(vec![half(30), half(60)]).expect("good terms");
    let mut written = books.foreign_sale("SAR").await;
    for line in &mut written.lines {
        line.unit_price = Some(unit_price("755.09"));
    }
    let party = PartyId::Customer(written.customer);
    let create = CreateInvoice(written);
    let draft = books.app.execute(&books.system(), &create).await.expect("a draft");
    let totals = &draft.content.totals;
    let base = BaseTotals::try_new(totals, ExchangeRate::ONE, currency("SAR")).expect("in range");
    let number = InvoiceNumber {
        series: code("INV"),
        year: 2026,
        sequence: 1,
        written: "INV-2026-00001".to_owned(),
    };
    let prepared = draft.prepare(date("2026-11-23"), &terms).expect("it is complete");
    let invoice = prepared.issue(number, base, Clock::now(&*books.clock));
    let mut unit = store.begin().await.expect("a transaction");
    unit.invoices().lock(invoice.content.written.id).await.expect("an answer");
    unit.invoices().save_issued(&invoice).await.expect("it was a draft");
    unit.commit().await.expect("a commit");

    let id = invoice.content.written.id;
    let parts: Vec<Money> = invoice.instalments.iter().map(|part| part.amount).collect();
    assert_eq!(parts, [money("434.18"), money("434.17")]);
    assert_eq!(issued(&books, id).await, invoice);
    let payment = RecordPayment::new(party, money("500"), PaymentMethod::Card);
    pay(&books, &payment.with(id, money("500"))).await;
    let open: Vec<Money> =
        issued(&books, id).await.open_parts().iter().map(|part| part.open).collect();
    assert_eq!(open, [money("0"), money("368.35")]);
}

/// Whatever a payment is and whatever became of it is read back.
pub async fn a_payment_of_every_kind_is_read_back(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let draft = books.foreign_sale("USD").await;
    books.set_rate("USD", "2026-11-01", "3.75").await;
    let invoice = books.issue(&draft).await.expect("a rate is known").content.written.id;
    let supplier = PartyId::Supplier(books.add_supplier("Gulf Steel").await);
    let party = PartyId::Customer(draft.customer);
    let mut foreign = RecordPayment::new(party, usd("100"), PaymentMethod::Cheque)
        .with(invoice, usd("33.33"))
        .with(invoice, usd("0.01"));
    foreign.rate = Some(ExchangeRate::parse("3.8012345678").expect("a rate"));
    foreign.payment_date = Some(date("2026-11-20"));
    foreign.reference = Some("TRX 778".to_owned());
    foreign.note = Some("حوالة من البنك".to_owned());
    let out = RecordPayment::new(supplier, money("12.34"), PaymentMethod::BankTransfer);
    let back = RecordPayment { direction: Direction::In, ..out.clone() };
    let refund = RecordPayment {
        direction: Direction::Out,
        ..RecordPayment::new(party, usd("5"), PaymentMethod::Cash)
    };

    for payment in [&foreign, &out, &back, &refund] {
        let written = pay(&books, payment).await;
        assert_eq!(found(&books, written.id()).await, written);
    }
    let last = pay(&books, &out).await;
    let change = ChangePayment {
        id: last.id(),
        expected: Version::FIRST,
        reference: Some(Some("A-1".to_owned())),
        note: None,
        changes_rest: false,
    };
    let (_, changed) = books.app.execute(&books.system(), &change).await.expect("a note");
    assert_eq!(found(&books, last.id()).await, changed);
    let void = VoidPayment { id: last.id(), expected: None, cascade: false };
    let voided = books.app.execute(&books.system(), &void).await.expect("it settles nothing");
    assert_eq!(found(&books, last.id()).await, voided.payment);
}

/// Parts of a payment settle invoices later, and are taken back with exactly what they gained.
pub async fn allocations_come_and_go_with_their_gain(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let draft = books.foreign_sale("USD").await;
    books.set_rate("USD", "2026-11-01", "3.3333333333").await;
    let one = books.issue(&draft).await.expect("a rate").content.written.id;
    let two = books.issue(&draft).await.expect("a rate").content.written.id;
    let party = PartyId::Customer(draft.customer);
    let mut new = RecordPayment::new(party, usd("200"), PaymentMethod::Card);
    new.rate = Some(ExchangeRate::parse("3.7777777777").expect("a rate"));
    let payment = pay(&books, &new).await;

    let part = |invoice, text| WrittenAllocation { invoice, amount: usd(text) };
    let allocate = |allocations| AllocatePayment { id: payment.id(), expected: None, allocations };
    let first = allocate(vec![part(one, "77.77"), part(two, "115")]);
    books.app.execute(&books.system(), &first).await.expect("both are open");
    let second = allocate(vec![part(one, "7.23")]);
    let whole = books.app.execute(&books.system(), &second).await.expect("that much is left");

    assert_eq!(whole.unallocated(), usd("0"));
    assert_eq!(found(&books, payment.id()).await, whole);
    let worth: i64 = whole.allocations().iter().map(|part| part.base_amount.minor()).sum();
    assert_eq!(worth, whole.base_amount().minor(), "all of it is worth all of it");
    let paid = issued(&books, two).await;
    assert_eq!((paid.payment_status(), paid.base_open()), (PaymentStatus::Paid, money("0")));
    let half = issued(&books, one).await;
    assert_eq!((half.open(), half.paid), (usd("30"), usd("85")));

    for allocation in whole.allocations() {
        let (payment, allocation) = (payment.id(), allocation.id);
        let remove = RemoveAllocation { payment, allocation, expected: None };
        books.app.execute(&books.system(), &remove).await.expect("it is there");
    }
    let empty = found(&books, payment.id()).await;
    assert_eq!((empty.base_gain(), empty.unallocated()), (money("0"), usd("200")));
    for id in [one, two] {
        let open = issued(&books, id).await;
        assert_eq!((open.payment_status(), open.base_paid), (PaymentStatus::Unpaid, money("0")));
        assert_eq!(open.base_open(), open.base.payable);
    }
}

/// A payment that settles invoices is voided only together with its allocations.
pub async fn a_void_payment_gives_back_what_it_settled(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let one = books.issue(&sale.draft("4")).await.expect("goods").content.written.id;
    let party = PartyId::Customer(sale.customer);
    let new = RecordPayment::new(party, money("50"), PaymentMethod::Cash).with(one, money("20"));
    let payment = pay(&books, &new).await;

    let void = |cascade| VoidPayment { id: payment.id(), expected: None, cascade };
    books.app.execute(&books.system(), &void(false)).await.expect_err("it settles an invoice");
    assert_eq!(issued(&books, one).await.paid, money("20"));
    let voided = books.app.execute(&books.system(), &void(true)).await.expect("with cascade");

    assert_eq!((voided.removed.len(), voided.payment.state()), (1, PaymentState::Void));
    assert_eq!(found(&books, payment.id()).await, voided.payment);
    assert_eq!(issued(&books, one).await.payment_status(), PaymentStatus::Unpaid);
}

/// Every filter of payments keeps what matches.
pub async fn payments_are_listed_by_every_filter(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let invoice = books.issue(&sale.draft("4")).await.expect("goods").content.written.id;
    let supplier = books.add_supplier("Gulf Steel").await;
    let (party, other) = (PartyId::Customer(sale.customer), PartyId::Supplier(supplier));
    let mut first = RecordPayment::new(party, money("20"), PaymentMethod::Cash);
    first.reference = Some("TRX 778".to_owned());
    let second = RecordPayment { payment_date: Some(date("2026-11-20")), ..first.clone() };
    let mut third = RecordPayment::new(other, money("5"), PaymentMethod::Cash);
    third.note = Some("حوالة مرتجعة".to_owned());
    let first = pay(&books, &first.with(invoice, money("20"))).await.id();
    let second = pay(&books, &second).await.id();
    let third = pay(&books, &third).await.id();
    let void = VoidPayment { id: second, expected: None, cascade: false };
    books.app.execute(&books.system(), &void).await.expect("it settles nothing");

    let none = PaymentFilter::default;
    let words = |text| Some(SearchQuery::new(text));
    let day = || Some(date("2026-11-21"));
    for (filter, mut expected) in [
        (none(), vec![first, second, third]),
        (PaymentFilter { direction: Some(Direction::In), ..none() }, vec![first, second]),
        (PaymentFilter { direction: Some(Direction::Out), ..none() }, vec![third]),
        (PaymentFilter { customer: Some(sale.customer), ..none() }, vec![first, second]),
        (PaymentFilter { supplier: Some(supplier), ..none() }, vec![third]),
        (PaymentFilter { invoice: Some(invoice), ..none() }, vec![first]),
        (PaymentFilter { states: vec![PaymentState::Void], ..none() }, vec![second]),
        (PaymentFilter { states: vec![PaymentState::Posted], ..none() }, vec![first, third]),
        (PaymentFilter { paid_from: day(), ..none() }, vec![first, third]),
        (PaymentFilter { paid_to: day(), ..none() }, vec![second]),
        (PaymentFilter { query: words("trx"), ..none() }, vec![first, second]),
        (PaymentFilter { query: words("778 trx"), paid_from: day(), ..none() }, vec![first]),
        (PaymentFilter { query: words("مرتجعه"), ..none() }, vec![third]),
        (PaymentFilter { query: words("rx"), ..none() }, vec![]),
    ] {
        let query = ListPayments { filter: filter.clone(), page: whole() };
        let rows = books.app.ask(&books.system(), &query).await.expect("payments can be read");
        let mut ids: Vec<PaymentId> = rows.items.iter().map(Payment::id).collect();
        ids.sort_unstable();
        expected.sort_unstable();
        assert_eq!(ids, expected, "{filter:?}");
        assert_eq!(rows.total, u64::try_from(ids.len()).ok());
    }
}
