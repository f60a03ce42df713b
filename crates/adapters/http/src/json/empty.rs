//! The body of a request that needs none.

use serde::Deserialize;
use validator::{Validate, ValidationErrors};

use super::body::OptionalBody;
use crate::problem::Problem;

/// A body without members: `{}`, or nothing at all.
#[derive(Debug, Deserialize)]
pub(crate) struct Empty {}

impl Validate for Empty {
    fn validate(&self) -> Result<(), ValidationErrors> {
        Ok(())
    }
}

impl OptionalBody<Empty> {
    /// Refuses a body that says something.
    pub(crate) fn check(self) -> Result<(), Problem> {
        self.into_body().read(|Empty {}, _| Some(()))
    }
}
