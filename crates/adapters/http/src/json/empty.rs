//! The body of a request that needs none.

use serde::Deserialize;
use validator::{Validate, ValidationErrors};

use super::check::Check;

/// A body without members: `{}`, or nothing at all.
#[derive(Debug, Deserialize)]
pub(crate) struct Empty {}

impl Empty {
    /// Nothing is read, but a body that says something is refused.
    pub(crate) fn read(self, _: &mut Check) -> Option<()> {
        Some(())
    }
}

impl Validate for Empty {
    fn validate(&self) -> Result<(), ValidationErrors> {
        Ok(())
    }
}
