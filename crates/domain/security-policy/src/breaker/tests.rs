//! When a breaker opens, tries again and closes.

use std::time::Duration;

use gaara_kernel::Timestamp;

use super::*;

const FAST: Duration = Duration::from_millis(5);
const SLOW: Duration = Duration::from_secs(2);

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_000_000 + seconds * 1_000)
}

fn breaker() -> Breaker {
    Breaker::new(BreakerPolicy::STANDARD)
}

/// Makes a call and answers whether it was let through.
fn call(breaker: &mut Breaker, seconds: i64, outcome: CallOutcome, took: Duration) -> bool {
    let permit = breaker.admit(at(seconds), Jitter::NONE);
    if let Ok(permit) = permit {
        breaker.record(permit, outcome, took, at(seconds), Jitter::NONE);
    }
    permit.is_ok()
}

fn fail(breaker: &mut Breaker, seconds: i64) -> bool {
    call(breaker, seconds, CallOutcome::Failure, FAST)
}

fn succeed(breaker: &mut Breaker, seconds: i64) -> bool {
    call(breaker, seconds, CallOutcome::Success, FAST)
}

fn state(breaker: &Breaker, seconds: i64) -> BreakerState {
    breaker.snapshot(at(seconds)).state
}

/// A breaker that opened at zero.
fn opened() -> Breaker {
    let mut breaker = breaker();
    (0..10).for_each(|_| assert!(fail(&mut breaker, 0)));
    breaker
}

#[test]
fn nine_failures_say_nothing_and_the_tenth_opens() {
    let mut breaker = breaker();
    (0..9).for_each(|_| assert!(fail(&mut breaker, 0)));
    assert_eq!(state(&breaker, 0), BreakerState::Closed);

    assert!(fail(&mut breaker, 0));

    assert_eq!(state(&breaker, 0), BreakerState::Open);
    let refusal = breaker.admit(at(1), Jitter::NONE).unwrap_err();
    assert_eq!(refusal.retry_after, Duration::from_secs(29));
    assert_eq!(breaker.snapshot(at(1)).refusals, 1);
}

#[test]
fn half_of_the_latest_twenty_is_too_much_and_less_is_not() {
    let mut breaker = breaker();
    for round in 0..20 {
        let outcome = if round % 20 < 11 { CallOutcome::Success } else { CallOutcome::Failure };
        call(&mut breaker, 0, outcome, FAST);
    }
    assert_eq!(state(&breaker, 0), BreakerState::Closed, "nine of twenty");

    fail(&mut breaker, 0);

    assert_eq!(state(&breaker, 0), BreakerState::Open, "a success fell out, ten of twenty");
}

#[test]
fn four_in_five_slow_calls_open_it_though_all_succeed() {
    let mut breaker = breaker();
    (0..2).for_each(|_| assert!(succeed(&mut breaker, 0)));
    (0..7).for_each(|_| assert!(call(&mut breaker, 0, CallOutcome::Success, SLOW)));
    assert_eq!(state(&breaker, 0), BreakerState::Closed);

    call(&mut breaker, 0, CallOutcome::Success, SLOW);

    assert_eq!(state(&breaker, 0), BreakerState::Open);
}

#[test]
fn after_thirty_seconds_three_calls_find_out_and_close_it() {
    let mut breaker = opened();
    assert!(breaker.admit(at(29), Jitter::NONE).is_err());

    let permits: Vec<_> = (0..3).map(|_| breaker.admit(at(30), Jitter::NONE).unwrap()).collect();
    assert!(breaker.admit(at(30), Jitter::NONE).is_err(), "no fourth");
    for permit in permits {
        breaker.record(permit, CallOutcome::Success, FAST, at(31), Jitter::NONE);
    }

    assert_eq!(state(&breaker, 31), BreakerState::Closed);
    assert!(succeed(&mut breaker, 31));
}

#[test]
fn each_time_in_a_row_it_stays_open_twice_as_long_up_to_five_minutes() {
    let mut breaker = opened();
    let mut now = 0;
    for lasts in [30, 60, 120, 240, 300, 300] {
        assert!(breaker.admit(at(now + lasts - 1), Jitter::NONE).is_err(), "{lasts}");
        now += lasts;
        (0..3).for_each(|_| assert!(fail(&mut breaker, now), "{lasts}"));
        assert_eq!(state(&breaker, now), BreakerState::Open);
    }
    now += 300;
    (0..3).for_each(|_| assert!(succeed(&mut breaker, now)));
    (0..10).for_each(|_| assert!(fail(&mut breaker, now)));
    assert!(breaker.admit(at(now + 30), Jitter::NONE).is_ok(), "closed once, it begins anew");
}

#[test]
fn an_answer_of_an_earlier_period_says_nothing() {
    let mut breaker = breaker();
    let late: Vec<_> = (0..3).map(|_| breaker.admit(at(0), Jitter::NONE).unwrap()).collect();
    (0..10).for_each(|_| assert!(fail(&mut breaker, 0)));
    let trial = breaker.admit(at(30), Jitter::NONE).unwrap();

    for permit in late {
        breaker.record(permit, CallOutcome::Failure, FAST, at(30), Jitter::NONE);
        breaker.give_back(permit);
    }

    assert_eq!(state(&breaker, 30), BreakerState::HalfOpen);
    assert_eq!(breaker.snapshot(at(30)).calls, 0);
    breaker.record(trial, CallOutcome::Success, FAST, at(30), Jitter::NONE);
    assert_eq!(breaker.snapshot(at(30)).calls, 1);
}

#[test]
fn a_permit_that_was_not_used_is_lent_again() {
    let mut breaker = opened();
    let dropped = breaker.admit(at(30), Jitter::NONE).unwrap();
    (0..2).for_each(|_| assert!(breaker.admit(at(30), Jitter::NONE).is_ok()));
    assert!(breaker.admit(at(30), Jitter::NONE).is_err());

    breaker.give_back(dropped);

    assert!(breaker.admit(at(30), Jitter::NONE).is_ok());
    assert!(breaker.admit(at(30), Jitter::NONE).is_err());
}

#[test]
fn a_trial_that_never_ends_opens_it_again() {
    let mut breaker = opened();
    assert!(breaker.admit(at(30), Jitter::NONE).is_ok());
    assert!(breaker.admit(at(59), Jitter::NONE).is_ok());

    assert!(breaker.admit(at(60), Jitter::NONE).is_err());

    assert_eq!(state(&breaker, 60), BreakerState::Open);
    assert!(breaker.admit(at(119), Jitter::NONE).is_err());
    assert!(breaker.admit(at(120), Jitter::NONE).is_ok());
}

#[test]
fn operators_decide_over_its_head() {
    let mut breaker = breaker();
    breaker.hold(Some(BreakerHold::ForcedOpen));
    assert!(!succeed(&mut breaker, 0));
    assert_eq!(state(&breaker, 0), BreakerState::ForcedOpen);

    breaker.hold(Some(BreakerHold::Disabled));
    (0..30).for_each(|_| assert!(fail(&mut breaker, 0)));
    assert_eq!(state(&breaker, 0), BreakerState::Disabled);

    breaker.hold(None);
    assert_eq!(breaker.snapshot(at(0)).calls, 0, "what was not counted does not count");
    assert!(succeed(&mut breaker, 0));
}

#[test]
fn a_clock_that_is_put_back_does_not_keep_it_open() {
    let mut breaker = opened();
    assert!(breaker.admit(at(-900), Jitter::NONE).is_err());
    assert!(breaker.admit(at(-870), Jitter::NONE).is_ok());
}

#[test]
fn jitter_is_a_tenth_at_most() {
    let open = Duration::from_secs(30);
    assert_eq!(Jitter::NONE.apply(open), open);
    assert_eq!(Jitter::from_byte(0).apply(open), Duration::from_secs(27));
    let most = Jitter::from_byte(255).apply(open);
    assert!(most > Duration::from_millis(32_900) && most <= Duration::from_secs(33), "{most:?}");
}

#[test]
fn one_failure_of_shared_counters_is_enough_for_five_seconds() {
    let mut breaker = Breaker::new(BreakerPolicy::COUNTERS);
    fail(&mut breaker, 0);
    assert!(breaker.admit(at(4), Jitter::NONE).is_err());
    assert!(fail(&mut breaker, 5));
    assert!(breaker.admit(at(9), Jitter::NONE).is_err());
    assert!(succeed(&mut breaker, 10) && succeed(&mut breaker, 10));
}
