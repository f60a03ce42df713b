//! Rules of promising stock and of what becomes of promises.

use gaara_kernel::{Currency, Id, Money};
use proptest::prelude::*;

use super::*;

const NOW: i64 = 1_800_000_000_000;
const HOUR: Duration = Duration::from_hours(1);

fn now() -> Timestamp {
    Timestamp::from_millis(NOW)
}

fn id<I: Id>(number: u32) -> I {
    I::from_uuid(format!("00000000-0000-7000-8000-0000{number:08x}").parse().unwrap())
}

fn key() -> StockKey {
    StockKey { product: id(1), warehouse: id(2) }
}

fn units(count: i64) -> Quantity {
    Quantity::from_millionths(count * 1_000_000).unwrap()
}

fn level(on_hand: i64) -> StockLevel {
    let value = Money::from_minor(on_hand * 100, Currency::parse("SAR").unwrap()).unwrap();
    StockLevel::from_stored(key(), units(on_hand), Quantity::ZERO, value, None).unwrap()
}

fn wish(quantity: i64) -> Promise {
    Promise { id: id(3), quantity: units(quantity), expires_at: None, note: None }
}

fn promised(quantity: i64, level: &mut StockLevel) -> Reservation {
    Reservation::make(wish(quantity), level, now()).unwrap()
}

#[test]
fn a_promise_takes_from_what_is_free_for_a_day_unless_told_otherwise() {
    let mut level = level(10);

    let reservation = promised(7, &mut level);

    assert_eq!(reservation.expires_at, now().plus(24 * HOUR));
    assert_eq!((level.reserved(), level.available()), (units(7), units(3)));
    let refused = Reservation::make(wish(4), &mut level, now()).unwrap_err();
    assert!(matches!(refused, ReserveError::Level(LevelError::Insufficient(shortage))
        if shortage.available == units(3)));
}

#[test]
fn a_promise_needs_a_quantity_and_an_end_within_thirty_days() {
    let day = 24 * HOUR;
    for (quantity, expires_at, refusal) in [
        (0, now().plus(day), Some(ReserveError::QuantityNotPositive)),
        (-1, now().plus(day), Some(ReserveError::QuantityNotPositive)),
        (1, now(), Some(ReserveError::ExpiryPast)),
        (1, now().plus(30 * day), None),
        (1, now().plus(30 * day + Duration::from_millis(1)), Some(ReserveError::TooLong)),
    ] {
        let wish = Promise { expires_at: Some(expires_at), ..wish(quantity) };
        let mut level = level(10);
        let made = Reservation::make(wish, &mut level, now());
        assert_eq!(made.err(), refusal, "{quantity} until {expires_at}");
        assert_eq!(level.reserved().is_zero(), refusal.is_some());
    }
}

#[test]
fn t_04_what_is_not_taken_of_a_promise_is_free_again() {
    let mut level = level(10);
    let reservation = promised(7, &mut level);

    let consumed = reservation.consume(units(5), &mut level, now()).unwrap();

    assert_eq!(consumed.status(), ReservationStatus::Consumed);
    assert_eq!(consumed.consumed(), units(5));
    assert_eq!(consumed.version, Version::new(2));
    assert!(level.reserved().is_zero());
}

#[test]
fn more_than_was_promised_counts_as_all_of_it() {
    let mut level = level(10);
    let reservation = promised(7, &mut level);

    let consumed = reservation.consume(units(9), &mut level, now()).unwrap();

    assert_eq!(consumed.consumed(), units(7));
}

#[test]
fn t_05_what_has_ended_cannot_be_ended_again() {
    let later = now().plus(24 * HOUR);
    let mut level = level(10);
    let made = promised(7, &mut level);
    let released = made.clone().release(&mut level.clone(), now()).unwrap();
    let consumed = made.clone().consume(units(1), &mut level.clone(), now()).unwrap();

    for (ended, status, at) in [
        (released, ReservationStatus::Released, now()),
        (consumed, ReservationStatus::Consumed, now()),
        (made, ReservationStatus::Expired, later),
    ] {
        let before = level;
        let release = ended.clone().release(&mut level, at).unwrap_err();
        let consume = ended.consume(units(1), &mut level, at).unwrap_err();
        assert_eq!((release, consume), (EndError::NotActive(status), EndError::NotActive(status)));
        assert_eq!(level, before);
    }
}

#[test]
fn a_promise_expires_at_its_end_whoever_looks_and_whenever() {
    let made = promised(7, &mut level(10));
    let end = made.expires_at;
    let just_before = Timestamp::from_millis(end.as_millis() - 1);

    assert_eq!(made.clone().at(just_before), made);
    let expired = made.clone().at(end);
    assert_eq!(expired.status(), ReservationStatus::Expired);
    assert_eq!(expired.ended_at(), Some(end));
    assert_eq!(made.at(end.plus(HOUR)), expired, "later looks see the same, version included");
    assert_eq!(expired.clone().at(end.plus(HOUR)), expired);
}

#[test]
fn taking_back_what_is_overdue_frees_it() {
    let mut level = level(10);
    let overdue = promised(7, &mut level);
    let mut levels = [level];

    let expired = take_back_overdue(vec![overdue], &mut levels, now().plus(24 * HOUR)).unwrap();

    assert_eq!(expired[0].status(), ReservationStatus::Expired);
    assert_eq!(levels[0].available(), units(10));
}

proptest! {
    #[test]
    fn what_a_level_has_reserved_is_what_stands(
        steps in prop::collection::vec((0_u8..4, 1_i64..9, 0_u64..48), 1..60),
    ) {
        let mut level = level(20);
        let mut standing: Vec<Reservation> = Vec::new();
        let mut at = now();
        for (step, quantity, hours) in steps {
            match (step, standing.pop()) {
                (0, Some(reservation)) => {
                    reservation.release(&mut level, at).unwrap();
                }
                (1, Some(reservation)) => {
                    reservation.consume(units(quantity), &mut level, at).unwrap();
                }
                (2, last) => {
                    standing.extend(last);
                    at = at.plus(HOUR * u32::try_from(hours).unwrap());
                    let (overdue, rest) =
                        standing.into_iter().partition(|one| one.expires_at <= at);
                    standing = rest;
                    let mut levels = [level];
                    take_back_overdue(overdue, &mut levels, at).unwrap();
                    level = levels[0];
                }
                (_, last) => {
                    standing.extend(last);
                    standing.extend(Reservation::make(wish(quantity), &mut level, at));
                }
            }
            let sum: i64 = standing.iter().map(|one| one.quantity.as_millionths()).sum();
            prop_assert_eq!(level.reserved().as_millionths(), sum);
            prop_assert!(level.on_hand() >= level.reserved());
        }
    }
}
