//! Barcodes by the GS1 rules.

use std::fmt;

use thiserror::Error;

/// The text is not 8, 12, 13 or 14 digits that end in the right check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a barcode")]
pub struct BarcodeError;

/// A GTIN: 8, 12, 13 or 14 digits, the last of which checks the others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Barcode(String);

impl Barcode {
    /// Reads a barcode.
    ///
    /// # Errors
    /// [`BarcodeError`] for any other text, a wrong check digit included.
    pub fn parse(text: &str) -> Result<Self, BarcodeError> {
        let known_length = matches!(text.len(), 8 | 12 | 13 | 14);
        if !known_length || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BarcodeError);
        }
        // Source: GS1 General Specifications, check digit: weights 3 and 1 from the right.
        let sum: u32 = text
            .bytes()
            .rev()
            .zip([1, 3].into_iter().cycle())
            .map(|(digit, weight)| u32::from(digit - b'0') * weight)
            .sum();
        if sum.is_multiple_of(10) { Ok(Self(text.to_owned())) } else { Err(BarcodeError) }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Barcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_checks_the_others() {
        for text in ["6281000000014", "4006381333931", "96385074", "036000291452"] {
            assert!(Barcode::parse(text).is_ok(), "{text}");
        }
        for text in ["6281000000015", "", "1234567", "٦٢٨١٠٠٠٠٠٠٠١٤"] {
            assert_eq!(Barcode::parse(text), Err(BarcodeError), "{text}");
        }
    }
}
