//! Laws that hold for every document.

use gaara_invoicing::totals::{
    Adjustment, AdjustmentPart, DocumentInput, LineInput, TaxRounding, Totals, TotalsPolicy,
    calculate,
};
use gaara_kernel::{Money, Percent, Quantity, UnitPrice};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::build::{amount, document, money, rated, share, tax};

fn minor(amounts: impl Iterator<Item = Money>) -> i64 {
    amounts.map(Money::minor).sum()
}

prop_compose! {
    fn any_line()(
        quantity in prop_oneof![1_i64..200_000_000, -50_000_000_i64..0],
        price in 0_i64..500_000_000,
        discount in prop::option::of(0_i64..100_000_000),
        kind in 0_usize..5,
    ) -> LineInput {
        let taxes = [rated("15"), rated("5"), rated("0"), tax("E", "0"), tax("S", "19.6")];
        let mut line = LineInput::new(
            Quantity::from_millionths(quantity).unwrap(),
            UnitPrice::from_millionths(price).unwrap(),
            taxes[kind],
        );
        if let Some(discount) = discount {
            let percent = Percent::from_millionths(discount).unwrap();
            line.allowances.push(Adjustment::percent(percent));
        }
        line
    }
}

prop_compose! {
    fn any_document()(
        lines in vec(any_line(), 1..12),
        discount in prop::option::of(0_u32..100),
        fee in prop::option::of(1_u32..5_000),
        prices_include_tax: bool,
    ) -> DocumentInput {
        let mut input = document("SAR", lines);
        input.prices_include_tax = prices_include_tax;
        if let Some(discount) = discount {
            input.allowances.push(share(&discount.to_string(), None));
        }
        if let Some(fee) = fee {
            input.charges.push(amount(money(&fee.to_string(), "SAR"), Some(rated("15"))));
        }
        input
    }
}

fn policy(input: &DocumentInput, per_line: bool) -> TotalsPolicy {
    let rounding = if per_line { TaxRounding::PerLine } else { TaxRounding::PerGroup };
    TotalsPolicy::for_currency(input.currency).with_tax_rounding(rounding)
}

/// Groups whose lines come to something show all of the group's tax on them.
fn tax_on_lines(input: &DocumentInput, totals: &Totals) -> Vec<(i64, i64)> {
    let lines = || input.lines.iter().zip(&totals.lines);
    let of = |tax| lines().filter(move |(line, _)| line.tax == tax).map(|(_, shown)| shown);
    let groups = totals.tax_groups.iter();
    groups
        .filter(|group| of(group.tax).any(|line| !line.net.is_zero()))
        .map(|group| {
            let shown = minor(of(group.tax).map(|line| line.tax_amount));
            (shown, group.tax_amount.minor())
        })
        .collect()
}

proptest! {
    #[test]
    fn parts_add_up_to_their_wholes(input in any_document(), per_line: bool) {
        let Ok(totals) = calculate(&input, &policy(&input, per_line)) else {
            return Err(TestCaseError::reject("nothing to spread over"));
        };
        let parts = |parts: &[AdjustmentPart]| minor(parts.iter().map(|part| part.amount));
        prop_assert_eq!(minor(totals.lines.iter().map(|line| line.net)), totals.lines_net.minor());
        prop_assert_eq!(parts(&totals.allowance_parts), totals.allowances.minor());
        prop_assert_eq!(parts(&totals.charge_parts), totals.charges.minor());
        let lines_net = totals.lines_net.minor();
        let exclusive = lines_net - totals.allowances.minor() + totals.charges.minor();
        prop_assert_eq!(exclusive, totals.tax_exclusive.minor());
        let groups = || totals.tax_groups.iter();
        prop_assert_eq!(minor(groups().map(|group| group.taxable)), exclusive);
        prop_assert_eq!(minor(groups().map(|group| group.tax_amount)), totals.tax.minor());
        prop_assert_eq!(exclusive + totals.tax.minor(), totals.tax_inclusive.minor());
        prop_assert!(totals.tax_groups.is_sorted_by_key(|group| group.tax));
    }

    #[test]
    fn lines_show_all_of_the_tax(input in any_document()) {
        let Ok(totals) = calculate(&input, &policy(&input, false)) else {
            return Err(TestCaseError::reject("nothing to spread over"));
        };
        for (shown, due) in tax_on_lines(&input, &totals) {
            prop_assert_eq!(shown, due);
        }
    }

    #[test]
    fn prices_with_tax_add_up_to_what_the_buyer_sees(lines in vec(any_line(), 1..12), per_line: bool) {
        let mut input = document("SAR", lines);
        let shelf = calculate(&input, &policy(&input, per_line)).unwrap().lines_net;
        input.prices_include_tax = true;
        let totals = calculate(&input, &policy(&input, per_line)).unwrap();
        prop_assert_eq!(totals.tax_inclusive, shelf);
        for line in &totals.lines {
            let entered = line.gross.minor() - line.allowances.minor() + line.charges.minor();
            prop_assert_eq!(line.total.minor(), entered);
        }
    }

    #[test]
    fn the_opposite_quantities_give_the_opposite_totals(lines in vec(any_line(), 1..12)) {
        let input = document("SAR", lines);
        let mut opposite = input.clone();
        for line in &mut opposite.lines {
            line.quantity = line.quantity.negated();
        }
        let there = calculate(&input, &policy(&input, false)).unwrap();
        let back = calculate(&opposite, &policy(&input, false)).unwrap();
        prop_assert_eq!(there.tax.negated(), back.tax);
        prop_assert_eq!(there.payable.negated(), back.payable);
    }

    #[test]
    fn splitting_an_exact_line_keeps_its_group(
        first in 1_i64..10_000,
        second in 1_i64..10_000,
        minor_price in 0_i64..100_000,
        prices_include_tax: bool,
    ) {
        let line = |count: i64| LineInput::new(
            Quantity::from_millionths(count * 1_000_000).unwrap(),
            UnitPrice::from_millionths(minor_price * 10_000).unwrap(),
            rated("15"),
        );
        let mut one = document("SAR", vec![line(first + second)]);
        let mut two = document("SAR", vec![line(first), line(second)]);
        one.prices_include_tax = prices_include_tax;
        two.prices_include_tax = prices_include_tax;
        let one = calculate(&one, &policy(&one, false)).unwrap();
        let two = calculate(&two, &policy(&two, false)).unwrap();
        prop_assert_eq!(one.tax_groups, two.tax_groups);
        prop_assert_eq!(one.payable, two.payable);
    }
}
