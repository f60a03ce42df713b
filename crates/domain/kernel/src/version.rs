//! The version of a stored thing, for optimistic locking.

use std::fmt;

/// How often a thing was saved; the first version is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u32);

impl Version {
    /// The version of a thing that was just added.
    pub const FIRST: Self = Self(1);

    /// Takes a stored or quoted number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The version that the next save gives.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
