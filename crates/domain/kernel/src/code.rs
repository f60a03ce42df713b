//! Short codes people give to things: a SKU, a warehouse code, a tax rate code, a unit.

use std::fmt;

use thiserror::Error;

/// The longest code, in characters.
const CHARACTERS_MAX: usize = 64;

/// The text is not a code: 1 to 64 of `A-Z a-z 0-9 . _ / + -`, beginning with a letter or digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a code")]
pub struct CodeError;

/// A short code, unique among its kind; compared letter by letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

impl Code {
    /// Reads a code.
    ///
    /// # Errors
    /// [`CodeError`] for any other text.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let known = |b: u8| b.is_ascii_alphanumeric() || b"._/+-".contains(&b);
        let begins = text.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
        if begins && text.len() <= CHARACTERS_MAX && text.bytes().all(known) {
            Ok(Self(text.to_owned()))
        } else {
            Err(CodeError)
        }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_codes_are_read() {
        for text in ["BOLT-M8", "MAIN", "VAT15", "EA", "a.b_c/d+e"] {
            assert_eq!(Code::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", " A", "A B", "-A", "برغي", &"A".repeat(65)] {
            assert_eq!(Code::parse(text), Err(CodeError), "{text}");
        }
    }
}
