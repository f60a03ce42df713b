//! The id that ties a request to its log lines, its audit rows and its error (W3C Trace Context).

use std::fmt;

use gaara_kernel::Entropy;
use thiserror::Error;

/// The text is not 32 small hexadecimal digits, or all of them are zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a trace id")]
pub struct TraceError;

/// A trace id: 16 bytes, never all zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TraceId(u128);

impl TraceId {
    /// A new random trace id.
    #[must_use]
    pub fn new(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; 16];
        entropy.fill(&mut bytes);
        Self(u128::from_be_bytes(bytes).max(1))
    }

    /// Reads 32 small hexadecimal digits.
    ///
    /// # Errors
    /// [`TraceError`] for any other text.
    pub fn parse(text: &str) -> Result<Self, TraceError> {
        let shaped = text.len() == 32 && text.bytes().all(|b| b"0123456789abcdef".contains(&b));
        match u128::from_str_radix(text, 16) {
            Ok(value) if shaped && value != 0 => Ok(Self(value)),
            _ => Err(TraceError),
        }
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_trace_id_is_read_back() {
        let text = "4bf92f3577b34da6a3ce929d0e0e4736";
        assert_eq!(TraceId::parse(text).unwrap().to_string(), text);
        for bad in ["", "0", &"0".repeat(32), &"F".repeat(32), &format!("+{}", "1".repeat(31))] {
            assert_eq!(TraceId::parse(bad), Err(TraceError), "{bad}");
        }
    }
}
