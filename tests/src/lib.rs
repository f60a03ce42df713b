//! Guards and whole-system tests.
//!
//! A guard is a rule of the house as a function from text to findings, tried on small samples beside
//! it, and applied to the whole repository by the test of the same name in `tests/`.

pub mod invariants;
pub mod manifest;
pub mod tidy;
pub mod tiers;
pub mod tree;
