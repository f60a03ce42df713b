//! Counters shared between instances, kept in Redis.

mod link;
mod throttle;

pub use throttle::RedisThrottle;
