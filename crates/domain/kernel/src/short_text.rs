//! Short plain texts: a building number, a postal code, a person to ask for.

use std::fmt;

use crate::text::{TextError, clean_text};

/// A text of one line without a language, at most 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortText(String);

impl ShortText {
    /// The most characters it may have.
    pub const CHARACTERS_MAX: usize = 100;

    /// Reads a text.
    ///
    /// # Errors
    /// Every variant of [`TextError`].
    pub fn parse(text: &str) -> Result<Self, TextError> {
        clean_text(text, Self::CHARACTERS_MAX).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShortText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_characters_fit_and_control_characters_do_not() {
        let longest = "ش".repeat(100);
        assert_eq!(ShortText::parse(&longest).unwrap().as_str(), longest);
        let too_long = TextError::TooLong { characters_max: 100 };
        assert_eq!(ShortText::parse(&"x".repeat(101)), Err(too_long));
        assert_eq!(ShortText::parse("a\u{202E}b"), Err(TextError::ControlCharacter));
        assert_eq!(ShortText::parse("  "), Err(TextError::Empty));
    }
}
