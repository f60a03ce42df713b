//! Rules of a stock level, by the worked examples of average cost.

use gaara_kernel::Id;
use proptest::prelude::*;

use super::*;

fn level(currency: &str) -> StockLevel {
    let nil = "00000000-0000-7000-8000-000000000000".parse().unwrap();
    let key =
        StockKey { product: ProductId::from_uuid(nil), warehouse: WarehouseId::from_uuid(nil) };
    StockLevel::empty(key, Currency::parse(currency).unwrap())
}

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

/// Runs `in 10 @ 16.83, out 9` and answers the value of each step.
fn run(level: &mut StockLevel, steps: &str) -> Vec<String> {
    steps
        .split(", ")
        .map(|step| {
            let words: Vec<&str> = step.split(' ').collect();
            match words.as_slice() {
                ["in", count, "@", cost] => {
                    level.receive(quantity(count), UnitPrice::parse(cost).unwrap()).unwrap()
                }
                ["out", count] => level.issue(quantity(count)).unwrap(),
                _ => panic!("unknown step {step}"),
            }
            .amount()
        })
        .collect()
}

/// Id, currency, steps, the value of each step, what is left on hand, and its value.
type Case =
    (&'static str, &'static str, &'static str, &'static [&'static str], &'static str, &'static str);

#[test]
fn average_cost_follows_the_worked_examples() {
    let cases: [Case; 5] = [
        (
            "M-01",
            "SAR",
            "in 10 @ 10, in 10 @ 20, out 15",
            &["100.00", "200.00", "225.00"],
            "5",
            "75.00",
        ),
        (
            "M-02",
            "SAR",
            "in 1 @ 1.00, in 1 @ 1.00, in 1 @ 1.01, out 3",
            &["1.00", "1.00", "1.01", "3.01"],
            "0",
            "0.00",
        ),
        (
            "M-04",
            "SAR",
            "in 10 @ 16.83, in 10 @ 20, out 10, out 9, out 1",
            &["168.30", "200.00", "184.15", "165.74", "18.41"],
            "0",
            "0.00",
        ),
        (
            "M-06",
            "SAR",
            "in 1 @ 100, in 1 @ 200, in 1 @ 200, in 1 @ 200",
            &["100.00", "200.00", "200.00", "200.00"],
            "4",
            "700.00",
        ),
        ("M-07", "JPY", "in 10 @ 1.46, out 10", &["15", "15"], "0", "0"),
    ];

    for (id, currency, steps, values, on_hand, value) in cases {
        let mut level = level(currency);
        assert_eq!(run(&mut level, steps), values, "{id}");
        assert_eq!(level.on_hand(), quantity(on_hand), "{id}");
        assert_eq!(level.value().amount(), value, "{id}");
    }
}

#[test]
fn the_unit_cost_is_derived_for_display() {
    let mut level = level("SAR");
    assert_eq!(level.unit_cost(), None);
    run(&mut level, "in 1 @ 100, in 3 @ 200");
    assert_eq!(level.unit_cost().unwrap().to_string(), "175");
}

#[test]
fn more_than_is_free_is_refused_and_nothing_changes() {
    let mut level = level("SAR");
    run(&mut level, "in 10 @ 2");
    let before = level;

    let error = level.issue(quantity("10.000001")).unwrap_err();

    let LevelError::Insufficient(shortage) = error else { panic!("{error:?}") };
    assert_eq!(shortage.available, quantity("10"));
    assert_eq!(level, before);
}

#[test]
fn a_value_beyond_all_bounds_is_refused_and_nothing_changes() {
    let mut level = level("KWD");
    let cost = UnitPrice::parse("340282366920.938464").unwrap();
    assert_eq!(level.receive(quantity("1000000000000"), cost), Err(LevelError::OutOfRange));
    assert!(level.on_hand().is_zero() && level.value().is_zero());
}

#[test]
fn a_stored_level_that_breaks_a_rule_is_not_read() {
    let empty = level("SAR");
    let one = Money::from_minor(1, empty.value().currency()).unwrap();
    let stored = |on_hand, reserved, value| {
        StockLevel::from_stored(empty.key(), quantity(on_hand), quantity(reserved), value)
    };

    assert!(stored("1", "1", one).is_some());
    assert!(stored("0", "0", one).is_none(), "value without goods");
    assert!(stored("1", "2", one).is_none(), "more reserved than on hand");
    assert!(stored("1", "0", one.negated()).is_none(), "negative value");
}

proptest! {
    #[test]
    fn what_went_in_comes_out_to_the_last_unit(
        receipts in prop::collection::vec((1_i64..1_000_000_000, 0_i64..5_000_000_000), 1..20),
        cuts in prop::collection::vec(1_i64..1_000_000_000, 0..20),
    ) {
        let mut level = level("SAR");
        let mut received = 0;
        for (quantity, cost) in receipts {
            let quantity = Quantity::from_millionths(quantity).unwrap();
            let cost = UnitPrice::from_millionths(cost).unwrap();
            received += level.receive(quantity, cost).unwrap().minor();
        }
        let mut issued = 0;
        for cut in cuts {
            let quantity = Quantity::from_millionths(cut).unwrap().min(level.on_hand());
            issued += level.issue(quantity).unwrap().minor();
            prop_assert!(!level.value().is_negative());
        }
        let rest = level.on_hand();
        issued += level.issue(rest).unwrap().minor();

        prop_assert_eq!(issued, received);
        prop_assert!(level.value().is_zero() && level.on_hand().is_zero());
    }
}
