//! The worked examples of the rules, by their ids.

use gaara_invoicing::totals::{Adjustment, DocumentInput, LineInput, TotalsPolicy, calculate};

use crate::build::{
    amount, document, line, money, nets, off, percent, quantity, rated, share, three, with_tax,
};

fn times(count: usize, line: &LineInput) -> Vec<LineInput> {
    vec![line.clone(); count]
}

fn ones(prices: &[&str], rate: &str) -> Vec<LineInput> {
    prices.iter().map(|price| line("1", price, rate)).collect()
}

fn per(mut line: LineInput, base: &str) -> LineInput {
    line.base_quantity = quantity(base);
    line
}

fn check(id: &str, input: &DocumentInput, line_nets: &[&str], expected: [&str; 3]) {
    let totals = calculate(input, &TotalsPolicy::for_currency(input.currency)).unwrap();
    if !line_nets.is_empty() {
        assert_eq!(nets(&totals), line_nets, "{id}");
    }
    assert_eq!(three(&totals), expected, "{id}");
}

#[test]
fn single_rounding_questions_are_answered_as_the_rules_say() {
    let eur = |lines| document("EUR", lines);
    let one = |count, price, rate| eur(vec![line(count, price, rate)]);
    let x01 = eur(vec![off(line("16", "348.35", "22"), "4")]);
    check("X-01", &x01, &["5350.66"], ["5350.66", "1177.15", "6527.81"]);
    let x02 = ["36.00", "1.98", "37.98"];
    check("X-02 one line", &one("10", "3.60", "5.5"), &["36.00"], x02);
    let ten = eur(times(10, &line("1", "3.60", "5.5")));
    check("X-02 ten lines", &ten, &["3.60"; 10], x02);
    let x03 = eur(ones(&["55.55", "11.11"], "23"));
    check("X-03", &x03, &[], ["66.66", "15.33", "81.99"]);
    let x04 = eur(ones(&["299.33", "179.33", "99.34"], "20"));
    check("X-04", &x04, &[], ["578.00", "115.60", "693.60"]);
    let x05 = one("1.42", "31.25", "21");
    check("X-05", &x05, &["44.38"], ["44.38", "9.32", "53.70"]);
    let x06 = eur(times(6, &off(line("5", "5.75", "21"), "18")));
    check("X-06", &x06, &["23.57"; 6], ["141.42", "29.70", "171.12"]);
    let x14 = one("1", "97.62", "25");
    check("X-14", &x14, &[], ["97.62", "24.41", "122.03"]);
    let x18 = one("1", "82.6446", "21");
    check("X-18", &x18, &["82.64"], ["82.64", "17.35", "99.99"]);
    let x19 = eur(ones(&["0.0035", "0.0035"], "10"));
    check("X-19", &x19, &["0.00", "0.00"], ["0.00", "0.00", "0.00"]);
}

#[test]
fn whole_documents_come_out_as_the_rules_say() {
    let x07 = ["0.333", "0.333", "1.333", "0.267", "0.05"].map(|price| line("25", price, "0"));
    check(
        "X-07",
        &document("EUR", x07.to_vec()),
        &["8.33", "8.33", "33.33", "6.68", "1.25"],
        ["57.92", "0.00", "57.92"],
    );
    let x08 = ["84", "54", "288", "144", "430"].map(|count| line(count, "4.60", "19"));
    let x08 = document("EUR", x08.to_vec());
    check("X-08", &x08, &[], ["4600.00", "874.00", "5474.00"]);
    let mut x09 = document("EUR", ones(&["75", "500", "200", "100", "50", "50"], "24"));
    x09.allowances.push(amount(money("75", "EUR"), None));
    check("X-09", &x09, &[], ["900.00", "216.00", "1116.00"]);
    let mut x12 = vec![
        line("16000", "0.00880", "21"),
        line("16000", "0.00101", "21"),
        per(line("132", "15.24", "21"), "12"),
        line("58", "1.53", "21"),
        per(line("1", "441.00", "21"), "12"),
        per(line("1", "678.00", "21"), "12"),
    ];
    x12.extend(ones(&["83.34", "190.31", "64.21", "64.46"], "21"));
    check(
        "X-12",
        &document("EUR", x12),
        &[
            "140.80", "16.16", "167.64", "88.74", "36.75", "56.50", "83.34", "190.31", "64.21",
            "64.46",
        ],
        ["908.91", "190.87", "1099.78"],
    );
}

#[test]
fn a_returned_line_lowers_its_own_tax_group() {
    let low = [
        ("2", "9.95"),
        ("1", "9.85"),
        ("1", "8.29"),
        ("2", "7.23"),
        ("1", "35.00"),
        ("1", "35.00"),
        ("1", "10.65"),
        ("1", "1.55"),
        ("3", "4.79"),
        ("1", "8.29"),
        ("2", "8.29"),
        ("1", "9.95"),
        ("2", "1.65"),
        ("1", "3.90"),
        ("6", "17.02"),
        ("-6", "18.33"),
    ];
    let high = [("1", "10.80"), ("2", "3.80"), ("2", "4.67"), ("1", "18.63")];
    let mut lines: Vec<LineInput> = low.map(|(count, price)| line(count, price, "6")).to_vec();
    lines.extend(high.map(|(count, price)| line(count, price, "21")));
    let x11 = document("EUR", lines);
    check("X-11", &x11, &[], ["229.60", "20.73", "250.33"]);
    let totals = calculate(&x11, &TotalsPolicy::for_currency(x11.currency)).unwrap();
    let groups: Vec<[String; 2]> = totals
        .tax_groups
        .iter()
        .map(|group| [group.taxable.amount(), group.tax_amount.amount()])
        .collect();
    assert_eq!(groups, [["183.23", "10.99"], ["46.37", "9.74"]], "X-11");
    assert_eq!(totals.lines[15].tax_amount.amount(), "-6.60", "X-11");
}

#[test]
fn a_currency_keeps_its_own_decimals() {
    let x16 = document("JPY", ones(&["9176"], "19"));
    check("X-16", &x16, &["9176"], ["9176", "1743", "10919"]);
    let x17 = vec![line("3", "1.2345", "5"), line("7", "0.333", "5")];
    let x17 = document("KWD", x17);
    check("X-17", &x17, &["3.704", "2.331"], ["6.035", "0.302", "6.337"]);
}

#[test]
fn prices_with_tax_keep_the_sum_the_buyer_sees() {
    let eur = |lines| with_tax(document("EUR", lines));
    let one = |count, price, rate| eur(vec![line(count, price, rate)]);
    check("I-01", &one("1", "124.40", "8"), &[], ["115.19", "9.21", "124.40"]);
    check("I-02", &one("1", "52.50", "12"), &[], ["46.87", "5.63", "52.50"]);
    let i03 = with_tax(document("JPY", ones(&["10920"], "19")));
    check("I-03", &i03, &["9176"], ["9176", "1744", "10920"]);
    let i04_total = ["743.80", "156.20", "900.00"];
    let i04 = eur(vec![off(line("1", "1000", "21"), "10")]);
    check("I-04 on the line", &i04, &["743.80"], i04_total);
    let mut i04 = one("1", "1000", "21");
    i04.allowances.push(share("10", None));
    check("I-04 on the document", &i04, &["826.45"], i04_total);
    let mut i05 = ones(&["43.20"], "6");
    i05.extend(ones(&["2.59", "3.00"], "0"));
    check("I-05", &eur(i05), &["40.75", "2.59", "3.00"], ["46.34", "2.45", "48.79"]);
    let i07 = vec![line("364", "51.78", "6"), line("1", "52.08", "6")];
    check("I-07", &eur(i07), &[], ["17830.19", "1069.81", "18900.00"]);
    check("I-09", &one("100", "50", "14"), &[], ["4385.96", "614.04", "5000.00"]);
    let i11 = eur(ones(&["50", "50"], "19"));
    check("I-11", &i11, &["42.02", "42.01"], ["84.03", "15.97", "100.00"]);
}

#[test]
fn i_08_a_prepaid_amount_lowers_only_what_is_due() {
    let mut priced = off(line("10", "100", "21"), "10");
    priced.charges.push(Adjustment::percent(percent("5")));
    let mut input = with_tax(document("EUR", vec![priced]));
    input.prepaid = money("285", "EUR");
    check("I-08", &input, &["785.12"], ["785.12", "164.88", "950.00"]);
    let totals = calculate(&input, &TotalsPolicy::for_currency(input.currency)).unwrap();
    assert_eq!(totals.payable.amount(), "665.00", "I-08");
}

#[test]
fn l_08_a_document_discount_is_spread_by_the_largest_remainder() {
    let rates = ["1", "2", "3", "4"];
    let prices = ["1.06", "2.06", "3.06", "4.06"];
    let lines = prices.iter().zip(rates).map(|(price, rate)| line("1", price, rate));
    let mut input = document("EUR", lines.collect());
    input.allowances.push(share("10", None));
    let totals = calculate(&input, &TotalsPolicy::for_currency(input.currency)).unwrap();
    let parts = totals.allowance_parts.iter();
    let parts: Vec<_> = parts.map(|part| (part.tax, part.amount.amount())).collect();
    let expected = ["0.11", "0.21", "0.30", "0.40"];
    let expected: Vec<_> = rates.map(rated).into_iter().zip(expected.map(String::from)).collect();
    assert_eq!(parts, expected, "L-08");
    assert_eq!(totals.allowances.amount(), "1.02", "L-08");
}
