//! What lay behind a failure, as one line of a log.

use std::error::Error;

/// An error and what lies behind it, from the outermost to the innermost, in one line: what came
/// from outside cannot begin a line of its own (ASVS 16.4.1).
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut chain = error.to_string();
    let mut inner = error.source();
    while let Some(error) = inner {
        chain.push_str(": ");
        chain.push_str(&error.to_string());
        inner = error.source();
    }
    one_line(&chain)
}

/// A text whose control characters are written out.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for sign in text.chars() {
        // The separators of lines and paragraphs are none of the control characters.
        if sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}') {
            line.extend(sign.escape_default());
        } else {
            line.push(sign);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobodys_text_begins_a_line_of_the_log() {
        let error = std::io::Error::other("one\r\nlevel=INFO two\u{1b}[2J\u{2028}three\u{0}");

        assert_eq!(chain(&error), "one\\r\\nlevel=INFO two\\u{1b}[2J\\u{2028}three\\u{0}");
    }
}
