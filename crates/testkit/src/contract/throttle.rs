//! What every throttle must do.

use std::sync::Arc;
use std::time::Duration;

use gaara_kernel::Timestamp;
use gaara_security_policy::{Throttle, ThrottleRule, Verdict};

const RULE: ThrottleRule = ThrottleRule::SIGN_IN;

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_millis(1_795_424_400_000).plus(Duration::from_secs(seconds))
}

async fn take(throttle: &dyn Throttle, key: &str, now: Timestamp) -> Verdict {
    throttle.take(key, RULE, now).await.expect("the counters can be reached")
}

async fn exhaust(throttle: &dyn Throttle, key: &str) {
    for _ in 0..RULE.times {
        assert_eq!(take(throttle, key, at(0)).await, Verdict::Allowed);
    }
}

/// Five tries at once are allowed, and one more every twelve seconds.
pub async fn five_at_once_and_then_one_at_the_even_pace(throttle: Arc<dyn Throttle>) {
    exhaust(&*throttle, "pace").await;
    assert!(matches!(take(&*throttle, "pace", at(11)).await, Verdict::Refused { .. }));
    assert_eq!(take(&*throttle, "pace", at(12)).await, Verdict::Allowed);
    assert!(matches!(take(&*throttle, "pace", at(12)).await, Verdict::Refused { .. }));
}

/// A refusal names the time to wait, and waiting that long is enough.
pub async fn a_refusal_says_when_to_come_back(throttle: Arc<dyn Throttle>) {
    exhaust(&*throttle, "wait").await;
    let refused = take(&*throttle, "wait", at(2)).await;
    assert_eq!(refused, Verdict::Refused { retry_after: Duration::from_secs(10) });
    assert_eq!(take(&*throttle, "wait", at(12)).await, Verdict::Allowed);
}

/// A try that was taken back leaves its place to another.
pub async fn a_refunded_try_was_never_made(throttle: Arc<dyn Throttle>) {
    exhaust(&*throttle, "refund").await;
    throttle.refund("refund", RULE, at(0)).await.expect("the counters can be reached");
    assert_eq!(take(&*throttle, "refund", at(0)).await, Verdict::Allowed);
    assert!(matches!(take(&*throttle, "refund", at(0)).await, Verdict::Refused { .. }));
}

/// One key's tries leave another key alone.
pub async fn keys_do_not_count_for_one_another(throttle: Arc<dyn Throttle>) {
    exhaust(&*throttle, "one").await;
    assert_eq!(take(&*throttle, "other", at(0)).await, Verdict::Allowed);
}

/// Tries at the same moment are counted one by one.
pub async fn fifty_at_once_are_counted_one_by_one(throttle: Arc<dyn Throttle>) {
    let tries: Vec<_> = (0..50)
        .map(|_| {
            let throttle = Arc::clone(&throttle);
            tokio::spawn(async move { take(&*throttle, "storm", at(0)).await })
        })
        .collect();
    let mut allowed = 0;
    for verdict in tries {
        if verdict.await.expect("a try ends") == Verdict::Allowed {
            allowed += 1;
        }
    }
    assert_eq!(allowed, RULE.times);
}
