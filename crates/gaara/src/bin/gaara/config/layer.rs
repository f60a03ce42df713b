//! One source of settings: what it says, and where exactly.

use std::collections::BTreeMap;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The value as text.
    pub(crate) text: String,
    /// Where it stands: a flag, a variable, a file, or `default`.
    pub(crate) origin: String,
}

/// What one source says, by key.
pub(crate) type Layer = BTreeMap<&'static str, Found>;
