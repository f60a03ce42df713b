//! What every limiter of requests promises, whatever keeps its counters.
//!
//! Shared counters go by their own clock, so that nothing here depends on time passing: the pace
//! of every rule is longer than a test takes.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use gaara_application::RateLimiter;
use gaara_kernel::Timestamp;
use gaara_security_policy::{RateDecision, RateRule};

/// Five a minute, eight an hour: one more passes after twelve seconds at the earliest.
const RULE: RateRule = RateRule::new(5, 8);

/// Shared counters outlive a run of the tests, so that each run has keys of its own.
fn own(name: &str) -> String {
    let run = RandomState::new().hash_one(name);
    format!("test:{name}:{run:016x}")
}

async fn charge(limiter: &dyn RateLimiter, key: &str) -> RateDecision {
    let now = Timestamp::from_millis(1_795_435_200_000);
    limiter.charge(key, RULE, now).await.expect("the counters can be reached")
}

async fn use_up(limiter: &dyn RateLimiter, key: &str) {
    for _ in 0..5 {
        assert_eq!(charge(limiter, key).await.retry_after, None);
    }
}

/// As many as the limit pass at once, and the next one is told when to come back.
pub async fn a_burst_passes_and_the_next_is_told_when_to_come_back(limiter: Arc<dyn RateLimiter>) {
    let key = &own("burst");
    use_up(&*limiter, key).await;
    let wait = charge(&*limiter, key).await.retry_after.expect("the sixth waits");
    assert!(wait > Duration::ZERO && wait <= Duration::from_secs(12), "{wait:?}");
}

/// What is left of both windows is told.
pub async fn what_is_left_is_told(limiter: Arc<dyn RateLimiter>) {
    let key = &own("left");
    let first = charge(&*limiter, key).await;
    assert_eq!((first.minute.remaining, first.hour.remaining), (4, 7));
    assert!(first.minute.full_after <= Duration::from_secs(12));
    assert_eq!(first.rule, RULE);
}

/// A refusal is counted in neither window.
pub async fn a_refusal_costs_nothing(limiter: Arc<dyn RateLimiter>) {
    let key = &own("refusal");
    use_up(&*limiter, key).await;
    for _ in 0..20 {
        let refused = charge(&*limiter, key).await;
        assert!(refused.retry_after.is_some());
        assert_eq!((refused.minute.remaining, refused.hour.remaining), (0, 3));
    }
}

/// Keys are counted by themselves, also those that begin alike.
pub async fn keys_do_not_share_a_limit(limiter: Arc<dyn RateLimiter>) {
    let key = &own("one");
    use_up(&*limiter, key).await;
    for other in [own("one"), format!("{key}:x"), format!("{key} ")] {
        assert_eq!(charge(&*limiter, &other).await.retry_after, None, "{other}");
    }
}

/// Requests at one moment are counted one by one.
pub async fn of_fifty_at_once_exactly_five_pass(limiter: Arc<dyn RateLimiter>) {
    let key = own("fifty");
    let asked: Vec<_> = (0..50)
        .map(|_| {
            let (limiter, key) = (Arc::clone(&limiter), key.clone());
            tokio::spawn(async move { charge(&*limiter, &key).await.retry_after.is_none() })
        })
        .collect();
    let mut passed = 0;
    for asked in asked {
        passed += u32::from(asked.await.expect("a request ends"));
    }
    assert_eq!(passed, 5);
}
