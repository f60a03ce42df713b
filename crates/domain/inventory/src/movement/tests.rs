//! Rules of posting a movement.

use gaara_kernel::{Currency, Id};

use super::*;

fn product(number: u8) -> ProductId {
    ProductId::from_uuid(format!("00000000-0000-7000-8000-0000000000{number:02}").parse().unwrap())
}

fn warehouse() -> WarehouseId {
    WarehouseId::from_uuid("00000000-0000-7000-8000-000000000000".parse().unwrap())
}

fn line(number: u8, quantity: &str, cost: Option<&str>) -> MovementLine {
    MovementLine {
        product: product(number),
        quantity: Quantity::parse(quantity).unwrap(),
        unit_cost: cost.map(|cost| UnitPrice::parse(cost).unwrap()),
    }
}

fn draft(kind: MovementKind, lines: Vec<MovementLine>) -> DraftMovement {
    DraftMovement {
        id: MovementId::from_uuid("00000000-0000-7000-8000-000000000000".parse().unwrap()),
        kind,
        warehouse: warehouse(),
        effective_date: gaara_kernel::parse_date("2026-11-23").unwrap(),
        invoice: None,
        lines,
    }
}

fn empty_levels(movement: &DraftMovement) -> Vec<StockLevel> {
    let currency = Currency::parse("SAR").unwrap();
    movement.stock_keys().into_iter().map(|key| StockLevel::empty(key, currency)).collect()
}

fn stocked(count: &str) -> Vec<StockLevel> {
    let receipt = draft(MovementKind::Receipt, vec![line(1, count, Some("2"))]);
    let mut levels = empty_levels(&receipt);
    receipt.post(&mut levels, Timestamp::from_millis(0)).unwrap();
    levels
}

#[test]
fn a_receipt_adds_quantity_and_value() {
    let receipt = draft(MovementKind::Receipt, vec![line(1, "10", Some("1.75"))]);
    let mut levels = empty_levels(&receipt);

    let posted = receipt.post(&mut levels, Timestamp::from_millis(0)).unwrap();

    assert_eq!(posted.entries[0].value.amount(), "17.50");
    assert_eq!(levels[0].on_hand().to_string(), "10");
}

#[test]
fn two_lines_cannot_both_take_the_same_goods() {
    let mut levels = stocked("10");
    let issue = draft(MovementKind::Issue, vec![line(1, "6", None), line(1, "6", None)]);

    let error = issue.post(&mut levels, Timestamp::from_millis(0)).unwrap_err();

    let PostError::Insufficient(shortages) = error else { panic!("{error:?}") };
    assert_eq!(shortages[0].requested.to_string(), "12", "T-06");
    assert_eq!(shortages[0].available.to_string(), "10");
}

#[test]
fn an_issue_writes_negative_history() {
    let mut levels = stocked("10");
    let issue = draft(MovementKind::Issue, vec![line(1, "4", None)]);

    let posted = issue.post(&mut levels, Timestamp::from_millis(0)).unwrap();

    assert_eq!(posted.entries[0].quantity.to_string(), "-4");
    assert_eq!(posted.entries[0].value.amount(), "-8.00");
}

#[test]
fn what_cannot_be_posted_says_why() {
    let post = |kind, lines: Vec<MovementLine>| {
        let movement = draft(kind, lines);
        let mut levels = empty_levels(&movement);
        movement.post(&mut levels, Timestamp::from_millis(0)).unwrap_err()
    };

    assert_eq!(post(MovementKind::Receipt, vec![]), PostError::Empty);
    assert_eq!(
        post(MovementKind::Receipt, vec![line(1, "1", Some("1")), line(2, "0", Some("1"))]),
        PostError::QuantityNotPositive { line: 1 }
    );
    assert_eq!(
        post(MovementKind::Receipt, vec![line(1, "1", None)]),
        PostError::CostRequired { line: 0 }
    );
    assert_eq!(
        post(MovementKind::Receipt, vec![line(1, "1", Some("-1"))]),
        PostError::CostRequired { line: 0 }
    );
}

#[test]
fn keys_are_sorted_and_stand_once() {
    let movement = draft(
        MovementKind::Issue,
        vec![line(2, "1", None), line(1, "1", None), line(2, "1", None)],
    );
    let products: Vec<ProductId> = movement.stock_keys().iter().map(|key| key.product).collect();
    assert_eq!(products, [product(1), product(2)]);
}
