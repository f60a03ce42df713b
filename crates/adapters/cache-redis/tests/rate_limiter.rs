//! The contract of a limiter of requests, kept by a real Redis and its own clock.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

mod server;

use std::sync::Arc;
use std::time::Duration;

use gaara_application::RateLimiter;
use gaara_cache_redis::RedisRateLimiter;
use gaara_kernel::Timestamp;
use gaara_security_policy::{RateRule, RateState};
use proptest::prelude::*;
use redis::AsyncCommands;
use redis::aio::MultiplexedConnection;

/// A limiter that outlasts a busy machine.
fn limiter() -> RedisRateLimiter {
    RedisRateLimiter::connect(&server::url()).unwrap().with_call_max(Duration::from_secs(20))
}

gaara_testkit::rate_limiter_contract!(async { (Arc::new(limiter()), ()) });

/// Counts one request; the instant is one that nobody looks at, for Redis has its own.
async fn wait(limiter: &RedisRateLimiter, key: &str, rule: RateRule) -> Option<Duration> {
    limiter.charge(key, rule, Timestamp::from_millis(0)).await.unwrap().retry_after
}

async fn connection() -> MultiplexedConnection {
    let client = redis::Client::open(server::url()).unwrap();
    client.get_multiplexed_async_connection().await.unwrap()
}

#[tokio::test]
async fn two_instances_share_one_limit() {
    let (one, other, key) = (limiter(), limiter(), server::key());
    let mut passed = 0;
    for limiter in [&one, &other, &one, &other, &one, &other, &one] {
        passed += u32::from(wait(limiter, &key, RateRule::new(5, 100)).await.is_none());
    }
    assert_eq!(passed, 5);
}

#[tokio::test]
async fn once_the_wait_is_over_exactly_one_passes() {
    let (limiter, key) = (limiter(), server::key());
    // One more every 1.2 seconds.
    let rule = RateRule::new(50, 1_000);
    while wait(&limiter, &key, rule).await.is_none() {}
    let mut connection = connection().await;
    let now = async |connection: &mut MultiplexedConnection| {
        let (seconds, micros): (u64, u64) =
            redis::cmd("TIME").query_async(connection).await.unwrap();
        Duration::from_micros(seconds * 1_000_000 + micros)
    };
    let asked = now(&mut connection).await;
    let told = wait(&limiter, &key, rule).await.expect("the limit is used up");

    while wait(&limiter, &key, rule).await.is_some() {}
    let passed = now(&mut connection).await;

    // Both are read from the clock of Redis, the first before and the second after its script.
    assert!(passed + Duration::from_millis(1) >= asked + told, "{told:?}");
    assert!(wait(&limiter, &key, rule).await.is_some(), "and no second one");
}

#[tokio::test]
async fn a_counter_has_our_prefix_and_is_forgotten_when_it_is_idle() {
    let (limiter, key) = (limiter(), server::key());
    let mut connection = connection().await;
    let stored = format!("gaara:rate:{key}");

    for expected in [37_000_i64, 73_000] {
        assert_eq!(wait(&limiter, &key, RateRule::new(5, 100)).await, None);
        let left: i64 = connection.pttl(&stored).await.unwrap();
        assert!((expected - 10_000..=expected).contains(&left), "{left}");
    }
}

#[tokio::test]
async fn nobody_listening_is_an_error_and_not_a_wait() {
    let limiter = RedisRateLimiter::connect("redis://127.0.0.1:1/0").unwrap();
    let now = Timestamp::from_millis(0);
    assert!(limiter.charge("key", RateRule::STANDARD, now).await.is_err());
    assert!(RedisRateLimiter::connect("localhost").is_err());
}

fn rule() -> impl Strategy<Value = RateRule> {
    (1_u32..40, 1_u32..200).prop_map(|(minute, hour)| RateRule::new(minute, hour))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_script_decides_as_the_rule_does(
        rule in rule(),
        // Clocks may be put back.
        steps in prop::collection::vec(-3_000_i64..30_000, 1..60),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(compare(rule, &steps))?;
    }
}

/// Runs the script at instants of the test's own.
async fn compare(rule: RateRule, steps: &[i64]) -> Result<(), TestCaseError> {
    let script = redis::Script::new(include_str!("../src/charge.lua"));
    let (mut connection, key) = (connection().await, server::key());
    let mut state = None;
    let mut millis = 1_795_435_200_000;
    for later in steps {
        millis += later;
        let now = Timestamp::from_millis(millis);
        let (expected, next) = RateState::decide(state, rule, now);
        // A refusal is not written down.
        if expected.retry_after.is_none() {
            state = Some(next);
        }

        let mut call = script.key(&key);
        // The grace is long enough for clocks that are put back.
        call.arg(millis).arg(3_600_000);
        for (_, window) in rule.windows() {
            call.arg(window.pace_ms()).arg(window.burst_ms());
        }
        let told: (i64, i64, i64, u64) = call.invoke_async(&mut connection).await.unwrap();

        let wait = expected.retry_after.map_or(0, |wait| u64::try_from(wait.as_millis()).unwrap());
        let expected =
            (millis, next.minute_idle_at.as_millis(), next.hour_idle_at.as_millis(), wait);
        prop_assert_eq!(told, expected);
    }
    Ok(())
}
