//! Codes on paper, for whoever has lost the phone.

use std::fmt;

use crate::totp::{TotpCode, letters};

/// A code of 120 bits, which works once. It never prints by accident.
///
/// With at least 112 random bits a fast digest keeps it safe at rest (ASVS 6.5.2).
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// How many codes somebody is given at once.
    pub const COUNT: usize = 10;
    /// How many random bytes a code is made of.
    pub const BYTES: usize = 15;
    /// How many letters and digits a code has.
    const LETTERS: usize = 24;
    /// The letters and digits of Crockford's base 32, which nobody takes for one another.
    const ALPHABET: [char; 32] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H',
        'J', 'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
    ];

    /// Takes random bytes.
    #[must_use]
    pub fn new(bytes: [u8; Self::BYTES]) -> Self {
        Self(letters(&bytes, &Self::ALPHABET))
    }

    /// Reads a code as people copy it: dashes and blanks do no harm, nor do letters that look
    /// like digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut letters = String::new();
        for character in text.chars().filter(|it| *it != '-' && !it.is_whitespace()) {
            let letter = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            if !Self::ALPHABET.contains(&letter) || letters.len() == Self::LETTERS {
                return None;
            }
            letters.push(letter);
        }
        (letters.len() == Self::LETTERS).then_some(Self(letters))
    }

    /// What is digested: letters and digits alone.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The code as it is shown: six groups of four.
    #[must_use]
    pub fn shown(&self) -> String {
        let mut shown = String::new();
        for (index, letter) in self.0.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                shown.push('-');
            }
            shown.push(letter);
        }
        shown
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// What somebody shows as a second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecondFactorCode {
    /// A code of the phone.
    Totp(TotpCode),
    /// A code on paper.
    Recovery(RecoveryCode),
}

impl SecondFactorCode {
    /// Reads either; the two have different lengths.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let totp = TotpCode::parse(text).map(Self::Totp);
        totp.or_else(|| RecoveryCode::parse(text).map(Self::Recovery))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_copy_it() {
        let code = RecoveryCode::new([0x5a; 15]);
        assert_eq!(code.shown(), "B9D5-MPJT-B9D5-MPJT-B9D5-MPJT");
        for text in [
            "B9D5-MPJT-B9D5-MPJT-B9D5-MPJT",
            "b9d5mpjtb9d5mpjtb9d5mpjt",
            " b9d5 mpjt b9d5 mpjt b9d5 mpjt ",
        ] {
            assert_eq!(RecoveryCode::parse(text), Some(code.clone()), "{text}");
        }
        assert_eq!(RecoveryCode::parse(&"oil0".repeat(6)), RecoveryCode::parse(&"0110".repeat(6)));
        for text in ["", "B9D5", "U9D5-MPJT-B9D5-MPJT-B9D5-MPJT", &"0".repeat(25)] {
            assert_eq!(RecoveryCode::parse(text), None, "{text}");
        }
        assert_eq!(format!("{code:?}"), "[redacted]");
    }

    #[test]
    fn phone_and_paper_are_told_apart() {
        assert!(matches!(SecondFactorCode::parse("123 456"), Some(SecondFactorCode::Totp(_))));
        let paper = SecondFactorCode::parse(&"1234".repeat(6));
        assert!(matches!(paper, Some(SecondFactorCode::Recovery(_))));
        assert_eq!(SecondFactorCode::parse("hello"), None);
    }
}
