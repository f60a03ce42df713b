//! Security decisions as pure functions of a state and an instant.
//!
//! Nothing here waits, stores or draws: adapters keep the state and ask.
#![deny(clippy::float_arithmetic)]

mod breaker;
mod headers;
mod password;
mod rate;
mod throttle;
mod token;

pub use breaker::{
    Breaker, BreakerHold, BreakerPolicy, BreakerRefusal, BreakerSnapshot, BreakerState,
    CallOutcome, Jitter, Permit,
};
pub use headers::{RESPONSE_HEADERS, page_policy, strict_transport_security};
pub use password::{Advice, PasswordFault, PasswordPolicy, Score, Strength};
pub use rate::{RateDecision, RateRule, RateState, WindowStanding};
pub use throttle::{Throttle, ThrottleError, ThrottleRule, ThrottleState, Verdict};
pub use token::ACCESS_TOKEN_LIFETIME;
