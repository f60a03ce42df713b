//! The memory limiter keeps the contract of every limiter, and follows the clock it is given.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::RateLimiter;
use gaara_kernel::Timestamp;
use gaara_security_policy::RateRule;
use gaara_store_memory::MemoryRateLimiter;

gaara_testkit::rate_limiter_contract!(async { (Arc::new(MemoryRateLimiter::new()), ()) });

#[tokio::test]
async fn a_hundred_pass_and_after_the_wait_exactly_one() {
    let limiter = MemoryRateLimiter::new();
    let start = Timestamp::from_millis(1_795_435_200_000);
    let passes = async |now: Timestamp| {
        limiter.charge("somebody", RateRule::STANDARD, now).await.unwrap().retry_after.is_none()
    };
    for _ in 0..100 {
        assert!(passes(start).await);
    }
    let refused = limiter.charge("somebody", RateRule::STANDARD, start).await.unwrap();

    let later = start.plus(refused.retry_after.unwrap());

    assert!(!passes(later.minus(Duration::from_millis(1))).await);
    assert!(passes(later).await);
    assert!(!passes(later).await);
}
