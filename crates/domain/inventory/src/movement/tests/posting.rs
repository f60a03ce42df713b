//! What each kind of movement does, and what it refuses.

use gaara_kernel::{Currency, Money};

use super::super::MovementKind::{
    Adjustment, Issue, Receipt, Revaluation, SupplierReturn, Transfer,
};
use super::floor::{Floor, TODAY, Written, date, id, quantity, values, variances, written};
use crate::bucket::CostMethod;
use crate::level::{Shortage, StockKey};
use crate::movement::{DatedShortage, MovementContent, MovementKind, PostError};

fn floor() -> Floor {
    Floor::new(CostMethod::Average)
}

/// A floor with ten pieces of product 1 at 2.00 in warehouse 1.
fn stocked(method: CostMethod) -> Floor {
    let mut floor = Floor::new(method);
    floor.post(written(Receipt, "1 10 @ 2")).unwrap();
    floor
}

fn refused(written: Written) -> PostError {
    stocked(CostMethod::Average).post(written).unwrap_err()
}

#[test]
fn a_receipt_adds_quantity_and_value_at_the_price_of_its_own_unit() {
    let mut floor = floor();
    let mut cartons = written(Receipt, "1 1.5 @ 19.90");
    cartons.content.lines[0].base_quantity = quantity("36");

    let posted = floor.post(cartons).unwrap();

    assert_eq!(values(&posted), ["29.85"], "U-07");
    assert_eq!(floor.level(1, 1), "36 / 29.85");
}

#[test]
fn a_cost_of_the_whole_line_is_more_exact_than_a_price_of_one_unit() {
    let mut floor = floor();
    let net = Money::parse("1000.01", Currency::parse("SAR").unwrap()).unwrap();
    floor.costs.insert(0, net);

    let posted = floor.post(written(Receipt, "1 3000000 @ 0.000333")).unwrap();

    assert_eq!(values(&posted), ["1000.01"]);
}

#[test]
fn two_lines_cannot_both_take_the_same_goods() {
    let error = refused(written(Issue, "1 6, 1 6"));

    let key = StockKey { product: id(1), warehouse: id(1) };
    let shortage = Shortage { key, requested: quantity("12"), available: quantity("10") };
    assert_eq!(error, PostError::Insufficient(vec![shortage]), "T-06");
}

#[test]
fn a_transfer_carries_the_value_over() {
    for method in [CostMethod::Average, CostMethod::Fifo] {
        let mut floor = stocked(method);
        floor.post(written(Receipt, "1 10 @ 3")).unwrap();

        let posted = floor.post(written(Transfer, "1 15").to(2)).unwrap();

        let carried = if method == CostMethod::Fifo { "35.00" } else { "37.50" };
        assert_eq!(values(&posted), [format!("-{carried}"), carried.to_owned()]);
        assert_eq!(floor.level(1, 2), format!("15 / {carried}"));
    }
}

#[test]
fn a_transfer_keeps_the_layers_apart() {
    let mut floor = stocked(CostMethod::Fifo);
    floor.post(written(Receipt, "1 10 @ 3")).unwrap();
    floor.post(written(Transfer, "1 15").to(2)).unwrap();

    let mut sale = written(Issue, "1 12");
    sale.content.warehouse = id(2);

    assert_eq!(values(&floor.post(sale).unwrap()), ["-26.00"], "ten at 2, two at 3");
}

#[test]
fn a_transfer_at_standard_books_the_coin_that_rounding_moves() {
    let standard = CostMethod::Standard(gaara_kernel::UnitPrice::parse("0.333").unwrap());
    let mut floor = Floor::new(standard);
    floor.post(written(Receipt, "1 10 @ 0.333")).unwrap();

    let posted = floor.post(written(Transfer, "1 5").to(2)).unwrap();

    assert_eq!(floor.level(1, 1), "5 / 1.67");
    assert_eq!(floor.level(1, 2), "5 / 1.67");
    assert_eq!(values(&posted), ["-1.66", "1.67"]);
    assert_eq!(variances(&posted), ["0.00", "-0.01"]);
}

#[test]
fn an_adjustment_takes_at_cost_and_gives_at_the_going_cost() {
    let mut floor = stocked(CostMethod::Average);

    let posted = floor.post(written(Adjustment, "1 -4, 1 1, 1 1 @ 5")).unwrap();

    assert_eq!(values(&posted), ["-8.00", "2.00", "5.00"]);
}

#[test]
fn a_gain_in_an_empty_place_is_worth_what_the_last_unit_cost() {
    let mut floor = stocked(CostMethod::Average);
    floor.post(written(Issue, "1 10")).unwrap();

    let posted = floor.post(written(Adjustment, "1 3")).unwrap();

    assert_eq!(values(&posted), ["6.00"]);
    let unknown = floor.post(written(Adjustment, "2 1")).unwrap_err();
    assert_eq!(unknown, PostError::CostRequired { line: 0 });
}

#[test]
fn a_supplier_return_leaves_at_current_cost() {
    let mut floor = stocked(CostMethod::Average);
    floor.post(written(Receipt, "1 10 @ 4")).unwrap();

    assert_eq!(values(&floor.post(written(SupplierReturn, "1 2")).unwrap()), ["-6.00"]);
}

#[test]
fn a_movement_that_breaks_a_rule_is_refused() {
    let cases = [
        (written(Receipt, ""), PostError::Empty),
        (written(Receipt, "1 1 @ 1, 2 0 @ 1"), PostError::QuantityNotPositive { line: 1 }),
        (written(Issue, "1 -1"), PostError::QuantityNotPositive { line: 0 }),
        (written(Adjustment, "1 0"), PostError::QuantityZero { line: 0 }),
        (written(Receipt, "1 1"), PostError::CostRequired { line: 0 }),
        (written(Receipt, "1 1 @ -1"), PostError::CostRequired { line: 0 }),
        (written(Issue, "1 1 @ 1"), PostError::CostUnexpected { line: 0 }),
        (written(Adjustment, "1 -1 @ 1"), PostError::CostUnexpected { line: 0 }),
        (written(Transfer, "1 1"), PostError::TargetMissing),
        (written(Transfer, "1 1").to(1), PostError::SameWarehouse),
        (written(Issue, "1 1").to(2), PostError::TargetUnexpected),
        (written(Revaluation, "1 1"), PostError::KindReserved),
        (written(Issue, "1 1").at("2026-11-24"), PostError::DateInFuture { today: date(TODAY) }),
    ];

    for (written, error) in cases {
        let MovementContent { kind, lines, .. } = written.content.clone();
        assert_eq!(refused(written), error, "{kind:?} {lines:?}");
    }
}

#[test]
fn nothing_is_posted_into_a_closed_period() {
    let mut floor = stocked(CostMethod::Average);
    floor.locked_through = Some(date("2026-10-31"));

    let error = floor.post(written(Issue, "1 1").at("2026-10-31")).unwrap_err();

    assert_eq!(error, PostError::PeriodLocked { locked_through: date("2026-10-31") });
    floor.post(written(Receipt, "1 1 @ 1").at("2026-11-01")).unwrap();
}

#[test]
fn goods_cannot_leave_before_they_came() {
    let mut floor = floor();
    floor.post(written(Receipt, "1 10 @ 2").at("2026-11-10")).unwrap();

    let error = floor.post(written(Issue, "1 1").at("2026-11-09")).unwrap_err();

    let key = StockKey { product: id(1), warehouse: id(1) };
    let shortage = DatedShortage {
        key,
        date: date("2026-11-09"),
        requested: quantity("1"),
        available: quantity("0"),
    };
    assert_eq!(error, PostError::InsufficientAtDate(vec![shortage]));
    floor.post(written(Issue, "1 1").at("2026-11-10")).unwrap();
}

#[test]
fn goods_that_came_later_leave_no_room_for_more_earlier_than_can_be_told() {
    let mut floor = floor();
    floor.post(written(Receipt, "1 5 @ 0").at("2026-11-01")).unwrap();
    floor.post(written(Issue, "1 5").at("2026-11-10")).unwrap();

    let error = floor.post(written(Receipt, "1 1000000000000 @ 0").at("2026-11-09")).unwrap_err();

    assert_eq!(error, PostError::OutOfRange);
    floor.post(written(Receipt, "1 999999999995 @ 0").at("2026-11-09")).unwrap();
}

#[test]
fn goods_that_left_later_cannot_leave_earlier_too() {
    let mut floor = floor();
    floor.post(written(Receipt, "1 10 @ 2").at("2026-11-01")).unwrap();
    floor.post(written(Issue, "1 8").at("2026-11-10")).unwrap();
    floor.post(written(Receipt, "1 10 @ 2").at("2026-11-20")).unwrap();

    let error = floor.post(written(Issue, "1 3").at("2026-11-05")).unwrap_err();

    let PostError::InsufficientAtDate(shortages) = error else { panic!("{error:?}") };
    assert_eq!(shortages[0].date, date("2026-11-10"));
    assert_eq!(shortages[0].available, quantity("2"));
    floor.post(written(Issue, "1 2").at("2026-11-05")).unwrap();
    assert_eq!(floor.level(1, 1), "10 / 20.00", "no cost is looked at twice");
}

#[test]
fn an_earlier_date_changes_no_cost() {
    let mut floor = floor();
    floor.post(written(Receipt, "1 10 @ 10").at("2026-11-10")).unwrap();
    floor.post(written(Receipt, "1 10 @ 20").at("2026-11-01")).unwrap();

    assert_eq!(values(&floor.post(written(Issue, "1 5")).unwrap()), ["-75.00"]);
}

#[test]
fn keys_are_sorted_and_stand_once() {
    let keys = written(Transfer, "2 1, 1 1, 2 1").to(2).content.stock_keys();

    let expected = [(1, 1), (1, 2), (2, 1), (2, 2)]
        .map(|(product, warehouse)| StockKey { product: id(product), warehouse: id(warehouse) });
    assert_eq!(keys, expected);
}

#[test]
fn every_kind_has_a_name_of_its_own() {
    for kind in MovementKind::ALL {
        assert_eq!(MovementKind::from_code(kind.code()), Some(kind));
    }
}
