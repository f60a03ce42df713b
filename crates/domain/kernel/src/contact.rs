//! Whom to ask for.

use std::fmt;

use thiserror::Error;

use crate::email::EmailAddress;
use crate::short_text::ShortText;

/// The text is not a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a telephone number")]
pub struct PhoneError;

/// A telephone number as people write it; at least three digits (EN 16931 BR-DE-27), at most 32
/// characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads a number: digits, with `+` in front and spaces, `-`, `.`, `/` and brackets between.
    ///
    /// # Errors
    /// [`PhoneError`] for any other text.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let text = text.trim();
        let plain = text.strip_prefix('+').unwrap_or(text);
        let known = |b: u8| b.is_ascii_digit() || b" -./()".contains(&b);
        let digits = plain.bytes().filter(u8::is_ascii_digit).count();
        if text.len() <= 32 && digits >= 3 && plain.bytes().all(known) {
            Ok(Self(text.to_owned()))
        } else {
            Err(PhoneError)
        }
    }

    /// The number as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A person or an office to ask for (EN 16931 BG-6, BG-9).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Contact {
    /// The name (BT-41, BT-56).
    pub name: Option<ShortText>,
    /// The telephone number (BT-42, BT-57).
    pub phone: Option<PhoneNumber>,
    /// The e-mail address (BT-43, BT-58).
    pub email: Option<EmailAddress>,
}

impl Contact {
    /// Whether nothing is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.name.is_none() && self.phone.is_none() && self.email.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for text in ["+966 11 123 4567", "(030) 1234-56", "112", "02/345.67"] {
            assert_eq!(PhoneNumber::parse(text).unwrap().as_str(), text);
        }
        for text in ["", "12", "+ab", "1+23", "call me", &"1".repeat(33), "12٣"] {
            assert_eq!(PhoneNumber::parse(text), Err(PhoneError), "{text:?}");
        }
    }

    #[test]
    fn a_contact_of_nothing_is_empty() {
        assert!(Contact::default().is_empty());
        let phone = Some(PhoneNumber::parse("123").unwrap());
        assert!(!Contact { phone, ..Contact::default() }.is_empty());
    }
}
