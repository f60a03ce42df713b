//! Rules of payments: what fits, what is left, and what is gained.

use gaara_kernel::{
    Address, AllocationId, BilingualText, Code, Country, Currency, CustomerId, Id, Instalment,
    InvoiceId, Percent, Quantity, SupplierId, Timestamp, UnitPrice, parse_date,
};
use proptest::prelude::*;

use super::*;
use crate::totals::{LineInput, Tax, TaxCategory};
use crate::{
    AllocationError, BaseTotals, Frozen, InvoiceNumber, IssuedInvoice, NewInvoice, NewLine,
    PartySnapshot, PaymentStatus, PaymentTerms, Snapshot,
};

fn now() -> Timestamp {
    Timestamp::from_millis(0)
}

fn id<I: Id>(number: u8) -> I {
    I::from_uuid(format!("00000000-0000-7000-8000-0000000000{number:02x}").parse().unwrap())
}

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn money(text: &str, code: &str) -> Money {
    Money::parse(text, currency(code)).unwrap()
}

fn rate(text: &str) -> ExchangeRate {
    ExchangeRate::parse(text).unwrap()
}

/// An issued invoice of this amount without tax.
fn invoice(number: u8, amount: &str, code: &str, rate: &str, books: &str) -> IssuedInvoice {
    issue(number, amount, code, (rate, books), &PaymentTerms::net(30))
}

/// The same in the books' own currency, on these terms.
fn on_terms(amount: &str, terms: &PaymentTerms) -> IssuedInvoice {
    issue(1, amount, "SAR", ("1", "SAR"), terms)
}

fn issue(
    number: u8,
    amount: &str,
    code: &str,
    (rate_text, books): (&str, &str),
    terms: &PaymentTerms,
) -> IssuedInvoice {
    let tax = Tax::try_new(TaxCategory::parse("Z").unwrap(), Percent::ZERO).unwrap();
    let currency = currency(code);
    let name = |text| BilingualText::try_new(None, Some(text)).unwrap();
    let input = LineInput::new(Quantity::ONE, UnitPrice::parse(amount).unwrap(), tax);
    let line = NewLine::new(name("Goods"), Code::parse("EA").unwrap(), input);
    let party = PartyId::Customer(id::<CustomerId>(1));
    let draft = NewInvoice::new(id::<InvoiceId>(number), party, currency, vec![line]);
    let draft = draft.into_draft(now()).unwrap();
    let books = Currency::parse(books).unwrap();
    let base = BaseTotals::try_new(&draft.content.totals, rate(rate_text), books).unwrap();
    let date = parse_date("2026-11-23").unwrap();
    let series = Code::parse("INV").unwrap();
    let written = format!("INV-2026-{number:05}");
    let number = InvoiceNumber { series, year: 2026, sequence: u32::from(number), written };
    let address = Address::in_country(Country::parse("SA").unwrap());
    let side = |text| PartySnapshot::named(name(text), address.clone());
    let snapshot = Snapshot { seller: side("Seller"), buyer: side("Buyer"), lines: Vec::new() };
    let frozen = Frozen { snapshot, costs: Vec::new(), base };
    let prepared = draft.prepare(date, terms).unwrap();
    prepared.issue(number, frozen, now(), |_| [0; 32])
}

fn new_payment(amount: &str, code: &str, rate_text: &str, books: &str) -> NewPayment {
    NewPayment {
        id: id(9),
        direction: Direction::In,
        party: PartyId::Customer(id(1)),
        amount: money(amount, code),
        rate: rate(rate_text),
        books: currency(books),
        payment_date: parse_date("2026-11-23").unwrap(),
        method: PaymentMethod::Cash,
        reference: None,
        note: None,
        created_at: now(),
    }
}

fn payment(amount: &str, code: &str, rate: &str, books: &str) -> Payment {
    Payment::try_new(new_payment(amount, code, rate, books)).unwrap()
}

fn settle(
    payment: &mut Payment,
    number: u8,
    invoice: &mut IssuedInvoice,
    amount: Money,
) -> Result<Allocation, AllocateError> {
    let day = payment.payment_date();
    payment.allocate(id::<AllocationId>(number), invoice, amount, now(), day)
}

/// Rows P-07 and P-08 of the rules: the last instalment takes the remainder, and what is paid goes
/// to the first due first.
#[test]
fn p_08_instalments_are_the_payable_and_are_overdue_one_by_one() {
    let half = |net_days| Instalment { percent: Percent::parse("50").unwrap(), net_days };
    let terms = PaymentTerms::in_instalments(vec![half(30), half(60)]).unwrap();
    let mut invoice = on_terms("868.35", &terms);
    let parts: Vec<String> = invoice.instalments.iter().map(|part| part.amount.amount()).collect();
    assert_eq!(parts, ["434.18", "434.17"]);
    let dates: Vec<String> =
        invoice.instalments.iter().map(|part| part.due_date.to_string()).collect();
    assert_eq!(dates, ["2026-12-23", "2027-01-22"]);
    assert_eq!(invoice.due_date.to_string(), "2027-01-22");

    let overdue = |invoice: &IssuedInvoice, day: &str| invoice.overdue_at(parse_date(day).unwrap());
    assert_eq!(overdue(&invoice, "2026-12-23"), money("0", "SAR"), "it is due on that day");
    assert_eq!(overdue(&invoice, "2026-12-24"), money("434.18", "SAR"));
    let mut payment = payment("500", "SAR", "1", "SAR");
    settle(&mut payment, 1, &mut invoice, money("434.18", "SAR")).unwrap();
    assert_eq!(overdue(&invoice, "2026-12-24"), money("0", "SAR"));
    settle(&mut payment, 2, &mut invoice, money("0.17", "SAR")).unwrap();
    assert_eq!(overdue(&invoice, "2027-01-23"), money("434", "SAR"));
    let open: Vec<String> = invoice.open_parts().iter().map(|open| open.open.amount()).collect();
    assert_eq!(open, ["0.00", "434.00"]);
}

/// Row P-07 of the rules.
#[test]
fn p_07_net_days_count_calendar_days() {
    let invoice = on_terms("100", &PaymentTerms::net(30));
    assert_eq!(invoice.due_date.to_string(), "2026-12-23");
    assert_eq!(invoice.instalments.len(), 1);
    assert_eq!(invoice.overdue_at(parse_date("2026-12-24").unwrap()), money("100", "SAR"));
}

/// Row P-01 of the rules.
#[test]
fn p_01_an_invoice_is_paid_in_parts() {
    let mut invoice = invoice(1, "240", "SAR", "1", "SAR");
    for part in ["120", "20", "99"] {
        let mut payment = payment(part, "SAR", "1", "SAR");
        settle(&mut payment, 1, &mut invoice, money(part, "SAR")).unwrap();
    }
    assert_eq!(invoice.open(), money("1", "SAR"));
    assert_eq!(invoice.payment_status(), PaymentStatus::PartiallyPaid);
    assert_eq!(invoice.base_open(), money("1", "SAR"));
}

/// Row P-02 of the rules.
#[test]
fn p_02_what_is_not_allocated_stays_the_partys_credit() {
    let mut invoice = invoice(1, "100", "SAR", "1", "SAR");
    let mut payment = payment("110", "SAR", "1", "SAR");

    let too_much = settle(&mut payment, 1, &mut invoice, money("110", "SAR")).unwrap_err();
    let open = money("100", "SAR");
    assert_eq!(too_much, AllocateError::Invoice(AllocationError::ExceedsOpen { open }));
    settle(&mut payment, 1, &mut invoice, money("100", "SAR")).unwrap();

    assert_eq!(invoice.payment_status(), PaymentStatus::Paid);
    assert_eq!(payment.unallocated(), money("10", "SAR"));
    let again = settle(&mut payment, 2, &mut invoice, money("1", "SAR")).unwrap_err();
    assert_eq!(again, AllocateError::Invoice(AllocationError::AlreadySettled));
}

/// Row P-03 of the rules: 1.20 and 1.10 EUR to the USD are 0.8333333333 and 0.9090909091.
#[test]
fn p_03_a_currency_that_rose_gives_a_gain() {
    let mut invoice = invoice(1, "400", "EUR", "0.8333333333", "USD");
    let mut payment = payment("400", "EUR", "0.9090909091", "USD");

    let allocation = settle(&mut payment, 1, &mut invoice, money("400", "EUR")).unwrap();

    assert_eq!(allocation.base_settled, money("333.33", "USD"));
    assert_eq!(allocation.base_amount, money("363.64", "USD"));
    assert_eq!(allocation.base_gain, money("30.31", "USD"));
    assert_eq!(invoice.base_open(), money("0", "USD"));
}

/// Row P-04 of the rules: a loss is no payment.
#[test]
fn p_04_a_loss_leaves_open_what_was_not_paid() {
    let mut invoice = invoice(1, "200", "USD", "8", "SAR");
    let mut payment = payment("100", "USD", "6", "SAR");

    let allocation = settle(&mut payment, 1, &mut invoice, money("100", "USD")).unwrap();

    assert_eq!(invoice.open(), money("100", "USD"));
    assert_eq!(allocation.base_gain, money("-200", "SAR"));
    assert_eq!(invoice.base_open(), money("800", "SAR"));
}

/// Row P-05 of the rules.
#[test]
fn p_05_a_small_rise_gives_a_small_gain() {
    let mut invoice = invoice(1, "100", "USD", "13.60", "SAR");
    let mut payment = payment("100", "USD", "13.63", "SAR");
    settle(&mut payment, 1, &mut invoice, money("100", "USD")).unwrap();
    assert_eq!(payment.base_gain(), money("3", "SAR"));
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let mut invoice = invoice(1, "100", "SAR", "1", "SAR");
    let amount = money("10", "SAR");
    let cases = [
        (Mismatch::Party, NewPayment { party: PartyId::Customer(id(2)), ..paid() }),
        (Mismatch::Party, NewPayment { party: PartyId::Supplier(id::<SupplierId>(1)), ..paid() }),
        (Mismatch::Direction, NewPayment { direction: Direction::Out, ..paid() }),
        (Mismatch::Currency, new_payment("100", "USD", "3.75", "SAR")),
    ];
    for (mismatch, new) in cases {
        let mut payment = Payment::try_new(new).unwrap();
        let refused = settle(&mut payment, 1, &mut invoice, amount).unwrap_err();
        assert_eq!(refused, AllocateError::Mismatch(mismatch));
        assert!(payment.allocations().is_empty());
    }
    let mut small = payment("5", "SAR", "1", "SAR");
    let refused = settle(&mut small, 1, &mut invoice, amount).unwrap_err();
    assert_eq!(refused, AllocateError::ExceedsAmount { unallocated: money("5", "SAR") });
    let nothing = settle(&mut small, 1, &mut invoice, money("0", "SAR")).unwrap_err();
    assert_eq!(nothing, AllocateError::Invoice(AllocationError::NotPositive));
    assert_eq!(invoice.paid, money("0", "SAR"));
}

fn paid() -> NewPayment {
    new_payment("100", "SAR", "1", "SAR")
}

#[test]
fn a_payment_is_voided_once_and_only_when_it_settles_nothing() {
    let mut invoice = invoice(1, "100", "SAR", "1", "SAR");
    let mut payment = Payment::try_new(paid()).unwrap();
    let allocation = settle(&mut payment, 1, &mut invoice, money("60", "SAR")).unwrap();

    assert_eq!(payment.void(now()), Err(VoidPaymentError::HasAllocations { count: 1 }));
    payment.release(allocation.id, &mut invoice, now()).unwrap();
    assert_eq!(payment.release(allocation.id, &mut invoice, now()), Err(ReleaseError::NotFound));
    payment.void(now()).unwrap();

    assert_eq!(payment.unallocated(), money("0", "SAR"));
    assert_eq!(payment.void(now()), Err(VoidPaymentError::Void));
    assert_eq!(payment.annotate(None, None, now()), Err(VoidPaymentError::Void));
    let refused = settle(&mut payment, 2, &mut invoice, money("1", "SAR")).unwrap_err();
    assert_eq!(refused, AllocateError::Void);
    assert_eq!(payment.release(allocation.id, &mut invoice, now()), Err(ReleaseError::Void));
}

#[test]
fn nothing_and_less_are_no_payment() {
    for amount in ["0", "-1"] {
        let refused = Payment::try_new(new_payment(amount, "SAR", "1", "SAR"));
        assert_eq!(refused, Err(PaymentError::NotPositive));
    }
}

/// One step: settle with a payment of a number, or take its last allocation back.
fn steps() -> impl Strategy<Value = Vec<(usize, i64, bool)>> {
    proptest::collection::vec((0_usize..3, 1_i64..20_000, proptest::bool::weighted(0.7)), 1..40)
}

proptest! {
    /// Whatever was settled and taken back: open is what is not paid, what is allocated and what is
    /// left are the payment, and what is worth something in the books ends at nothing when nothing
    /// is open.
    #[test]
    fn sums_close_in_both_currencies(steps in steps(), rates in proptest::array::uniform4(1_i64..100_000)) {
        let scaled = |digits: i64| ExchangeRate::from_scaled(digits * 1_234_567).unwrap();
        let text = |digits: i64| scaled(digits).to_string();
        let mut invoice = invoice(1, "333.33", "USD", &text(rates[0]), "KWD");
        let payable = invoice.content.totals.payable;
        let mut payments: Vec<Payment> =
            rates[1..].iter().map(|rate| payment("199.99", "USD", &text(*rate), "KWD")).collect();
        let mut number = 0;
        for (at, minor, adds) in steps {
            number += 1;
            let amount = Money::from_minor(minor, payable.currency()).unwrap();
            let before = (invoice.clone(), payments[at].clone());
            let changed = if adds {
                settle(&mut payments[at], number, &mut invoice, amount).is_ok()
            } else {
                let last = payments[at].allocations().last().map(|last| last.id);
                last.is_some_and(|last| payments[at].release(last, &mut invoice, now()).is_ok())
            };
            if !changed {
                prop_assert_eq!(&before.0, &invoice);
                prop_assert_eq!(&before.1, &payments[at]);
            }
            check(&invoice, &payments)?;
        }
        let rest = invoice.open();
        if rest.is_positive() {
            let mut last = payment("1000", "USD", "2.5", "KWD");
            settle(&mut last, 255, &mut invoice, rest).unwrap();
            prop_assert!(invoice.base_open().is_zero());
        }
        for payment in &mut payments {
            for allocation in payment.allocations().to_vec() {
                payment.release(allocation.id, &mut invoice, now()).unwrap();
            }
            prop_assert!(payment.base_gain().is_zero());
            prop_assert_eq!(payment.unallocated(), payment.amount());
        }
    }
}

fn check(invoice: &IssuedInvoice, payments: &[Payment]) -> Result<(), TestCaseError> {
    let payable = invoice.content.totals.payable;
    prop_assert_eq!(invoice.open().plus(invoice.paid), Ok(payable));
    let all = || payments.iter().flat_map(Payment::allocations);
    let paid: i64 = all().map(|part| part.amount.minor()).sum();
    let settled: i64 = all().map(|part| part.base_settled.minor()).sum();
    prop_assert_eq!(paid, invoice.paid.minor());
    prop_assert_eq!(settled, invoice.base_paid.minor());
    if invoice.open().is_zero() {
        prop_assert_eq!(invoice.base_paid, invoice.base.payable);
    }
    for payment in payments {
        prop_assert_eq!(payment.allocated().plus(payment.unallocated()), Ok(payment.amount()));
        let worth: i64 = payment.allocations().iter().map(|part| part.base_amount.minor()).sum();
        if payment.unallocated().is_zero() {
            prop_assert_eq!(worth, payment.base_amount().minor());
        }
        for part in payment.allocations() {
            let gain = part.base_amount.minus(part.base_settled);
            prop_assert_eq!(gain, Ok(part.base_gain));
        }
    }
    Ok(())
}
