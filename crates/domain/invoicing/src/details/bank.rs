//! How a document may be paid: means of payment and bank accounts (EN 16931 BG-16 to BG-19).

use std::fmt;

use thiserror::Error;

use super::references::Reference;

/// Why a means of payment was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BankError {
    /// No means of payment has this code. Source: EN 16931 BR-CL-16.
    #[error("no means of payment has this code")]
    UnknownMeans,
    /// The account number is none, or its check digits are wrong. Source: ISO 13616.
    #[error("not an IBAN")]
    Iban,
    /// The text is no code of a bank. Source: ISO 9362.
    #[error("not a BIC")]
    Bic,
}

/// A means of payment by UNCL4461: 10 cash, 30 a transfer, 48 a card, 58 a SEPA transfer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaymentMeansCode(String);

impl PaymentMeansCode {
    /// Reads a code.
    ///
    /// # Errors
    /// [`BankError::UnknownMeans`] for any other text.
    pub fn parse(text: &str) -> Result<Self, BankError> {
        let plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = if plain { text.parse::<u8>().ok() } else { None };
        let known = matches!(number, Some(1..=68 | 70 | 74..=78 | 91..=99)) || text == "ZZZ";
        if known { Ok(Self(text.to_owned())) } else { Err(BankError::UnknownMeans) }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PaymentMeansCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An international bank account number, without spaces, with right check digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iban(String);

impl Iban {
    /// Reads a number; spaces and small letters are accepted.
    ///
    /// # Errors
    /// [`BankError::Iban`] when it is too short or long, or its check digits are wrong.
    pub fn parse(text: &str) -> Result<Self, BankError> {
        let text: String = text.chars().filter(|c| *c != ' ').collect::<String>().to_uppercase();
        let shaped = (15..=34).contains(&text.len())
            && text.bytes().enumerate().all(|(index, byte)| match index {
                0 | 1 => byte.is_ascii_uppercase(),
                2 | 3 => byte.is_ascii_digit(),
                _ => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            });
        if shaped && remainder(&text) == Some(1) { Ok(Self(text)) } else { Err(BankError::Iban) }
    }

    /// The number as text, without spaces.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number with its first four characters at the end, letters as 10 to 35, modulo 97.
fn remainder(text: &str) -> Option<u32> {
    let (head, tail) = text.split_at_checked(4)?;
    tail.chars().chain(head.chars()).try_fold(0, |rest: u32, c| {
        let value = c.to_digit(36)?;
        let shift = if value < 10 { 10 } else { 100 };
        Some((rest * shift + value) % 97)
    })
}

/// The code of a bank.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bic(String);

impl Bic {
    /// Reads a code: eight or eleven letters and digits, the fifth and sixth letters.
    ///
    /// # Errors
    /// [`BankError::Bic`] for any other text.
    pub fn parse(text: &str) -> Result<Self, BankError> {
        let text = text.trim().to_uppercase();
        let shaped = matches!(text.len(), 8 | 11)
            && text.bytes().enumerate().all(|(index, byte)| match index {
                4 | 5 => byte.is_ascii_uppercase(),
                _ => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            });
        if shaped { Ok(Self(text)) } else { Err(BankError::Bic) }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One way in which a document may be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentMeans {
    /// The means (BT-81).
    pub code: PaymentMeansCode,
    /// The account to pay to (BT-84).
    pub iban: Option<Iban>,
    /// The bank that keeps it (BT-86).
    pub bic: Option<Bic>,
    /// Whose account it is (BT-85).
    pub account_name: Option<Reference>,
    /// What to write on the payment (BT-83).
    pub remittance: Option<Reference>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_of_payment_are_those_of_the_list() {
        for code in ["1", "10", "30", "48", "58", "68", "70", "78", "99", "ZZZ"] {
            assert_eq!(PaymentMeansCode::parse(code).unwrap().as_str(), code);
        }
        for code in ["", "0", "010", "69", "100", "zzz", "-1", "+1"] {
            assert_eq!(PaymentMeansCode::parse(code), Err(BankError::UnknownMeans), "{code}");
        }
    }

    #[test]
    fn an_account_has_right_check_digits() {
        for text in ["SA03 8000 0000 6080 1016 7519", "de89370400440532013000"] {
            assert!(Iban::parse(text).is_ok(), "{text}");
        }
        for text in ["SA04 8000 0000 6080 1016 7519", "SA03", "", "SA03-80000000608010167519"] {
            assert_eq!(Iban::parse(text), Err(BankError::Iban), "{text}");
        }
    }

    #[test]
    fn a_bank_has_eight_or_eleven_characters() {
        assert_eq!(Bic::parse(" rjhisari ").unwrap().as_str(), "RJHISARI");
        assert!(Bic::parse("DEUTDEFF500").is_ok());
        for text in ["RJHISAR", "RJHI5ARI", "RJHISARI50", "RJHISAR\u{e9}"] {
            assert_eq!(Bic::parse(text), Err(BankError::Bic), "{text}");
        }
    }
}
