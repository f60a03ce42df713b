//! What others call the things behind a document.

use std::fmt;

use gaara_kernel::{Date, TextError, clean_text};

/// The longest reference, in characters.
const CHARACTERS_MAX: usize = 500;

/// A short text that somebody else gave to something: an order number, a reason code, a tag.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(String);

impl Reference {
    /// Reads a reference of 1 to 500 characters; spaces around it are taken off.
    ///
    /// # Errors
    /// Every variant of [`TextError`].
    pub fn parse(text: &str) -> Result<Self, TextError> {
        clean_text(text, CHARACTERS_MAX).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What somebody calls a document, and the day it bears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedReference {
    /// What it is called.
    pub id: Reference,
    /// Its day.
    pub date: Option<Date>,
}

/// What others call the things behind a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct References {
    /// What the buyer asks to see on it (BT-10).
    pub buyer: Option<Reference>,
    /// The buyer's order (BT-13).
    pub order: Option<DatedReference>,
    /// The contract (BT-12).
    pub contract: Option<DatedReference>,
    /// The project (BT-11).
    pub project: Option<DatedReference>,
    /// The despatch advice (BT-16).
    pub despatch: Option<DatedReference>,
    /// The receiving advice (BT-15).
    pub receipt: Option<DatedReference>,
}

impl References {
    /// The dated ones with their names in the API and in the database.
    #[must_use]
    pub const fn dated(&self) -> [(&'static str, Option<&DatedReference>); 5] {
        [
            ("order", self.order.as_ref()),
            ("contract", self.contract.as_ref()),
            ("project", self.project.as_ref()),
            ("despatch", self.despatch.as_ref()),
            ("receipt", self.receipt.as_ref()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_one_clean_line() {
        assert_eq!(Reference::parse(" PO-7 / ٢ ").unwrap().as_str(), "PO-7 / ٢");
        assert_eq!(Reference::parse("  "), Err(TextError::Empty));
        assert_eq!(Reference::parse("a\nb"), Err(TextError::ControlCharacter));
        let long = "x".repeat(501);
        assert_eq!(Reference::parse(&long), Err(TextError::TooLong { characters_max: 500 }));
    }
}
