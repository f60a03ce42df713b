//! Guards and whole-system tests.
//!
//! A guard is a rule of the house as a function from text to findings, tried on small samples beside
//! it, and applied to the whole repository by the test of the same name in `tests/`.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot start its server must end"
)]

pub mod client;
pub mod invariants;
pub mod manifest;
pub mod server;
pub mod service;
pub mod tidy;
pub mod tiers;
pub mod tree;
