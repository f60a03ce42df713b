//! What the totals refuse, and where they say it is; and what rounding the payable does.

use gaara_invoicing::totals::{
    Adjustment, DocumentInput, Place, TaxRounding, TotalsError, TotalsPolicy, calculate,
};
use gaara_kernel::Quantity;

use crate::build::{
    amount, currency, document, line, money, percent, price, quantity, rated, share, with_tax,
};

fn refusal(input: &DocumentInput) -> TotalsError {
    calculate(input, &TotalsPolicy::for_currency(input.currency)).unwrap_err()
}

fn sample() -> DocumentInput {
    document("SAR", vec![line("1", "10", "15"), line("2", "5", "15")])
}

#[test]
fn a_price_must_be_for_something_and_not_below_zero() {
    for base in ["0", "-1"] {
        let mut input = sample();
        input.lines[1].base_quantity = quantity(base);
        let expected = TotalsError::BaseQuantityNotPositive { line: 1 };
        assert_eq!(refusal(&input), expected);
    }
    let mut input = sample();
    input.lines[1].unit_price = price("-0.01");
    assert_eq!(refusal(&input), TotalsError::NegativePrice { line: 1 });
    let mut input = sample();
    input.lines[0].gross_price = Some(price("-0.01"));
    assert_eq!(refusal(&input), TotalsError::NegativePrice { line: 0 });
}

#[test]
fn a_stated_price_discount_must_hold_exactly() {
    for (gross, discount, holds) in [
        (Some("12"), Some("2"), true),
        (Some("12"), Some("1.999999"), false),
        (Some("12"), None, true),
        (None, Some("2"), false),
    ] {
        let mut input = sample();
        input.lines[0].gross_price = gross.map(price);
        input.lines[0].price_discount = discount.map(price);
        let result = calculate(&input, &TotalsPolicy::for_currency(input.currency));
        assert_eq!(result.is_ok(), holds, "{gross:?} {discount:?}");
        if !holds {
            let expected = TotalsError::PriceDiscountMismatch { line: 0 };
            assert_eq!(result.unwrap_err(), expected);
        }
    }
}

#[test]
fn a_percentage_is_never_negative_and_no_allowance_exceeds_the_whole() {
    for (value, allowance, charge) in
        [("-1", false, false), ("100", true, true), ("101", false, true)]
    {
        let mut input = sample();
        input.allowances.push(share(value, None));
        let place = Place::Allowance { index: 0 };
        let policy = TotalsPolicy::for_currency(input.currency);
        let result = calculate(&input, &policy).map(|_| ());
        let expected =
            if allowance { Ok(()) } else { Err(TotalsError::PercentOutOfRange { place }) };
        assert_eq!(result, expected, "{value}");
        let mut input = sample();
        input.lines[1].charges.push(Adjustment::percent(percent(value)));
        let place = Place::LineCharge { line: 1, index: 0 };
        let result = calculate(&input, &policy).map(|_| ());
        let expected = if charge { Ok(()) } else { Err(TotalsError::PercentOutOfRange { place }) };
        assert_eq!(result, expected, "{value}");
    }
}

#[test]
fn every_amount_must_be_in_the_documents_currency() {
    let mut input = sample();
    input.prepaid = money("1", "USD");
    let place = Place::Prepaid;
    assert_eq!(refusal(&input), TotalsError::CurrencyMismatch { place });
    let mut input = sample();
    input.lines[1].allowances.push(Adjustment::amount(money("1", "USD")));
    let place = Place::LineAllowance { line: 1, index: 0 };
    assert_eq!(refusal(&input), TotalsError::CurrencyMismatch { place });
}

#[test]
fn amounts_beyond_the_range_of_money_are_refused() {
    let most = quantity("1000000000000");
    let mut input = sample();
    input.lines[0].quantity = most;
    input.lines[0].unit_price = price("1000000000000");
    let place = Place::Line { line: 0 };
    assert_eq!(refusal(&input), TotalsError::Overflow { place });
    input.lines[0].base_quantity = most;
    assert!(calculate(&input, &TotalsPolicy::for_currency(input.currency)).is_ok());
    let full = line("6", "1000000000000", "15");
    let input = document("SAR", vec![full.clone(), full]);
    let place = Place::Document;
    assert_eq!(refusal(&input), TotalsError::Overflow { place });
}

#[test]
fn an_adjustment_without_tax_needs_lines_that_come_to_something() {
    let mut input = document("SAR", vec![line("0", "10", "15")]);
    input.charges.push(amount(money("1", "SAR"), None));
    let place = Place::Charge { index: 0 };
    assert_eq!(refusal(&input), TotalsError::CannotSpread { place });
    input.charges[0].tax = Some(rated("15"));
    let totals = calculate(&input, &TotalsPolicy::for_currency(input.currency)).unwrap();
    assert_eq!(totals.payable.amount(), "1.15");
}

#[test]
fn fewer_decimals_than_the_currency_has_are_kept_everywhere() {
    let input = document("KWD", vec![line("3", "1.2345", "5")]);
    let policy = TotalsPolicy::for_currency(input.currency).with_decimals(2);
    let totals = calculate(&input, &policy).unwrap();
    assert_eq!(totals.payable.amount(), "3.890");
    let mut precise = input.clone();
    precise.prepaid = money("0.001", "KWD");
    let place = Place::Prepaid;
    let expected = Err(TotalsError::TooPrecise { place });
    assert_eq!(calculate(&precise, &policy), expected);
    let policy = policy.with_decimals(4);
    assert_eq!(calculate(&input, &policy), Err(TotalsError::DecimalsUnsupported));
}

/// The last three are row P-09 of the rules.
#[test]
fn a_smallest_coin_rounds_only_what_is_due() {
    for (unit_price, rounding, payable) in [
        ("10.02", "-0.02", "10.00"),
        ("10.03", "0.02", "10.05"),
        ("10.05", "0.00", "10.05"),
        ("10.01", "-0.01", "10.00"),
        ("10.09", "0.01", "10.10"),
        ("20.18", "0.02", "20.20"),
    ] {
        let mut input = document("CHF", vec![line("1", unit_price, "0")]);
        input.cash_increment = Some(money("0.05", "CHF"));
        let totals = calculate(&input, &TotalsPolicy::for_currency(input.currency)).unwrap();
        assert_eq!(totals.rounding.amount(), rounding, "{unit_price}");
        assert_eq!(totals.payable.amount(), payable, "{unit_price}");
        assert_eq!(totals.tax_inclusive.amount(), unit_price);
    }
    let mut input = sample();
    input.cash_increment = Some(money("0", "SAR"));
    assert_eq!(refusal(&input), TotalsError::CashIncrementNotPositive);
    input.cash_increment = Some(money("0.05", "SAR"));
    input.rounding = money("0.01", "SAR");
    assert_eq!(refusal(&input), TotalsError::RoundingGivenTwice);
}

#[test]
fn tax_per_line_and_per_group_differ_as_the_rules_say() {
    let input = document("EUR", vec![line("1", "50", "19"), line("1", "50", "19")]);
    let group = TotalsPolicy::for_currency(currency("EUR"));
    let single = group.with_tax_rounding(TaxRounding::PerLine);
    let inclusive = with_tax(input);
    assert_eq!(calculate(&inclusive, &group).unwrap().tax.amount(), "15.97");
    assert_eq!(calculate(&inclusive, &single).unwrap().tax.amount(), "15.96");
}

#[test]
fn a_document_without_lines_comes_to_nothing() {
    let input = document("SAR", Vec::new());
    let totals = calculate(&input, &TotalsPolicy::for_currency(input.currency)).unwrap();
    assert!(totals.payable.is_zero() && totals.tax_groups.is_empty());
    assert_eq!(Quantity::ONE, line("1", "1", "5").base_quantity);
}
