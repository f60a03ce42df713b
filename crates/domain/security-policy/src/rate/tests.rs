//! How many requests pass, and when the next one does.

use proptest::prelude::*;

use super::*;

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(10_000_000 + ms)
}

/// Counts requests of one principal.
struct Counter {
    rule: RateRule,
    state: Option<RateState>,
}

impl Counter {
    fn new(rule: RateRule) -> Self {
        Self { rule, state: None }
    }

    fn ask(&mut self, ms: i64) -> RateDecision {
        let (decision, next) = RateState::decide(self.state, self.rule, at(ms));
        self.state = Some(next);
        decision
    }

    /// How many of so many requests pass.
    fn passing(&mut self, requests: u32, ms: i64) -> usize {
        (0..requests).filter(|_| self.ask(ms).retry_after.is_none()).count()
    }
}

#[test]
fn a_hundred_pass_and_after_the_wait_exactly_one() {
    let mut counter = Counter::new(RateRule::STANDARD);
    assert_eq!(counter.passing(101, 0), 100);

    let wait = counter.ask(0).retry_after.unwrap();

    assert_eq!(wait, Duration::from_millis(600));
    assert_eq!(counter.passing(5, 599), 0);
    assert_eq!(counter.passing(5, 600), 1);
}

#[test]
fn whole_seconds_of_waiting_let_exactly_one_pass() {
    let mut counter = Counter::new(RateRule::STANDARD);
    counter.passing(101, 0);
    assert_eq!(counter.passing(3, 1_000), 1);
}

#[test]
fn the_hour_holds_when_the_minute_would_let_pass() {
    let mut counter = Counter::new(RateRule::new(100, 150));
    assert_eq!(counter.passing(100, 0), 100);
    // Two full minutes later the minute is empty again, and the hour has earned five.
    assert_eq!(counter.passing(100, 120_000), 55);
    let decision = counter.ask(120_000);
    assert_eq!((decision.minute.remaining, decision.hour.remaining), (45, 0));
    assert_eq!(decision.retry_after, Some(Duration::from_secs(24)));
}

#[test]
fn a_refusal_charges_neither_window() {
    let mut counter = Counter::new(RateRule::new(2, 100));
    counter.passing(2, 0);
    let before = counter.state;
    assert!(counter.ask(0).retry_after.is_some());
    assert_eq!(counter.state, before);
    assert_eq!(counter.ask(0).hour.remaining, 98);
}

#[test]
fn what_is_left_is_told() {
    let mut counter = Counter::new(RateRule::STANDARD);
    let first = counter.ask(0);
    assert_eq!((first.minute.remaining, first.hour.remaining), (99, 1_999));
    assert_eq!(first.minute.full_after, Duration::from_millis(600));
    assert_eq!(first.hour.full_after, Duration::from_millis(1_800));
    counter.passing(99, 0);
    let refused = counter.ask(0);
    assert_eq!((refused.minute.remaining, refused.hour.remaining), (0, 1_900));
    assert_eq!(refused.minute.full_after, Duration::from_mins(1));
}

#[test]
fn a_clock_that_is_put_back_costs_a_window_at_most() {
    let mut counter = Counter::new(RateRule::new(2, 100));
    counter.passing(2, 0);
    let wait = counter.ask(-7_200_000).retry_after.unwrap();
    assert!(wait <= Duration::from_mins(1), "{wait:?}");
}

#[test]
fn instances_that_count_alone_share_the_limit() {
    assert_eq!(RateRule::STANDARD.shared_by(4), RateRule::new(25, 500));
    assert_eq!(RateRule::new(2, 3).shared_by(10), RateRule::new(1, 1));
    assert_eq!(RateRule::STANDARD.shared_by(0), RateRule::STANDARD);
}

proptest! {
    #[test]
    fn no_minute_holds_more_than_twice_its_limit(
        pauses in prop::collection::vec(0_i64..3_000, 1..400),
    ) {
        let mut counter = Counter::new(RateRule::new(20, 1_000));
        let mut now = 0;
        let mut passed = Vec::new();
        for pause in pauses {
            now += pause;
            if counter.ask(now).retry_after.is_none() {
                passed.push(now);
            }
        }
        for start in &passed {
            let within = passed.iter().filter(|ms| (*start..start + 60_000).contains(*ms)).count();
            prop_assert!(within <= 40, "{}", within);
        }
    }
}
