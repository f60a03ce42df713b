//! Two thousand random documents, computed a second time in plain fractions.

use std::collections::BTreeMap;

use gaara_invoicing::totals::{
    Adjustment, AdjustmentValue, DocumentAdjustment, DocumentInput, LineInput, Tax, TaxRounding,
    Totals, TotalsPolicy, calculate,
};
use gaara_kernel::{Money, Percent, Quantity, UnitPrice};

use crate::build::{currency, tax};
use crate::rational::{Ratio, millionths, whole};

/// A small generator with a fixed start, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 >> 1).unwrap() % sides
    }

    fn money(&mut self, code: &str, sides: i64) -> Money {
        Money::from_minor(self.roll(sides), currency(code)).unwrap()
    }

    fn value(&mut self, code: &str) -> AdjustmentValue {
        if self.roll(2) == 0 {
            return AdjustmentValue::Amount(self.money(code, 500));
        }
        let percent = Percent::from_millionths(self.roll(1_000) * 50_000).unwrap();
        let base = (self.roll(3) == 0).then(|| self.money(code, 20_000));
        AdjustmentValue::Percent { percent, base }
    }

    fn tax(&mut self) -> Tax {
        let taxes = [("S", "15"), ("S", "5.5"), ("S", "19"), ("Z", "0"), ("E", "0"), ("L", "7")];
        let (category, rate) = taxes[usize::try_from(self.roll(6)).unwrap()];
        tax(category, rate)
    }

    fn line(&mut self, code: &str) -> LineInput {
        let sign = if self.roll(6) == 0 { -1 } else { 1 };
        let quantity = sign * (1 + self.roll(40)) * [1_000_000, 500_000, 1_000][self.index(3)];
        let price = self.roll(30_000) * [10_000, 1_000, 1][self.index(3)];
        let mut line = LineInput::new(
            Quantity::from_millionths(quantity).unwrap(),
            UnitPrice::from_millionths(price).unwrap(),
            self.tax(),
        );
        line.base_quantity = Quantity::from_millionths((1 + self.roll(12)) * 1_000_000).unwrap();
        for _ in 0..self.roll(2) {
            line.allowances.push(Adjustment { value: self.value(code) });
        }
        for _ in 0..self.roll(2) {
            line.charges.push(Adjustment { value: self.value(code) });
        }
        line
    }

    fn adjustment(&mut self, code: &str) -> DocumentAdjustment {
        let tax = (self.roll(2) == 0).then(|| self.tax());
        DocumentAdjustment { value: self.value(code), tax }
    }

    fn index(&mut self, sides: i64) -> usize {
        usize::try_from(self.roll(sides)).unwrap()
    }

    fn document(&mut self) -> DocumentInput {
        let code = ["JPY", "SAR", "KWD"][self.index(3)];
        let lines = (0..=self.roll(8)).map(|_| self.line(code)).collect();
        let mut document = DocumentInput::new(currency(code), lines);
        document.prices_include_tax = self.roll(2) == 0;
        document.allowances = (0..self.roll(3)).map(|_| self.adjustment(code)).collect();
        document.charges = (0..self.roll(3)).map(|_| self.adjustment(code)).collect();
        document.prepaid = self.money(code, 300);
        document.rounding = self.money(code, 3);
        if self.roll(3) == 0 {
            let coin = [5, 10, 25, 100][self.index(4)];
            document.cash_increment = Some(Money::from_minor(coin, currency(code)).unwrap());
            document.rounding = Money::zero(currency(code));
        }
        document
    }
}

fn units(money: Money) -> i128 {
    i128::from(money.minor())
}

fn worth(value: AdjustmentValue, base_default: i128) -> i128 {
    match value {
        AdjustmentValue::Amount(amount) => units(amount),
        AdjustmentValue::Percent { percent, base } => {
            let base = whole(base.map_or(base_default, units));
            (base * millionths(percent.as_millionths()) / whole(100)).nearest()
        }
    }
}

/// Gross, allowances and charges of a line.
fn price(line: &LineInput, decimals: u32) -> [i128; 3] {
    let gross = millionths(line.unit_price.as_millionths())
        * millionths(line.quantity.as_millionths())
        / millionths(line.base_quantity.as_millionths())
        * whole(10_i128.pow(decimals));
    let gross = gross.nearest();
    let sum = |adjustments: &[Adjustment]| adjustments.iter().map(|a| worth(a.value, gross)).sum();
    [gross, sum(&line.allowances), sum(&line.charges)]
}

/// The largest remainder by handing out one unit after the other.
fn hand_out(total: i128, weights: &[i128]) -> Vec<i128> {
    let sum: i128 = weights.iter().map(|weight| weight.abs()).sum();
    let share = |weight: &i128| whole(total.abs() * weight.abs()) / whole(sum);
    let mut parts: Vec<i128> = weights.iter().map(|w| total.abs() * w.abs() / sum).collect();
    while parts.iter().sum::<i128>() < total.abs() {
        let missing = |index: usize| share(&weights[index]) - whole(parts[index]);
        let mut best = 0;
        for index in 1..parts.len() {
            let lead = missing(index) - missing(best);
            if lead.nearest() > 0 || (lead * whole(1_i128 << 40)).nearest() > 0 {
                best = index;
            }
        }
        parts[best] += 1;
    }
    parts.into_iter().map(|part| part * total.signum()).collect()
}

type Groups = BTreeMap<Tax, Vec<i128>>;

/// Signed amounts as entered, by tax: of the lines, then of the document's adjustments.
fn entered(document: &DocumentInput) -> (Groups, Groups) {
    let (mut lines, mut all) = (Groups::new(), Groups::new());
    for line in &document.lines {
        let [gross, allowances, charges] = price(line, document.currency.exponent());
        let amount = gross - allowances + charges;
        lines.entry(line.tax).or_default().push(amount);
        all.entry(line.tax).or_default().push(amount);
    }
    let sums: Vec<i128> = lines.values().map(|group| group.iter().sum()).collect();
    let total = sums.iter().sum();
    let signs = [(&document.allowances, -1), (&document.charges, 1)];
    for (adjustment, sign) in
        signs.iter().flat_map(|(list, sign)| list.iter().map(move |a| (a, sign)))
    {
        let effect = sign * worth(adjustment.value, total);
        if let Some(tax) = adjustment.tax {
            all.entry(tax).or_default().push(effect);
        } else if effect != 0 {
            for (tax, part) in lines.keys().zip(hand_out(effect, &sums)) {
                all.entry(*tax).or_default().push(part);
            }
        }
    }
    (lines, all)
}

fn tax_of(amount: i128, rate: Ratio, inclusive: bool) -> i128 {
    let whole_price = if inclusive { whole(1) + rate } else { whole(1) };
    (whole(amount) * rate / whole_price).nearest()
}

/// Taxable amount and tax per group.
fn groups_of(
    all: &Groups,
    document: &DocumentInput,
    policy: TotalsPolicy,
) -> Vec<(Tax, [i128; 2])> {
    all.iter()
        .map(|(tax, amounts)| {
            let rate = millionths(tax.rate().as_millionths()) / whole(100);
            let sum: i128 = amounts.iter().sum();
            let own = |amount: &i128| tax_of(*amount, rate, document.prices_include_tax);
            let due = match policy.tax_rounding {
                TaxRounding::PerGroup => own(&sum),
                TaxRounding::PerLine => amounts.iter().map(own).sum(),
            };
            let taxable = if document.prices_include_tax { sum - due } else { sum };
            (*tax, [taxable, due])
        })
        .collect()
}

/// What makes the amount due round: as it was entered, or to the nearest coin.
fn rounding_of(document: &DocumentInput, due: i128) -> i128 {
    document.cash_increment.map_or(units(document.rounding), |coin| {
        let coin = units(coin);
        (whole(due) / whole(coin)).nearest() * coin - due
    })
}

fn check_lines(seed: usize, document: &DocumentInput, totals: &Totals) {
    for (line, shown) in document.lines.iter().zip(&totals.lines) {
        let [gross, allowances, charges] = price(line, document.currency.exponent());
        let parts = [shown.gross, shown.allowances, shown.charges].map(units);
        assert_eq!(parts, [gross, allowances, charges], "{seed}");
        let rate = millionths(line.tax.rate().as_millionths()) / whole(100);
        let amount = whole(gross - allowances + charges);
        let net = if document.prices_include_tax { amount / (whole(1) + rate) } else { amount };
        let bound = if document.prices_include_tax { 2 } else { 0 };
        assert!(whole(units(shown.net)).is_within(net, bound), "{seed}: {shown:?}");
        assert_eq!(units(shown.total), units(shown.net) + units(shown.tax_amount), "{seed}");
    }
}

#[test]
fn two_thousand_random_documents_agree_with_plain_fractions() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut computed = 0;
    for seed in 0..3_000 {
        let document = dice.document();
        let rounding = [TaxRounding::PerGroup, TaxRounding::PerLine][dice.index(2)];
        let policy = TotalsPolicy::for_currency(document.currency).with_tax_rounding(rounding);
        let Ok(totals) = calculate(&document, &policy) else {
            let (lines, _) = entered_lines_only(&document);
            assert!(lines.values().flatten().all(|amount| *amount == 0), "{seed}: {document:?}");
            continue;
        };
        let (lines, all) = entered(&document);
        let groups = groups_of(&all, &document, policy);
        let shown = totals.tax_groups.iter();
        let shown: Vec<_> = shown.map(|g| (g.tax, [g.taxable, g.tax_amount].map(units))).collect();
        assert_eq!(shown, groups, "{seed}: {document:?}");
        let excluding: i128 = groups.iter().map(|(_, [taxable, _])| taxable).sum();
        let due: i128 = groups.iter().map(|(_, [_, due])| due).sum();
        let prepaid = units(document.prepaid);
        let rounding = rounding_of(&document, excluding + due - prepaid);
        assert_eq!(units(totals.rounding), rounding, "{seed}");
        let sums = [totals.tax_exclusive, totals.tax, totals.tax_inclusive, totals.payable];
        let payable = excluding + due - prepaid + rounding;
        assert_eq!(sums.map(units), [excluding, due, excluding + due, payable], "{seed}");
        if !document.prices_include_tax {
            let net: i128 = lines.values().flatten().sum();
            assert_eq!(units(totals.lines_net), net, "{seed}");
        }
        check_lines(seed, &document, &totals);
        computed += 1;
    }
    assert!(computed >= 2_000, "{computed}");
}

fn entered_lines_only(document: &DocumentInput) -> (Groups, Groups) {
    let mut bare = document.clone();
    bare.allowances.clear();
    bare.charges.clear();
    entered(&bare)
}
