//! Rules of counting, and of bringing the books to what was counted.

use gaara_kernel::{Currency, Id, Money, Quantity, UnitPrice};

use super::*;
use crate::bucket::CostMethod;
use crate::level::{StockKey, StockLevel};
use crate::shelves::Shelves;

fn at(hour: i64) -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000 + hour * 3_600_000)
}

fn id<I: Id>(number: u32) -> I {
    I::from_uuid(format!("00000000-0000-7000-8000-0000{number:08x}").parse().unwrap())
}

fn units(count: i64) -> Quantity {
    Quantity::from_millionths(count * 1_000_000).unwrap()
}

fn draft() -> Stocktake {
    Stocktake {
        id: id(1),
        warehouse: id(2),
        scope: StocktakeScope::Everything,
        note: None,
        state: StocktakeState::Draft,
        progress: Progress::default(),
        created_at: at(0),
        updated_at: at(0),
        version: Version::FIRST,
    }
}

fn counting(lines: u32, counted: u32) -> Stocktake {
    draft().start(lines, at(1)).unwrap().advance(0, counted, at(2)).unwrap()
}

/// A level of product `number` worth 1 a piece; its last cost is known where it ever held any.
fn level(number: u32, on_hand: i64, last_cost: Option<i64>) -> StockLevel {
    let key = StockKey { product: id(number), warehouse: id(2) };
    let value = Money::from_minor(on_hand * 100, Currency::parse("SAR").unwrap()).unwrap();
    let cost = last_cost.map(|cost| UnitPrice::from_millionths(cost * 1_000_000).unwrap());
    StockLevel::from_stored(key, units(on_hand), Quantity::ZERO, value, cost).unwrap()
}

fn shelves(levels: &[StockLevel]) -> Shelves {
    Shelves::new(levels.to_vec(), |_| CostMethod::Average)
}

fn line(number: u32, expected: i64, counted: Option<i64>) -> StocktakeLine {
    let count = counted.map(|counted| StocktakeCount {
        quantity: units(counted),
        sequence: 7,
        unit_cost: None,
        counted_at: at(2),
    });
    StocktakeLine { product: id(number), expected: units(expected), count }
}

fn settled(
    lines: &[StocktakeLine],
    uncounted: Uncounted,
    levels: &[StockLevel],
) -> Result<Settlement, SettleError> {
    counting(9, 0).settle(lines, uncounted, &shelves(levels), |_| 9, at(3))
}

#[test]
fn every_state_allows_what_its_row_says() {
    let counting = counting(1, 0);
    let posted = counting.clone().post(None, 0, at(3)).unwrap();
    let cancelled = draft().cancel(at(3)).unwrap();

    for (stocktake, starts, counts, posts, cancels) in [
        (draft(), true, false, false, true),
        (counting, false, true, true, true),
        (posted, false, false, false, false),
        (cancelled, false, false, false, false),
    ] {
        let refused = Err(StocktakeStateError(stocktake.status()));
        let outcome = |is_ok| if is_ok { Ok(()) } else { refused };
        assert_eq!(stocktake.check_draft(), outcome(starts));
        assert_eq!(stocktake.clone().start(1, at(4)).map(drop), outcome(starts));
        assert_eq!(stocktake.clone().advance(0, 1, at(4)).map(drop), outcome(counts));
        assert_eq!(stocktake.clone().post(None, 0, at(4)).map(drop), outcome(posts));
        assert_eq!(stocktake.check_open(), outcome(cancels));
        assert_eq!(stocktake.cancel(at(4)).map(drop), outcome(cancels));
    }
}

#[test]
fn each_step_is_a_version_and_keeps_what_was_before() {
    let posted = counting(3, 2).post(Some(id(8)), 1, at(5)).unwrap();

    let state =
        StocktakeState::Posted { started_at: at(1), posted_at: at(5), movement: Some(id(8)) };
    assert_eq!(posted.state, state);
    assert_eq!(posted.progress, Progress { lines: 3, counted: 3 });
    assert_eq!((posted.version, posted.updated_at), (Version::new(4), at(5)));
}

#[test]
fn t_01_what_moves_after_a_count_does_not_change_the_difference() {
    let settlement =
        settled(&[line(1, 100, Some(98))], Uncounted::Refused, &[level(1, 95, None)]).unwrap();

    let difference = Difference { product: id(1), quantity: units(-2), unit_cost: None };
    assert_eq!(settlement.differences, [difference]);
    assert!(settlement.zeroed.is_empty());
}

#[test]
fn t_02_a_line_that_nobody_counted_stays_as_it_is_when_that_is_meant() {
    let lines = [line(1, 1, Some(3)), line(2, 2, None)];

    let settlement = settled(&lines, Uncounted::Kept, &[level(1, 2, None)]).unwrap();

    let difference = Difference { product: id(1), quantity: units(2), unit_cost: None };
    assert_eq!(settlement.differences, [difference]);
}

#[test]
fn leaving_lines_uncounted_must_be_meant() {
    let stocktake = counting(3, 1);
    let refused = Err(SettleError::Incomplete { uncounted: 2 });
    assert_eq!(stocktake.check_complete(Uncounted::Refused), refused);
    assert_eq!(stocktake.check_complete(Uncounted::Kept), Ok(()));
    assert_eq!(stocktake.check_complete(Uncounted::Zeroed), Ok(()));
    assert_eq!(counting(3, 3).check_complete(Uncounted::Refused), Ok(()));
}

#[test]
fn zero_takes_what_is_there_at_that_moment() {
    let lines = [line(1, 4, None), line(2, 0, None)];
    let levels = [level(1, 6, None), level(2, 0, None)];

    let settlement = settled(&lines, Uncounted::Zeroed, &levels).unwrap();

    let difference = Difference { product: id(1), quantity: units(-6), unit_cost: None };
    assert_eq!(settlement.differences, [difference]);
    let expected: Vec<Quantity> = settlement.zeroed.iter().map(|line| line.expected).collect();
    assert_eq!(expected, [units(6), units(0)]);
    assert!(settlement.zeroed.iter().all(|line| line.count.unwrap().sequence == 9));
}

#[test]
fn a_gain_takes_the_going_cost_then_the_given_one_and_is_refused_without_either() {
    let price = UnitPrice::from_millionths(5_000_000).unwrap();
    let bare = line(1, 0, Some(2));
    let mut priced = bare;
    priced.count = priced.count.map(|count| StocktakeCount { unit_cost: Some(price), ..count });
    let unit_cost = |line: StocktakeLine, level: StockLevel| {
        let settlement = settled(&[line], Uncounted::Refused, &[level])?;
        Ok(settlement.differences[0].unit_cost)
    };

    assert_eq!(unit_cost(priced, level(1, 3, None)), Ok(None));
    assert_eq!(unit_cost(priced, level(1, 0, Some(4))), Ok(None));
    assert_eq!(unit_cost(priced, level(1, 0, None)), Ok(Some(price)));
    let refused = Err(SettleError::CostRequired { product: id(1) });
    assert_eq!(unit_cost(bare, level(1, 0, None)), refused);
}

#[test]
fn only_levels_that_may_change_are_locked() {
    let lines = [line(3, 1, Some(2)), line(2, 1, None), line(1, 1, Some(1))];
    let products = |uncounted| {
        let keys = counting(3, 2).keys_to_settle(&lines, uncounted);
        keys.into_iter().map(|key| key.product).collect::<Vec<_>>()
    };
    assert_eq!(products(Uncounted::Kept), [id(3)]);
    assert_eq!(products(Uncounted::Zeroed), [id(2), id(3)]);
}

#[test]
fn a_count_is_never_negative_and_neither_is_its_cost() {
    let cost = |units: i64| Some(UnitPrice::from_millionths(units).unwrap());
    assert_eq!(StocktakeCount::check(units(0), cost(0)), Ok(()));
    assert_eq!(StocktakeCount::check(units(-1), None), Err(CountError::Negative));
    assert_eq!(StocktakeCount::check(units(1), cost(-1)), Err(CountError::CostNegative));
}

#[test]
fn a_stocktake_has_ten_thousand_lines_at_most() {
    assert_eq!(Stocktake::check_lines(10_000), Ok(()));
    assert_eq!(Stocktake::check_lines(10_001), Err(TooManyLines));
}
