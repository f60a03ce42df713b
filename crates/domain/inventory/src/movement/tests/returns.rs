//! Goods come back at what they went for.

use super::super::MovementKind::{CustomerReturn, Issue, Receipt, SupplierReturn, Transfer};
use super::floor::{Floor, quantity, values, variances, written};
use crate::bucket::CostMethod;
use crate::movement::PostError;

#[test]
fn what_was_sold_comes_back_at_what_it_went_for() {
    let mut floor = Floor::new(CostMethod::Average);
    floor.post(written(Receipt, "1 1 @ 13.13, 1 1 @ 12.20")).unwrap();
    let sale = floor.post(written(Issue, "1 2")).unwrap();
    floor.post(written(Receipt, "1 5 @ 99")).unwrap();

    let back = floor.post(written(CustomerReturn, "1 2").from(&sale)).unwrap();

    assert_eq!(
        (values(&sale), values(&back)),
        (vec!["-25.33".into()], vec!["25.33".into()]),
        "M-05"
    );
}

#[test]
fn a_return_makes_the_last_layer() {
    let mut floor = Floor::new(CostMethod::Fifo);
    floor.post(written(Receipt, "1 10 @ 10")).unwrap();
    let sale = floor.post(written(Issue, "1 10")).unwrap();
    floor.post(written(Receipt, "1 10 @ 20")).unwrap();

    floor.post(written(CustomerReturn, "1 10").from(&sale)).unwrap();

    assert_eq!(floor.level(1, 1), "20 / 300.00", "F-04");
    assert_eq!(values(&floor.post(written(Issue, "1 11")).unwrap()), ["-210.00"]);
}

#[test]
fn the_shares_of_what_comes_back_add_up_to_what_went() {
    let mut floor = Floor::new(CostMethod::Average);
    floor.post(written(Receipt, "1 3 @ 33.333333, 1 1 @ 0.01")).unwrap();
    let sale = floor.post(written(Issue, "1 3")).unwrap();
    assert_eq!(values(&sale), ["-75.01"]);

    let mut one = || values(&floor.post(written(CustomerReturn, "1 1").from(&sale)).unwrap());

    assert_eq!([one(), one(), one()].concat(), ["25.00", "25.01", "25.00"]);
    let error = floor.post(written(CustomerReturn, "1 0.5").from(&sale)).unwrap_err();
    assert_eq!(error, PostError::ReturnExceeds { line: 0, left: quantity("0") });
}

#[test]
fn two_lines_of_one_return_share_what_is_left() {
    let mut floor = Floor::new(CostMethod::Average);
    floor.post(written(Receipt, "1 10 @ 2")).unwrap();
    let sale = floor.post(written(Issue, "1 5")).unwrap();

    let error = floor.post(written(CustomerReturn, "1 3, 1 3").from(&sale)).unwrap_err();

    assert_eq!(error, PostError::ReturnExceeds { line: 1, left: quantity("2") });
    assert_eq!(floor.level(1, 1), "5 / 10.00");
}

#[test]
fn a_return_that_was_reversed_can_come_back_again() {
    let mut floor = Floor::new(CostMethod::Average);
    floor.post(written(Receipt, "1 10 @ 2")).unwrap();
    let sale = floor.post(written(Issue, "1 5")).unwrap();
    let back = floor.post(written(CustomerReturn, "1 5").from(&sale)).unwrap();
    floor.reverse(&back, "2026-11-23").unwrap();

    let again = floor.post(written(CustomerReturn, "1 5").from(&sale)).unwrap();

    assert_eq!(values(&again), ["10.00"]);
}

#[test]
fn goods_go_back_to_the_supplier_at_cost_and_the_difference_is_a_variance() {
    let mut floor = Floor::new(CostMethod::Average);
    let bought = floor.post(written(Receipt, "1 10 @ 2")).unwrap();
    floor.post(written(Receipt, "1 10 @ 4")).unwrap();

    let back = floor.post(written(SupplierReturn, "1 5").from(&bought)).unwrap();

    assert_eq!((values(&back), variances(&back)), (vec!["-15.00".into()], vec!["5.00".into()]));
    assert_eq!(floor.level(1, 1), "15 / 45.00");
}

#[test]
fn a_return_without_an_origin_is_worth_the_going_cost() {
    let mut floor = Floor::new(CostMethod::Average);
    floor.post(written(Receipt, "1 10 @ 2")).unwrap();

    assert_eq!(values(&floor.post(written(CustomerReturn, "1 1")).unwrap()), ["2.00"]);
    assert_eq!(values(&floor.post(written(CustomerReturn, "2 1 @ 7")).unwrap()), ["7.00"]);
    let error = floor.post(written(CustomerReturn, "3 1")).unwrap_err();
    assert_eq!(error, PostError::CostRequired { line: 0 });
}

#[test]
fn goods_come_back_only_from_what_sent_them() {
    let mut floor = Floor::new(CostMethod::Average);
    let bought = floor.post(written(Receipt, "1 10 @ 2, 2 1 @ 1")).unwrap();
    let sale = floor.post(written(Issue, "1 5")).unwrap();
    let undone = floor.post(written(Issue, "1 1")).unwrap();
    let undoing = floor.reverse(&undone, "2026-11-23").unwrap();

    let unfit = [
        written(CustomerReturn, "1 1").from(&bought),
        written(SupplierReturn, "1 1").from(&sale),
        written(Issue, "1 1").from(&bought),
        written(Transfer, "1 1").to(2).from(&bought),
        written(CustomerReturn, "1 1").from(&undone),
        written(CustomerReturn, "1 1").from(&undoing),
    ];

    for written in unfit {
        assert_eq!(floor.post(written).unwrap_err(), PostError::OriginUnfit);
    }
    let other = floor.post(written(CustomerReturn, "2 1").from(&sale)).unwrap_err();
    assert_eq!(other, PostError::ReturnExceeds { line: 0, left: quantity("0") });
    let costed = floor.post(written(CustomerReturn, "1 1 @ 5").from(&sale)).unwrap_err();
    assert_eq!(costed, PostError::CostUnexpected { line: 0 });
}
