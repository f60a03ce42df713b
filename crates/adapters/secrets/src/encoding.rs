//! How a secret is written down: as text, or as base64 where it is not text.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

const BASE64_MARK: &str = "base64:";

/// With or without the signs that fill up the end: people lose them when they copy.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Why a written secret is none.
pub(crate) type Fault = &'static str;

/// Reads a value: what follows `base64:`, decoded, else the text itself.
pub(crate) fn decode_text(text: &str) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let bytes = match text.strip_prefix(BASE64_MARK) {
        Some(code) => BASE64.decode(code.trim()).map_err(|_| "not base64")?,
        None => text.as_bytes().to_vec(),
    };
    if bytes.is_empty() {
        return Err("the value is empty");
    }
    Ok(Zeroizing::new(bytes))
}

/// Reads the content of a file: text without the line end that editors add, else bytes as they are.
pub(crate) fn decode_file(content: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, Fault> {
    match std::str::from_utf8(&content) {
        Ok(text) => {
            let text = text.strip_suffix('\n').unwrap_or(text);
            decode_text(text.strip_suffix('\r').unwrap_or(text))
        }
        Err(_) => Ok(content),
    }
}

/// Writes a value so that it is read back exactly, whatever its bytes.
pub(crate) fn encode_file(value: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(value.len() * 2 + 16));
    text.push_str(BASE64_MARK);
    BASE64.encode_string(value, &mut text);
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content: &[u8]) -> Result<Vec<u8>, Fault> {
        decode_file(Zeroizing::new(content.to_vec())).map(|bytes| bytes.to_vec())
    }

    #[test]
    fn text_is_taken_as_it_is_and_base64_is_decoded() {
        assert_eq!(**decode_text(" كلمة ").unwrap(), *" كلمة ".as_bytes());
        for code in ["base64:AP8=", "base64:AP8", "base64: AP8=\n"] {
            assert_eq!(**decode_text(code).unwrap(), [0, 255], "{code}");
        }
        assert_eq!(decode_text("base64:#").unwrap_err(), "not base64");
    }

    #[test]
    fn a_file_loses_one_line_end_and_no_more() {
        assert_eq!(file(b"secret\n").unwrap(), b"secret");
        assert_eq!(file(b"secret\r\n").unwrap(), b"secret");
        assert_eq!(file(b"secret\n\n").unwrap(), b"secret\n");
        assert_eq!(file(b"\xff\xfe\n").unwrap(), b"\xff\xfe\n");
    }

    #[test]
    fn an_empty_secret_is_a_mistake() {
        assert!(decode_text("").is_err());
        assert!(decode_text("base64:").is_err());
        assert!(file(b"").is_err());
        assert!(file(b"\n").is_err());
    }

    #[test]
    fn any_bytes_survive_a_file() {
        for value in [&b"base64:"[..], b"a\n", b"\0\xff\n", b"x"] {
            assert_eq!(file(encode_file(value).as_bytes()).unwrap(), value);
        }
    }
}
