//! Every official document of the case file, to the last unit.

use gaara_invoicing::totals::{
    Adjustment, AdjustmentValue, DocumentAdjustment, DocumentInput, LineInput, Tax, TaxRounding,
    Totals, TotalsPolicy, calculate,
};
use gaara_kernel::{Currency, Money};
use serde_json::{Value, json};

use crate::build::{currency, money, percent, price, quantity, tax};

const CASES: &str = include_str!("../../vectors/en16931.json");

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn value_of(adjustment: &Value, code: &str) -> AdjustmentValue {
    match text(adjustment, "amount") {
        Some(amount) => AdjustmentValue::Amount(money(amount, code)),
        None => AdjustmentValue::Percent {
            percent: percent(text(adjustment, "percent").unwrap()),
            base: text(adjustment, "base").map(|base| money(base, code)),
        },
    }
}

fn tax_of(value: &Value) -> Tax {
    let rate = text(value, "rate").unwrap_or("0");
    tax(text(value, "category").unwrap(), rate)
}

fn line_of(line: &Value, code: &str) -> LineInput {
    let adjustments = |key| {
        list(line, key)
            .iter()
            .map(|adjustment| Adjustment { value: value_of(adjustment, code) })
            .collect()
    };
    LineInput {
        quantity: quantity(text(line, "quantity").unwrap()),
        unit_price: price(text(line, "price").unwrap()),
        base_quantity: quantity(text(line, "price_base_quantity").unwrap_or("1")),
        gross_price: text(line, "gross_price").map(price),
        price_discount: text(line, "price_discount").map(price),
        allowances: adjustments("allowances"),
        charges: adjustments("charges"),
        tax: tax_of(line),
    }
}

fn document_of(input: &Value) -> DocumentInput {
    let code = text(input, "currency").unwrap();
    let adjustments = |key| {
        list(input, key)
            .iter()
            .map(|adjustment| DocumentAdjustment {
                value: value_of(adjustment, code),
                tax: Some(tax_of(adjustment)),
            })
            .collect()
    };
    DocumentInput {
        currency: currency(code),
        prices_include_tax: false,
        lines: list(input, "lines").iter().map(|line| line_of(line, code)).collect(),
        allowances: adjustments("allowances"),
        charges: adjustments("charges"),
        prepaid: money(text(input, "prepaid").unwrap_or("0"), code),
        rounding: money(text(input, "rounding").unwrap_or("0"), code),
        cash_increment: None,
    }
}

fn policy_of(policy: &Value, currency: Currency) -> TotalsPolicy {
    assert_eq!(text(policy, "rounding"), Some("half-away-from-zero"));
    let decimals = policy.get("decimals").and_then(Value::as_u64).unwrap();
    TotalsPolicy::for_currency(currency)
        .with_decimals(u32::try_from(decimals).unwrap())
        .with_tax_rounding(match text(policy, "vat_rounding") {
            Some("line") => TaxRounding::PerLine,
            Some("category") => TaxRounding::PerGroup,
            other => panic!("{other:?}"),
        })
}

/// The totals in the shape of the case file.
fn shown(totals: &Totals, expected: &Value) -> Value {
    let lines: Vec<Value> = list(expected, "lines")
        .iter()
        .zip(&totals.lines)
        .map(|(line, totals)| json!({"id": line["id"], "net": totals.net.amount()}))
        .collect();
    assert_eq!(lines.len(), totals.lines.len());
    let breakdown: Vec<Value> = totals
        .tax_groups
        .iter()
        .map(|group| {
            let category = group.tax.category().code();
            let rate = (category != "O").then(|| group.tax.rate().to_string());
            json!({"category": category, "rate": rate,
                   "taxable": group.taxable.amount(), "tax": group.tax_amount.amount()})
        })
        .collect();
    json!({"lines": lines, "breakdown": breakdown,
           "sum_lines": totals.lines_net.amount(),
           "allowance_total": totals.allowances.amount(),
           "charge_total": totals.charges.amount(),
           "tax_exclusive": totals.tax_exclusive.amount(),
           "tax_total": totals.tax.amount(),
           "tax_inclusive": totals.tax_inclusive.amount(),
           "prepaid": totals.prepaid.amount(),
           "rounding": totals.rounding.amount(),
           "payable": totals.payable.amount()})
}

#[test]
fn every_official_document_is_reproduced_exactly() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    assert_eq!(cases.len(), 27);
    let mut wrong = Vec::new();
    for case in &cases {
        let document = document_of(&case["input"]);
        let policy = policy_of(&case["policy"], document.currency);
        let expected = &case["expected"];
        let id = text(case, "id").unwrap();
        match calculate(&document, &policy) {
            Ok(totals) if shown(&totals, expected) == *expected => {}
            Ok(totals) => wrong.push(format!("{id}: {} not {expected}", shown(&totals, expected))),
            Err(error) => wrong.push(format!("{id}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_lines_of_every_official_document_show_all_of_its_tax() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    for case in &cases {
        let document = document_of(&case["input"]);
        if !document.allowances.is_empty() || !document.charges.is_empty() {
            continue;
        }
        let policy = policy_of(&case["policy"], document.currency);
        let totals = calculate(&document, &policy).unwrap();
        let shown = totals.lines.iter().map(|line| line.tax_amount);
        let sum = shown.fold(Money::zero(document.currency), |sum, tax| sum.plus(tax).unwrap());
        assert_eq!(sum, totals.tax, "{}", case["id"]);
    }
}
