//! Rules of cost, by the worked examples.

mod conservation;

use gaara_kernel::{Currency, Id, ProductId, WarehouseId};

use super::*;
use crate::level::Shortage;

fn id<I: Id>(number: u8) -> I {
    I::from_uuid(format!("00000000-0000-7000-8000-0000000000{number:02}").parse().unwrap())
}

fn bucket(currency: &str, method: CostMethod) -> Bucket {
    let key = StockKey { product: id::<ProductId>(1), warehouse: id::<WarehouseId>(1) };
    Bucket::new(StockLevel::empty(key, Currency::parse(currency).unwrap()), method)
}

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

fn price(text: &str) -> UnitPrice {
    UnitPrice::parse(text).unwrap()
}

impl Bucket {
    fn currency(&self) -> Currency {
        Money::currency(self.level.value())
    }

    fn receive_at(&mut self, count: &str, cost: &str) -> Change {
        let cost = worth(quantity(count), price(cost), self.currency()).unwrap();
        self.receive(quantity(count), cost, id(1)).unwrap()
    }
}

/// Runs `in 10 @ 16.83, out 9` and answers the value of each step.
fn run(bucket: &mut Bucket, steps: &str) -> Vec<String> {
    let step = |step: &str| {
        let words: Vec<&str> = step.split(' ').collect();
        match words.as_slice() {
            ["in", count, "@", cost] => bucket.receive_at(count, cost).value,
            ["out", count] => bucket.issue(quantity(count)).unwrap().0.value.negated(),
            ["back", count, "for", amount] => {
                let cost = Money::parse(amount, bucket.currency()).unwrap();
                bucket.receive(quantity(count), cost, id(2)).unwrap().value
            }
            _ => panic!("unknown step {step}"),
        }
    };
    steps.split(", ").map(step).map(Money::amount).collect()
}

/// Id, currency, steps, the value of each step, what is left on hand, and its value.
type Case =
    (&'static str, &'static str, &'static str, &'static [&'static str], &'static str, &'static str);

fn check(method: CostMethod, cases: &[Case]) {
    for (id, currency, steps, values, on_hand, value) in cases {
        let mut bucket = bucket(currency, method);
        assert_eq!(run(&mut bucket, steps), *values, "{id}");
        assert_eq!(bucket.level.on_hand(), quantity(on_hand), "{id}");
        assert_eq!(bucket.level.value().amount(), *value, "{id}");
    }
}

#[test]
fn average_cost_follows_the_worked_examples() {
    let cases: [Case; 6] = [
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
            "M-05",
            "SAR",
            "in 1 @ 13.13, in 1 @ 12.20, out 2, back 2 for 25.33",
            &["13.13", "12.20", "25.33", "25.33"],
            "2",
            "25.33",
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

    check(CostMethod::Average, &cases);
}

#[test]
fn first_in_first_out_follows_the_worked_examples() {
    let cases: [Case; 5] = [
        (
            "F-01",
            "SAR",
            "in 10 @ 10, in 10 @ 20, out 15",
            &["100.00", "200.00", "200.00"],
            "5",
            "100.00",
        ),
        (
            "F-02",
            "SAR",
            "in 4 @ 10, in 2 @ 25, out 3, out 2",
            &["40.00", "50.00", "30.00", "35.00"],
            "1",
            "25.00",
        ),
        (
            "F-03",
            "SAR",
            "in 1 @ 100, in 2 @ 120, out 2, in 3 @ 100, out 2, out 1",
            &["100.00", "240.00", "220.00", "300.00", "220.00", "100.00"],
            "1",
            "100.00",
        ),
        (
            "F-04",
            "SAR",
            "in 10 @ 10, out 10, in 10 @ 20, back 10 for 100.00",
            &["100.00", "100.00", "200.00", "100.00"],
            "20",
            "300.00",
        ),
        (
            "F-06",
            "SAR",
            "in 1 @ 10, in 2 @ 20, in 1 @ 20, in 5 @ 20, out 4",
            &["10.00", "40.00", "20.00", "100.00", "70.00"],
            "5",
            "100.00",
        ),
    ];

    check(CostMethod::Fifo, &cases);
}

#[test]
fn the_averages_of_f_02_on_the_way_are_15_20_and_25() {
    let mut bucket = bucket("SAR", CostMethod::Fifo);
    let mut average = |steps: &str| {
        run(&mut bucket, steps);
        bucket.level.unit_cost().unwrap().to_string()
    };

    assert_eq!(average("in 4 @ 10, in 2 @ 25"), "15");
    assert_eq!(average("out 3"), "20");
    assert_eq!(average("out 2"), "25");
}

#[test]
fn what_came_back_is_the_last_to_leave() {
    let mut bucket = bucket("SAR", CostMethod::Fifo);
    run(&mut bucket, "in 10 @ 10, out 10, in 10 @ 20, back 10 for 100.00");

    assert_eq!(run(&mut bucket, "out 10, out 10"), ["200.00", "100.00"], "F-04");
}

#[test]
fn the_standard_values_the_stock_and_the_rest_is_a_variance() {
    let mut bucket = bucket("SAR", CostMethod::Standard(price("2.5")));

    let change = bucket.receive_at("10", "2.80");

    assert_eq!((change.value.amount(), change.variance.amount()), ("25.00".into(), "3.00".into()));
    assert_eq!(run(&mut bucket, "out 3, out 7"), ["7.50", "17.50"]);
    assert!(bucket.level.value().is_zero());
}

#[test]
fn a_standard_below_the_smallest_coin_never_loses_one() {
    let mut bucket = bucket("SAR", CostMethod::Standard(price("0.004")));
    run(&mut bucket, "in 10 @ 0.004");
    assert_eq!(bucket.level.value().amount(), "0.04");

    for left in (0..10_i64).rev() {
        run(&mut bucket, "out 1");
        let standard = worth(
            Quantity::from_millionths(left * 1_000_000).unwrap(),
            price("0.004"),
            bucket.currency(),
        );
        assert_eq!(bucket.level.value(), standard.unwrap(), "{left} left");
    }
}

#[test]
fn a_new_standard_revalues_what_is_on_hand_against_a_variance() {
    let mut bucket = bucket("SAR", CostMethod::Standard(price("2")));
    run(&mut bucket, "in 10 @ 2");

    let change = bucket.revalue(price("3")).unwrap();

    assert!(change.quantity.is_zero());
    assert_eq!(
        (change.value.amount(), change.variance.amount()),
        ("10.00".into(), "-10.00".into())
    );
    assert_eq!(bucket.level.value().amount(), "30.00");
}

#[test]
fn a_mistake_that_is_undone_leaves_no_trace_in_the_average() {
    let mut bucket = bucket("SAR", CostMethod::Average);
    run(&mut bucket, "in 10 @ 10, in 10 @ 200");

    let (change, _) = bucket.take_back(quantity("10"), amount("2000.00"), id(1)).unwrap();

    assert_eq!(change.value.amount(), "-2000.00");
    assert_eq!(bucket.level.value().amount(), "100.00");
}

#[test]
fn what_the_level_cannot_bear_is_taken_back_at_its_cost() {
    let mut bucket = bucket("SAR", CostMethod::Average);
    run(&mut bucket, "in 10 @ 10, in 10 @ 200, out 10");
    assert_eq!(bucket.level.value().amount(), "1050.00");

    let (change, _) = bucket.take_back(quantity("4"), amount("2000.00"), id(1)).unwrap();
    assert_eq!(change.value.amount(), "-420.00", "more than all of it is worth");

    let (change, _) = bucket.take_back(quantity("6"), amount("60.00"), id(1)).unwrap();
    assert_eq!(change.value.amount(), "-630.00", "the last unit takes the remainder");
    assert!(bucket.level.value().is_zero());
}

fn amount(text: &str) -> Money {
    Money::parse(text, Currency::parse("SAR").unwrap()).unwrap()
}

#[test]
fn taking_back_spends_the_layers_of_that_movement_first() {
    let mut bucket = bucket("SAR", CostMethod::Fifo);
    let second = worth(quantity("10"), price("20"), bucket.currency()).unwrap();
    run(&mut bucket, "in 10 @ 10");
    bucket.receive(quantity("10"), second, id(9)).unwrap();

    let (change, slices) = bucket.take_back(quantity("12"), amount("240.00"), id(9)).unwrap();

    assert_eq!(change.value.amount(), "-220.00");
    assert_eq!(slices.len(), 2);
    assert_eq!(run(&mut bucket, "out 8"), ["80.00"]);
}

#[test]
fn layers_that_were_not_read_are_an_error_and_nothing_changes() {
    let currency = Currency::parse("SAR").unwrap();
    let key = StockKey { product: id(1), warehouse: id(1) };
    let level =
        StockLevel::from_stored(key, quantity("5"), Quantity::ZERO, amount("50.00"), None).unwrap();
    let mut bucket = Bucket::new(level, CostMethod::Fifo);
    let layer = CostLayer {
        sequence: 1,
        key,
        movement: id(1),
        quantity: quantity("3"),
        value: Money::from_minor(3000, currency).unwrap(),
    };
    bucket.add_layer(&layer);

    assert_eq!(bucket.issue(quantity("4")).unwrap_err(), LevelError::LayersMissing);
    assert_eq!(bucket.level, level);
}

#[test]
fn only_layers_that_changed_are_saved() {
    let key = StockKey { product: id(1), warehouse: id(1) };
    let layer = |sequence, count: &str, value: &str| CostLayer {
        sequence,
        key,
        movement: id(1),
        quantity: quantity(count),
        value: amount(value),
    };
    let level =
        StockLevel::from_stored(key, quantity("9"), Quantity::ZERO, amount("90.00"), None).unwrap();
    let mut bucket = Bucket::new(level, CostMethod::Fifo);
    for sequence in 1..=3 {
        bucket.add_layer(&layer(sequence, "3", "30.00"));
    }

    run(&mut bucket, "out 4, in 1 @ 12");

    let mut changes = LayerChanges::default();
    bucket.layer_changes(&mut changes);
    assert_eq!(changes.removed, [1]);
    assert_eq!(changes.reduced, [layer(2, "2", "20.00")]);
    assert_eq!(changes.added.len(), 1);
    assert_eq!(changes.added[0].value.amount(), "12.00");
}

#[test]
fn the_unit_cost_is_derived_for_display_and_remembered_when_nothing_is_left() {
    let mut bucket = bucket("SAR", CostMethod::Average);
    assert_eq!((bucket.level.unit_cost(), bucket.level.last_cost()), (None, None));

    run(&mut bucket, "in 1 @ 100, in 3 @ 200");
    assert_eq!(bucket.level.unit_cost(), Some(price("175")));

    run(&mut bucket, "out 4");
    assert_eq!((bucket.level.unit_cost(), bucket.level.last_cost()), (None, Some(price("175"))));
    assert_eq!(bucket.going_cost(quantity("2")).unwrap().unwrap().amount(), "350.00");
}

#[test]
fn more_than_is_free_is_refused_and_nothing_changes() {
    let mut bucket = bucket("SAR", CostMethod::Average);
    run(&mut bucket, "in 10 @ 2");
    bucket.level.reserve(quantity("7")).unwrap();
    let before = bucket.level;

    let error = bucket.issue(quantity("4")).unwrap_err();

    let shortage =
        Shortage { key: before.key(), requested: quantity("4"), available: quantity("3") };
    assert_eq!(error, LevelError::Insufficient(shortage), "T-03");
    assert_eq!(bucket.level, before);
    assert!(bucket.level.reserve(quantity("3.000001")).is_err());
    assert!(bucket.level.release(quantity("7.000001")).is_err());
    bucket.level.release(quantity("7")).unwrap();
    assert!(bucket.issue(quantity("4")).is_ok());
}

#[test]
fn a_value_beyond_all_bounds_is_refused_and_nothing_changes() {
    let mut bucket = bucket("KWD", CostMethod::Average);
    let cost = worth(quantity("1000000000000"), price("340282366920.938464"), bucket.currency());
    assert_eq!(cost, Err(LevelError::OutOfRange));
    let most = Money::from_minor(1_000_000_000_000_000, bucket.currency()).unwrap();
    bucket.receive(quantity("1"), most, id(1)).unwrap();
    let before = bucket.level;
    assert_eq!(bucket.receive(quantity("1"), most, id(1)), Err(LevelError::OutOfRange));
    assert_eq!(bucket.level, before);
}

#[test]
fn a_stored_level_that_breaks_a_rule_is_not_read() {
    let key = StockKey { product: id(1), warehouse: id(1) };
    let one = amount("0.01");
    let stored = |on_hand, reserved, value, cost: Option<&str>| {
        let last_cost = cost.map(price);
        StockLevel::from_stored(key, quantity(on_hand), quantity(reserved), value, last_cost)
    };

    assert!(stored("1", "1", one, Some("1")).is_some());
    assert!(stored("0", "0", one, None).is_none(), "value without goods");
    assert!(stored("1", "2", one, None).is_none(), "more reserved than on hand");
    assert!(stored("1", "0", one.negated(), None).is_none(), "negative value");
    assert!(stored("1", "0", one, Some("-1")).is_none(), "negative cost");
}
