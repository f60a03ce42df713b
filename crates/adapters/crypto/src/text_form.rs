//! The one form of a text.

use gaara_identity::TextForm;
use unicode_normalization::UnicodeNormalization;

/// Puts texts into the form NFKC of Unicode.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnicodeForm;

impl TextForm for UnicodeForm {
    fn nfkc(&self, text: &str) -> String {
        text.nfkc().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_typed_in_several_ways_is_one_text() {
        let form = |text: &str| UnicodeForm.nfkc(text);
        assert_eq!(form("Cafe\u{301}"), form("Caf\u{e9}"));
        assert_eq!(form("\u{FF30}\u{FF41}\u{FF53}\u{FF53}"), "Pass");
        assert_eq!(form("\u{FEFB}"), "لا");
        assert_eq!(form("  كلمة ٣  "), "  كلمة ٣  ");
    }
}
