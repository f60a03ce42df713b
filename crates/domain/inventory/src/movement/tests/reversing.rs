//! A reversal undoes a movement, once, and leaves the documents at nothing.

use gaara_kernel::{InvoiceId, Timestamp, UnitPrice, Version};

use super::super::MovementKind::{
    self, Adjustment, CustomerReturn, Issue, Receipt, SupplierReturn, Transfer,
};
use super::floor::{Floor, TODAY, date, id, quantity, values, written};
use crate::bucket::CostMethod;
use crate::level::StockKey;
use crate::movement::{
    DraftMovement, Movement, MovementOwner, MovementStatus, PostError, PostedMovement, Revaluation,
    ReverseError,
};
use crate::shelves::Shelves;

fn methods() -> [CostMethod; 3] {
    let standard = UnitPrice::parse("2.5").unwrap();
    [CostMethod::Average, CostMethod::Fifo, CostMethod::Standard(standard)]
}

fn documents_cancel(one: &PostedMovement, other: &PostedMovement) -> bool {
    let entries = one.entries.iter().chain(&other.entries);
    let sum: i64 = entries.map(|entry| entry.value.minor() + entry.variance.minor()).sum();
    sum == 0
}

#[test]
fn every_kind_is_undone_to_the_last_coin() {
    let lines: [(MovementKind, &str); 6] = [
        (Receipt, "1 10 @ 3.33, 1 7 @ 9"),
        (Issue, "1 3, 1 4"),
        (Transfer, "1 3"),
        (Adjustment, "1 -3, 1 5 @ 1"),
        (CustomerReturn, "1 3 @ 7"),
        (SupplierReturn, "1 3"),
    ];
    for method in methods() {
        for (kind, lines) in lines {
            let mut floor = Floor::new(method);
            floor.post(written(Receipt, "1 11 @ 2.07, 1 10 @ 3.01")).unwrap();
            let before = floor.level(1, 1);
            let mut movement = written(kind, lines);
            movement.content.to_warehouse = (kind == Transfer).then(|| id(2));
            let posted = floor.post(movement).unwrap();

            let undoing = floor.reverse(&posted, TODAY).unwrap();

            assert_eq!(floor.level(1, 1), before, "{kind:?} {method:?}");
            assert!(documents_cancel(&posted, &undoing), "{kind:?} {method:?}");
            if kind == Transfer {
                assert_eq!(floor.level(1, 2), "0 / 0.00");
            }
            let undone = floor.reverse(&posted, TODAY).unwrap_err();
            assert_eq!(undone, ReverseError::Reversed { by: undoing.content.id });
            assert_eq!(floor.reverse(&undoing, TODAY).unwrap_err(), ReverseError::IsReversal);
        }
    }
}

#[test]
fn goods_that_are_gone_cannot_be_taken_back() {
    for method in methods() {
        let mut floor = Floor::new(method);
        let posted = floor.post(written(Receipt, "1 10 @ 2")).unwrap();
        floor.post(written(Issue, "1 1")).unwrap();

        let error = floor.reverse(&posted, TODAY).unwrap_err();

        let ReverseError::Post(PostError::Insufficient(shortages)) = error else { panic!() };
        assert_eq!(shortages[0].requested, quantity("10"));
        assert_eq!(shortages[0].available, quantity("9"));
    }
}

#[test]
fn what_cannot_be_borne_is_a_variance() {
    let mut floor = Floor::new(CostMethod::Average);
    floor.post(written(Receipt, "1 10 @ 1")).unwrap();
    let dear = floor.post(written(Receipt, "1 10 @ 100")).unwrap();
    floor.post(written(Issue, "1 10")).unwrap();
    assert_eq!(floor.level(1, 1), "10 / 505.00");

    let undoing = floor.reverse(&dear, TODAY).unwrap();

    assert_eq!(values(&undoing), ["-505.00"]);
    assert_eq!(undoing.entries[0].variance.amount(), "-495.00");
    assert_eq!(floor.level(1, 1), "0 / 0.00");
}

#[test]
fn a_reversal_cannot_take_what_was_missing_on_its_day() {
    let mut floor = Floor::new(CostMethod::Average);
    let early = floor.post(written(Receipt, "1 10 @ 2").at("2026-11-01")).unwrap();
    floor.post(written(Issue, "1 5").at("2026-11-05")).unwrap();
    floor.post(written(Receipt, "1 10 @ 2").at("2026-11-10")).unwrap();

    let error = floor.reverse(&early, "2026-11-01").unwrap_err();

    assert!(matches!(error, ReverseError::Post(PostError::InsufficientAtDate(_))), "{error:?}");
    floor.reverse(&early, TODAY).unwrap();
}

#[test]
fn what_came_back_in_part_cannot_be_undone() {
    let mut floor = Floor::new(CostMethod::Average);
    floor.post(written(Receipt, "1 10 @ 2")).unwrap();
    let sale = floor.post(written(Issue, "1 5")).unwrap();
    let back = floor.post(written(CustomerReturn, "1 1").from(&sale)).unwrap();

    assert_eq!(floor.reverse(&sale, TODAY).unwrap_err(), ReverseError::HasReturns);
    floor.reverse(&back, TODAY).unwrap();
    floor.reverse(&sale, TODAY).unwrap();
    assert_eq!(floor.level(1, 1), "10 / 20.00");
}

#[test]
fn the_movement_of_an_invoice_is_undone_by_the_invoice_alone() {
    let mut floor = Floor::new(CostMethod::Average);
    let mut bought = written(Receipt, "1 10 @ 2");
    bought.content.owner = Some(MovementOwner::Invoice(id::<InvoiceId>(1)));
    let posted = floor.post(bought).unwrap();

    assert_eq!(floor.reverse(&posted, TODAY).unwrap_err(), ReverseError::OwnedByInvoice);
}

#[test]
fn a_revaluation_moves_value_alone_and_is_never_undone() {
    let [.., standard] = methods();
    let mut floor = Floor::new(standard);
    floor.post(written(Receipt, "1 10 @ 2.5")).unwrap();
    let key = StockKey { product: id(1), warehouse: id(1) };
    let mut shelves = Shelves::new(vec![floor.levels[&key]], |_| standard);
    let revaluation = Revaluation {
        id: id(9),
        key,
        unit: gaara_kernel::Code::parse("EA").unwrap(),
        standard: UnitPrice::parse("3").unwrap(),
    };

    let posted = revaluation.post(date(TODAY), &mut shelves, Timestamp::from_millis(0));

    let posted = posted.unwrap().unwrap();
    assert_eq!(values(&posted), ["5.00"]);
    assert_eq!(shelves.levels()[0].value().amount(), "30.00");
    assert_eq!(posted.check_reversible(), Err(ReverseError::IsRevaluation));
}

#[test]
fn a_draft_is_given_up_and_stays_on_record() {
    let content = written(Receipt, "1 1 @ 1").content;
    let now = Timestamp::from_millis(5);
    let draft = DraftMovement { content, updated_at: now, version: Version::FIRST };
    assert_eq!(Movement::Draft(draft.clone()).status(), MovementStatus::Draft);

    let cancelled = Movement::Cancelled(draft.cancel(now));

    assert_eq!(cancelled.status(), MovementStatus::Cancelled);
    assert_eq!((cancelled.version(), cancelled.updated_at()), (Version::FIRST.next(), now));
}

#[test]
fn a_level_that_falls_below_its_minimum_is_told_once() {
    let mut floor = Floor::new(CostMethod::Average);
    floor.post(written(Receipt, "1 10 @ 2")).unwrap();
    let key = StockKey { product: id(1), warehouse: id(1) };
    let mut fell = |count: &str| {
        let mut shelves = Shelves::new(vec![floor.levels[&key]], |_| CostMethod::Average);
        shelves.bucket_mut(key).unwrap().issue(quantity(count)).unwrap();
        floor.levels.insert(key, shelves.levels()[0]);
        shelves.fell_below(|_| Some(quantity("5"))).len()
    };

    assert_eq!([fell("4"), fell("1"), fell("1"), fell("1")], [0, 0, 1, 0]);
}
