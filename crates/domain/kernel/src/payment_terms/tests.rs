//! Due dates and instalments.

use super::*;
use crate::calendar::parse_date;
use crate::currency::Currency;

fn parts(list: &[(&str, u16)]) -> Vec<Instalment> {
    let part = |(percent, net_days): &(&str, u16)| Instalment {
        percent: Percent::parse(percent).unwrap(),
        net_days: *net_days,
    };
    list.iter().map(part).collect()
}

fn amounts(terms: &PaymentTerms, minor: i64) -> Vec<i64> {
    let total = Money::from_minor(minor, Currency::parse("EUR").unwrap()).unwrap();
    let split = terms.split(total, parse_date("2026-01-01").unwrap()).unwrap();
    split.iter().map(|part| part.amount.minor()).collect()
}

/// Row P-07 of the rules.
#[test]
fn p_07_net_days_count_calendar_days() {
    for (from, due) in [("2022-01-31", "2022-03-02"), ("2022-01-15", "2022-02-14")] {
        let terms = PaymentTerms::net(30);
        assert_eq!(terms.due_date(parse_date(from).unwrap()).to_string(), due);
    }
}

/// Row P-08 of the rules.
#[test]
fn p_08_the_last_instalment_takes_the_remainder() {
    let terms = PaymentTerms::in_instalments(parts(&[("50", 0), ("50", 30)])).unwrap();

    assert_eq!(amounts(&terms, 86_835), [43_418, 43_417]);
    let issued = parse_date("2022-01-31").unwrap();
    let total = Money::from_minor(86_835, Currency::parse("EUR").unwrap()).unwrap();
    let dates = terms.split(total, issued).unwrap().into_iter().map(|part| part.due_date);
    let dates: Vec<String> = dates.map(|date| date.to_string()).collect();
    assert_eq!(dates, ["2022-01-31", "2022-03-02"]);
    assert_eq!(terms.due_date(issued).to_string(), "2022-03-02");
}

#[test]
fn a_whole_that_is_due_on_one_day_is_one_part() {
    assert_eq!(amounts(&PaymentTerms::net(30), 101), [101]);
    assert!(PaymentTerms::net(30).instalments().is_empty());
    assert_eq!(PaymentTerms::net(u16::MAX).net_days(), PaymentTerms::NET_DAYS_MAX);
}

#[test]
fn instalments_that_are_no_terms_are_refused() {
    let of = |list: &[(&str, u16)]| PaymentTerms::in_instalments(parts(list)).unwrap_err();
    let sum = Percent::parse("99.999999").unwrap();
    assert_eq!(of(&[]), PaymentTermsError::Count);
    assert_eq!(of(&[("50", 0), ("49.999999", 1)]), PaymentTermsError::NotWhole { sum });
    assert_eq!(of(&[("100", 0), ("0", 1)]), PaymentTermsError::NotPositive { index: 1 });
    assert_eq!(of(&[("-1", 0), ("101", 1)]), PaymentTermsError::NotPositive { index: 0 });
    assert_eq!(of(&[("50", 3), ("50", 3)]), PaymentTermsError::OutOfOrder { index: 1 });
    assert_eq!(of(&[("50", 3), ("50", 3651)]), PaymentTermsError::TooLate { index: 1 });
    let many: Vec<(&str, u16)> = (0..37).map(|day| ("1", day)).collect();
    assert_eq!(of(&many), PaymentTermsError::Count);
}

proptest::proptest! {
    #[test]
    fn instalments_add_up_and_keep_the_sign(
        minor in -1_000_000_i64..1_000_000,
        cuts in proptest::collection::btree_set(1_i64..100_000_000, 0..20),
    ) {
        let ends = cuts.iter().copied().chain([100_000_000]);
        let mut from = 0;
        let list: Vec<Instalment> = (0_u16..).zip(ends).map(|(net_days, to)| {
            let percent = Percent::from_millionths(to - from).unwrap();
            from = to;
            Instalment { percent, net_days }
        }).collect();
        let terms = PaymentTerms::in_instalments(list).unwrap();

        let amounts = amounts(&terms, minor);
        proptest::prop_assert_eq!(amounts.iter().sum::<i64>(), minor);
        proptest::prop_assert!(amounts.iter().all(|part| part * minor.signum() >= 0));
    }
}
