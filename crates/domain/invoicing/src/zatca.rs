//! The QR text that Saudi invoices bear (ZATCA, Security Features Implementation Standards 1.2,
//! section 4): tags in bytes, written in Base64.

use gaara_kernel::{Money, Timestamp};
use thiserror::Error;

/// A value is longer than the one byte of its length can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the value of tag {tag} has {bytes} bytes, and at most {BYTES_MAX} can be told")]
pub struct TagTooLong {
    /// The tag.
    pub tag: u8,
    /// How many bytes its value has.
    pub bytes: usize,
}

/// The most bytes of UTF-8 that a value may have; an Arabic letter has two.
const BYTES_MAX: usize = 255;

/// What the QR text of the first phase tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QrContent<'a> {
    /// The seller's name (tag 1).
    pub seller: &'a str,
    /// The seller's tax registration number (tag 2).
    pub tax_id: &'a str,
    /// When the document was issued (tag 3), told in whole seconds of UTC.
    pub issued_at: Timestamp,
    /// The total with tax (tag 4).
    pub total: Money,
    /// The tax (tag 5).
    pub tax: Money,
}

impl QrContent<'_> {
    /// The text of the QR code.
    ///
    /// # Errors
    /// [`TagTooLong`] when a name is longer than 255 bytes.
    pub fn text(&self) -> Result<String, TagTooLong> {
        let instant = self.issued_at.to_string();
        // A timestamp is told to the millisecond, `2026-11-27T09:00:00.000Z`; the code to the second.
        let seconds = instant.split('.').next().unwrap_or_default();
        let (total, tax) = (self.total.amount(), self.tax.amount());
        qr_text(&[
            (1, self.seller.as_bytes()),
            (2, self.tax_id.as_bytes()),
            (3, format!("{seconds}Z").as_bytes()),
            (4, total.as_bytes()),
            (5, tax.as_bytes()),
        ])
    }
}

/// Writes tags one after the other, each as its number, its length and its value, in Base64.
///
/// ```
/// use gaara_invoicing::zatca::qr_text;
///
/// assert_eq!(qr_text(&[(1, "Bobs".as_bytes())]), Ok("AQRCb2Jz".to_owned()));
/// ```
///
/// # Errors
/// [`TagTooLong`] when a value is longer than 255 bytes.
pub fn qr_text(tags: &[(u8, &[u8])]) -> Result<String, TagTooLong> {
    let mut bytes = Vec::new();
    for (tag, value) in tags {
        let too_long = TagTooLong { tag: *tag, bytes: value.len() };
        bytes.extend([*tag, u8::try_from(value.len()).map_err(|_| too_long)?]);
        bytes.extend_from_slice(value);
    }
    Ok(base64(&bytes))
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let group = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let sextet = usize::try_from(group >> (18 - 6 * place) & 63).unwrap_or_default();
            let sign = ALPHABET.get(sextet).copied().unwrap_or_default();
            text.push(if place <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use gaara_kernel::Currency;
    use serde_json::Value;

    use super::*;

    const VECTORS: &str = include_str!("../vectors/zatca_qr.json");

    /// The bytes of a tag: a text, or bytes in hexadecimal digits.
    fn bytes(value: &Value) -> Vec<u8> {
        if let Some(text) = value.as_str() {
            return text.as_bytes().to_vec();
        }
        let digits = value["hex"].as_str().unwrap().as_bytes();
        let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16).unwrap()).unwrap();
        digits.chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
    }

    #[test]
    fn every_published_code_is_reproduced() {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        let vectors = vectors.as_array().unwrap();
        for vector in vectors {
            let tags = vector["tags"].as_object().unwrap();
            let mut tags: Vec<(u8, Vec<u8>)> =
                tags.iter().map(|(tag, value)| (tag.parse().unwrap(), bytes(value))).collect();
            tags.sort();
            let tags: Vec<(u8, &[u8])> =
                tags.iter().map(|(tag, value)| (*tag, value.as_slice())).collect();
            assert_eq!(qr_text(&tags).unwrap(), vector["base64"], "{}", vector["id"]);
        }
        assert!(vectors.len() >= 5);
    }

    #[test]
    fn a_document_says_what_the_published_sample_says() {
        let sar = |text| Money::parse(text, Currency::parse("SAR").unwrap()).unwrap();
        let content = QrContent {
            seller: "Bobs Records",
            tax_id: "310122393500003",
            issued_at: Timestamp::parse("2022-04-25T15:30:00Z").unwrap(),
            total: sar("1000"),
            tax: sar("150"),
        };

        let sample = "AQxCb2JzIFJlY29yZHMCDzMxMDEyMjM5MzUwMDAwMwMUMjAyMi0wNC0yNVQxNTozMDowMFoEBzEwMDAuMDAFBjE1MC4wMA==";
        assert_eq!(content.text().unwrap(), sample);
    }

    #[test]
    fn a_length_counts_bytes_and_ends_at_255() {
        let fits = "س".repeat(127);
        assert!(qr_text(&[(1, fits.as_bytes())]).is_ok());
        let long = "س".repeat(128);
        let error = qr_text(&[(1, long.as_bytes())]).unwrap_err();
        assert_eq!(error, TagTooLong { tag: 1, bytes: 256 });
    }
}
