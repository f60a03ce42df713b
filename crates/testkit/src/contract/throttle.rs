//! What every throttle promises, whatever keeps its counters.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use gaara_kernel::Timestamp;
use gaara_security_policy::{Throttle, ThrottleRule, Verdict};

const RULE: ThrottleRule = ThrottleRule::SIGN_IN;

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(1_795_435_200_000 + ms)
}

/// Shared counters outlive a run of the tests, so that each run has keys of its own.
fn own(name: &str) -> String {
    let run = RandomState::new().hash_one(name);
    format!("test:{name}:{run:016x}")
}

async fn allowed(throttle: &dyn Throttle, key: &str, ms: i64) -> bool {
    throttle.take(key, RULE, at(ms)).await.expect("the counters can be reached") == Verdict::Allowed
}

async fn use_up(throttle: &dyn Throttle, key: &str) {
    for _ in 0..5 {
        assert!(allowed(throttle, key, 0).await);
    }
}

/// Five tries at once are allowed, and one more every twelve seconds.
pub async fn five_at_once_and_then_one_every_twelve_seconds(throttle: Arc<dyn Throttle>) {
    let key = &*own("five_at_once_and_then_one_every_twelve_seconds");
    use_up(&*throttle, key).await;
    assert!(!allowed(&*throttle, key, 0).await);
    assert!(!allowed(&*throttle, key, 11_999).await);
    assert!(allowed(&*throttle, key, 12_000).await);
    assert!(!allowed(&*throttle, key, 12_000).await);
    assert!(allowed(&*throttle, key, 24_000).await);
}

/// A key that rested is as good as new.
pub async fn after_a_minute_of_rest_five_are_allowed_again(throttle: Arc<dyn Throttle>) {
    let key = &*own("after_a_minute_of_rest_five_are_allowed_again");
    use_up(&*throttle, key).await;
    for _ in 0..5 {
        assert!(allowed(&*throttle, key, 60_000).await);
    }
    assert!(!allowed(&*throttle, key, 60_000).await);
}

/// A refusal names the time to wait, and waiting that long is enough.
pub async fn a_refusal_says_when_to_come_back_and_costs_nothing(throttle: Arc<dyn Throttle>) {
    let key = &*own("a_refusal_says_when_to_come_back_and_costs_nothing");
    use_up(&*throttle, key).await;
    for _ in 0..3 {
        let verdict =
            throttle.take(key, RULE, at(2_000)).await.expect("the counters can be reached");
        let retry_after = Duration::from_secs(10);
        assert_eq!(verdict, Verdict::Refused { retry_after });
    }
    assert!(allowed(&*throttle, key, 12_000).await);
}

/// A try that was taken back leaves its place to another.
pub async fn a_refunded_try_was_never_made(throttle: Arc<dyn Throttle>) {
    let key = &*own("a_refunded_try_was_never_made");
    use_up(&*throttle, key).await;
    throttle.refund(key, RULE, at(0)).await.expect("the counters can be reached");
    assert!(allowed(&*throttle, key, 0).await);
    assert!(!allowed(&*throttle, key, 0).await);
}

/// Nothing can be taken back that was not counted.
pub async fn a_refund_of_an_unknown_key_gives_nothing(throttle: Arc<dyn Throttle>) {
    let key = &*own("a_refund_of_an_unknown_key_gives_nothing");
    throttle.refund(key, RULE, at(0)).await.expect("the counters can be reached");
    use_up(&*throttle, key).await;
    assert!(!allowed(&*throttle, key, 0).await);
}

/// What is forgotten was never tried, and leaves another key alone.
pub async fn forgotten_tries_were_never_made(throttle: Arc<dyn Throttle>) {
    let key = &*own("forgotten_tries_were_never_made");
    let other = &*own("forgotten_tries_of_another");
    use_up(&*throttle, key).await;
    use_up(&*throttle, other).await;
    throttle.forget(key).await.expect("the counters can be reached");
    use_up(&*throttle, key).await;
    assert!(!allowed(&*throttle, other, 0).await);
}

/// One key's tries leave another key alone.
pub async fn keys_do_not_share_a_limit(throttle: Arc<dyn Throttle>) {
    let key = &*own("keys_do_not_share_a_limit");
    use_up(&*throttle, key).await;
    for other in [format!("{key}:"), format!("{key} "), format!("سارة:{key}")] {
        assert!(allowed(&*throttle, &other, 0).await, "{other}");
    }
    assert!(!allowed(&*throttle, key, 0).await);
}

/// Tries at the same moment are counted one by one.
pub async fn of_fifty_at_the_same_time_exactly_five_are_allowed(throttle: Arc<dyn Throttle>) {
    let key = &*own("of_fifty_at_the_same_time_exactly_five_are_allowed");
    let tries: Vec<_> = (0..50)
        .map(|_| {
            let (throttle, key) = (Arc::clone(&throttle), key.to_owned());
            tokio::spawn(async move { allowed(&*throttle, &key, 0).await })
        })
        .collect();
    let mut count = 0;
    for one in tries {
        count += u32::from(one.await.expect("a try ends"));
    }
    assert_eq!(count, 5);
}
