//! The worked examples of the rules, by their ids.

use gaara_invoicing::CreditScope;
use gaara_invoicing::totals::{Adjustment, Tax, TaxCategory};
use gaara_kernel::{Currency, Percent};

use crate::build::{Account, allowance, invoice, line, money, percent, some, standard};

/// Source: lago-api#2643.
#[test]
fn c_01_credits_of_single_lines_come_to_the_invoice() {
    let lines = ["68.33", "68.33", "57.50", "85.00"].map(|price| line("1", price, standard("20")));
    let mut account = Account::of(invoice("EUR", lines.to_vec()));

    for (index, expected) in [(0, "82.00"), (2, "69.00"), (3, "102.00"), (1, "81.99")] {
        let note = account.credit(&some(index, "1")).unwrap();
        assert_eq!(note.totals.payable.amount(), expected, "line {index}");
    }
    assert_eq!(account.sum(|note| note.totals.payable), 33_499);
}

/// Source: Lago, `credit_note_rounding_spec.rb`.
#[test]
fn c_02_and_c_03_tax_is_rounded_once() {
    for (price, rate, tax, total) in
        [("154.67", "25", "38.67", "193.34"), ("25.71", "23.33", "6.00", "31.71")]
    {
        let mut account = Account::of(invoice("EUR", vec![line("1", price, standard(rate))]));
        let note = account.credit(&CreditScope::Full).unwrap();
        assert_eq!(note.totals.tax.amount(), tax, "{price} at {rate} %");
        assert_eq!(note.totals.payable.amount(), total);
    }
}

#[test]
fn c_04_a_third_three_times_is_the_whole() {
    let one = line("3", "33.333333", standard("19"));
    let mut account = Account::of(invoice("EUR", vec![one]));
    assert_eq!(account.invoice.totals.lines_net.amount(), "100.00");

    for (net, tax) in [("33.33", "6.33"), ("33.34", "6.34"), ("33.33", "6.33")] {
        let note = account.credit(&some(0, "1")).unwrap();
        assert_eq!((note.totals.tax_exclusive.amount(), note.totals.tax.amount()), {
            (net.to_owned(), tax.to_owned())
        });
    }
    assert_eq!(account.sum(|note| note.totals.payable), 11_900);
    assert!(account.notes.last().unwrap().complete);
}

/// A discount of the document is taken back with the lines that bore it.
#[test]
fn a_discount_of_the_document_goes_back_with_the_lines() {
    let lines = vec![line("1", "60", standard("20")), line("1", "40", standard("20"))];
    let mut written = invoice("EUR", lines);
    written.allowances = vec![allowance(Adjustment::percent(percent("10")), None)];
    let mut account = Account::of(written);

    let note = account.credit(&some(0, "1")).unwrap();
    assert_eq!(note.totals.tax_exclusive.amount(), "54.00");
    assert_eq!(note.totals.tax.amount(), "10.80");
    let note = account.credit(&some(1, "1")).unwrap();
    assert_eq!(note.totals.payable.amount(), "43.20");
    assert_eq!(account.sum(|note| note.totals.payable), 10_800);
}

/// Source: erpnext#41343.
#[test]
fn c_06_a_discounted_line_is_the_same_both_ways() {
    let mut discounted = line("10", "82.50", standard("20"));
    discounted.allowances = vec![Adjustment::percent(percent("15"))];
    let mut account = Account::of(invoice("EUR", vec![discounted]));
    assert_eq!(account.invoice.totals.tax_exclusive.amount(), "701.25");

    let note = account.credit(&CreditScope::Full).unwrap().clone();
    assert_eq!(note.totals.tax_exclusive.amount(), "701.25");
    assert_eq!(note.totals.payable, account.invoice.totals.payable);
}

#[test]
fn prices_with_tax_are_taken_back_on_what_the_buyer_paid() {
    let mut written = invoice("EUR", vec![line("2", "50", standard("19"))]);
    written.prices_include_tax = true;
    let mut account = Account::of(written);

    for (tax, net) in [("7.98", "42.02"), ("7.99", "42.01")] {
        let note = account.credit(&some(0, "1")).unwrap();
        assert_eq!(note.totals.payable.amount(), "50.00", "the buyer paid round fifties");
        assert_eq!(note.totals.tax.amount(), tax);
        assert_eq!(note.totals.tax_exclusive.amount(), net);
    }
}

#[test]
fn a_charge_that_no_line_bears_goes_back_with_the_last_line() {
    let free = Tax::try_new(TaxCategory::ZeroRated, Percent::ZERO).unwrap();
    let mut written = invoice("SAR", vec![line("2", "10", free)]);
    let sar = Currency::parse("SAR").unwrap();
    let freight = Adjustment::amount(money("5", sar));
    written.charges = vec![allowance(freight, Some(standard("15")))];
    let mut account = Account::of(written);

    let note = account.credit(&some(0, "1")).unwrap();
    assert_eq!((note.totals.payable.amount(), note.charges.len()), ("10.00".to_owned(), 0));
    let note = account.credit(&some(0, "1")).unwrap();
    assert_eq!(note.totals.payable.amount(), "15.75");
    assert_eq!(note.totals.charges.amount(), "5.00");
    assert_eq!(note.totals.lines_net.amount(), "10.00");
    assert_eq!(account.sum(|note| note.totals.payable), 2575);
}

#[test]
fn the_rounding_of_cash_is_mirrored_by_the_note_that_takes_the_last() {
    let sar = Currency::parse("SAR").unwrap();
    let mut written = invoice("SAR", vec![line("2", "5.01", standard("15"))]);
    written.rounding = money("-0.02", sar);
    let mut account = Account::of(written);

    assert_eq!(account.credit(&some(0, "1")).unwrap().totals.rounding.amount(), "0.00");
    assert_eq!(account.credit(&some(0, "1")).unwrap().totals.rounding.amount(), "-0.02");
    assert_eq!(account.sum(|note| note.totals.payable), account.invoice.totals.payable.minor());
}

#[test]
fn the_price_of_a_note_comes_to_its_amount_however_many_there_are() {
    let many = line("3000000", "0.333333", standard("15"));
    let mut account = Account::of(invoice("SAR", vec![many]));

    account.credit(&some(0, "1000001")).unwrap();
    let note = &account.notes[0];
    let again = account.document(note).into_content().unwrap();
    assert_eq!(again.totals.lines[0].net, note.totals.lines[0].net);
}

#[test]
fn what_went_back_with_the_last_line_does_not_go_back_twice() {
    let free = Tax::try_new(TaxCategory::ZeroRated, Percent::ZERO).unwrap();
    let sar = Currency::parse("SAR").unwrap();
    let mut written = invoice("SAR", vec![line("2", "10", free)]);
    written.charges = vec![allowance(Adjustment::amount(money("5", sar)), Some(standard("15")))];
    written.rounding = money("0.25", sar);
    let mut account = Account::of(written);
    account.credit(&some(0, "1")).unwrap();
    account.credit(&some(0, "1")).unwrap();
    account.notes.remove(0);

    let note = account.credit(&some(0, "1")).unwrap();

    assert_eq!(note.totals.payable.amount(), "10.00");
    assert_eq!(account.sum(|note| note.totals.payable), 2600);
}
