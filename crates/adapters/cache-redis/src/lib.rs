//! Counters shared between instances, kept in Redis.

mod link;
mod rate_limiter;
mod throttle;

pub use rate_limiter::RedisRateLimiter;
pub use throttle::RedisThrottle;
