//! Short ways to write a document down.

use gaara_invoicing::totals::{
    Adjustment, AdjustmentValue, DocumentAdjustment, DocumentInput, LineInput, Tax, TaxCategory,
    Totals,
};
use gaara_kernel::{Currency, Money, Percent, Quantity, UnitPrice};

pub(crate) fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

pub(crate) fn money(text: &str, code: &str) -> Money {
    Money::parse(text, currency(code)).unwrap()
}

pub(crate) fn percent(text: &str) -> Percent {
    Percent::parse(text).unwrap()
}

pub(crate) fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

pub(crate) fn price(text: &str) -> UnitPrice {
    UnitPrice::parse(text).unwrap()
}

pub(crate) fn tax(category: &str, rate: &str) -> Tax {
    Tax::try_new(TaxCategory::parse(category).unwrap(), percent(rate)).unwrap()
}

/// The standard category at a rate, or the zero rate.
pub(crate) fn rated(rate: &str) -> Tax {
    tax(if rate == "0" { "Z" } else { "S" }, rate)
}

pub(crate) fn line(count: &str, unit_price: &str, rate: &str) -> LineInput {
    LineInput::new(quantity(count), price(unit_price), rated(rate))
}

pub(crate) fn off(mut line: LineInput, share: &str) -> LineInput {
    line.allowances.push(Adjustment::percent(percent(share)));
    line
}

pub(crate) fn document(code: &str, lines: Vec<LineInput>) -> DocumentInput {
    DocumentInput::new(currency(code), lines)
}

pub(crate) fn with_tax(mut document: DocumentInput) -> DocumentInput {
    document.prices_include_tax = true;
    document
}

pub(crate) fn amount(value: Money, tax: Option<Tax>) -> DocumentAdjustment {
    DocumentAdjustment { value: AdjustmentValue::Amount(value), tax }
}

pub(crate) fn share(value: &str, tax: Option<Tax>) -> DocumentAdjustment {
    DocumentAdjustment {
        value: AdjustmentValue::Percent { percent: percent(value), base: None },
        tax,
    }
}

/// Before tax, tax, with tax: as the rules state their examples.
pub(crate) fn three(totals: &Totals) -> [String; 3] {
    [totals.tax_exclusive, totals.tax, totals.tax_inclusive].map(Money::amount)
}

pub(crate) fn nets(totals: &Totals) -> Vec<String> {
    totals.lines.iter().map(|line| line.net.amount()).collect()
}
