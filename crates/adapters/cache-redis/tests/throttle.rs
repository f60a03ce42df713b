//! The contract of a throttle, kept by a real Redis.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

mod server;

use std::sync::Arc;
use std::time::Duration;

use gaara_cache_redis::RedisThrottle;
use gaara_kernel::Timestamp;
use gaara_security_policy::{Throttle, ThrottleRule, ThrottleState, Verdict};
use proptest::prelude::*;
use redis::AsyncCommands;

/// A throttle that outlasts a busy machine.
fn throttle() -> RedisThrottle {
    RedisThrottle::connect(&server::url()).unwrap().with_call_max(Duration::from_secs(20))
}

gaara_testkit::throttle_contract!(async { (Arc::new(throttle()), ()) });

#[tokio::test]
async fn two_instances_share_one_limit() {
    let (one, other, key) = (throttle(), throttle(), server::key());
    let now = Timestamp::from_millis(1_795_435_200_000);
    let mut count = 0;
    for throttle in [&one, &other, &one, &other, &one, &other, &one] {
        let verdict = throttle.take(&key, ThrottleRule::SIGN_IN, now).await;
        count += u32::from(verdict.unwrap() == Verdict::Allowed);
    }
    assert_eq!(count, 5);
}

#[tokio::test]
async fn a_counter_has_our_prefix_and_is_forgotten_a_minute_after_it_is_idle() {
    let (throttle, key) = (throttle(), server::key());
    let client = redis::Client::open(server::url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let stored = format!("gaara:throttle:{key}");
    let now = Timestamp::from_millis(1_795_435_200_000);

    for expected in [72_000, 84_000] {
        throttle.take(&key, ThrottleRule::SIGN_IN, now).await.unwrap();
        let left: i64 = connection.pttl(&stored).await.unwrap();
        assert!((expected - 10_000..=expected).contains(&left), "{left}");
    }
    throttle.refund(&key, ThrottleRule::SIGN_IN, now).await.unwrap();
    let left: i64 = connection.pttl(&stored).await.unwrap();
    assert!((62_000..=72_000).contains(&left), "{left}");
}

#[tokio::test]
async fn a_server_that_is_there_passes_the_check() {
    assert!(throttle().check().await.is_ok());
}

#[test]
fn what_is_no_address_is_told_at_once() {
    for url in ["", "localhost", "http://localhost"] {
        assert!(RedisThrottle::connect(url).is_err(), "{url}");
    }
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Take,
    Refund,
}

/// Rules of every size, also those no one would write.
fn rule() -> impl Strategy<Value = ThrottleRule> {
    let window = prop_oneof![
        8 => (0_u64..200_000).prop_map(Duration::from_millis),
        1 => Just(Duration::MAX),
        1 => Just(Duration::from_hours(90_000)),
    ];
    (0_u32..20, window).prop_map(|(times, window)| ThrottleRule { times, window })
}

fn steps() -> impl Strategy<Value = Vec<(Step, i64)>> {
    let step = prop_oneof![4 => Just(Step::Take), 1 => Just(Step::Refund)];
    // Clocks of two instances differ, so time may also go back.
    prop::collection::vec((step, -3_000_i64..20_000), 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_script_decides_as_the_rule_does(
        rule in rule(),
        steps in steps(),
        start in prop_oneof![Just(0), Just(1_795_435_200_000_i64), Just(i64::MAX)],
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(compare(rule, &steps, start))?;
    }
}

async fn compare(
    rule: ThrottleRule,
    steps: &[(Step, i64)],
    start: i64,
) -> Result<(), TestCaseError> {
    let (throttle, key) = (throttle(), server::key());
    let mut state = None;
    let mut now = Timestamp::from_millis(start);
    for (step, later) in steps {
        now = Timestamp::from_millis(now.as_millis() + later);
        match step {
            Step::Take => {
                let (expected, next) = ThrottleState::decide(state, rule, now);
                state = Some(next);
                let verdict = throttle.take(&key, rule, now).await.unwrap();
                prop_assert_eq!(verdict, expected);
            }
            Step::Refund => {
                state = state.map(|state| state.refund(rule));
                throttle.refund(&key, rule, now).await.unwrap();
            }
        }
    }
    Ok(())
}
