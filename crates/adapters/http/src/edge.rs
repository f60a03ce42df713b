//! What an operator says about the edge: who is believed, who may ask, and how often.

mod client_address;
mod hosts;
mod network;
mod origins;
mod rate_limits;

pub(crate) use client_address::{client_address, prefix};
pub use hosts::Hosts;
pub use network::Network;
pub use origins::Origins;
pub(crate) use rate_limits::is_below;
pub use rate_limits::{RateLimits, RouteRule};
