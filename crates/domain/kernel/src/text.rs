//! Text people read: bilingual names, and what no text may carry.

use thiserror::Error;

/// The longest text, in characters.
const CHARACTERS_MAX: usize = 500;

/// A language the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Arabic.
    Arabic,
    /// English.
    #[default]
    English,
}

impl Language {
    /// Both, in the order they are shown.
    pub const ALL: [Self; 2] = [Self::Arabic, Self::English];

    /// The language tag: `ar` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::English => "en",
        }
    }

    /// Finds a language by its tag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }
}

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing is left once the spaces around are taken off.
    #[error("empty")]
    Empty,
    /// The text is too long.
    #[error("longer than {characters_max} characters")]
    TooLong {
        /// The most characters it may have.
        characters_max: usize,
    },
    /// The text holds a control or bidirectional-override character.
    #[error("holds a control character")]
    ControlCharacter,
}

/// Takes the spaces around off and refuses what no single-line text may carry.
///
/// Control characters break logs and spreadsheets; bidirectional overrides make a text show
/// something other than what it says, a real risk in a bilingual product.
///
/// # Errors
/// Every variant of [`TextError`].
pub fn clean_text(text: &str, characters_max: usize) -> Result<String, TextError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().any(is_forbidden) {
        return Err(TextError::ControlCharacter);
    }
    if text.chars().count() > characters_max {
        return Err(TextError::TooLong { characters_max });
    }
    Ok(text.to_owned())
}

fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// A name in Arabic, in English, or in both; never in neither.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BilingualText {
    ar: Option<String>,
    en: Option<String>,
}

impl BilingualText {
    /// Takes the two languages; a language that is blank counts as absent.
    ///
    /// # Errors
    /// Every variant of [`TextError`]; [`TextError::Empty`] when both are absent.
    pub fn try_new(ar: Option<&str>, en: Option<&str>) -> Result<Self, TextError> {
        let clean = |text: Option<&str>| match text.map(|text| clean_text(text, CHARACTERS_MAX)) {
            None | Some(Err(TextError::Empty)) => Ok(None),
            Some(Ok(text)) => Ok(Some(text)),
            Some(Err(error)) => Err(error),
        };
        let (ar, en) = (clean(ar)?, clean(en)?);
        if ar.is_none() && en.is_none() {
            return Err(TextError::Empty);
        }
        Ok(Self { ar, en })
    }

    /// Takes a text that does not say its language: it is Arabic when it has an Arabic letter.
    ///
    /// # Errors
    /// Every variant of [`TextError`].
    pub fn from_plain(text: &str) -> Result<Self, TextError> {
        if text.chars().any(|c| ('\u{0620}'..='\u{064A}').contains(&c)) {
            Self::try_new(Some(text), None)
        } else {
            Self::try_new(None, Some(text))
        }
    }

    /// The same text with one or both languages changed: `None` keeps a language, `Some(None)`
    /// takes it away.
    ///
    /// # Errors
    /// Every variant of [`TextError`]; [`TextError::Empty`] when neither language would be left.
    pub fn merged(
        &self,
        ar: Option<Option<&str>>,
        en: Option<Option<&str>>,
    ) -> Result<Self, TextError> {
        Self::try_new(ar.unwrap_or(self.ar()), en.unwrap_or(self.en()))
    }

    /// The Arabic text.
    #[must_use]
    pub fn ar(&self) -> Option<&str> {
        self.ar.as_deref()
    }

    /// The English text.
    #[must_use]
    pub fn en(&self) -> Option<&str> {
        self.en.as_deref()
    }

    /// The text in this language, or in the other one when it is absent.
    #[must_use]
    pub fn pick(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::Arabic => (&self.ar, &self.en),
            Language::English => (&self.en, &self.ar),
        };
        first.as_deref().or(second.as_deref()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_language_is_enough_and_stands_in_for_the_other() {
        let name = BilingualText::try_new(None, Some(" Bolt M8 ")).unwrap();
        assert_eq!(name.pick(Language::Arabic), "Bolt M8");
        assert_eq!(BilingualText::try_new(Some("  "), None), Err(TextError::Empty));
    }

    #[test]
    fn a_plain_text_is_of_the_language_of_its_letters() {
        let street = BilingualText::from_plain("شارع 7").unwrap();
        assert_eq!((street.ar(), street.en()), (Some("شارع 7"), None));
        let street = BilingualText::from_plain("7th Street").unwrap();
        assert_eq!((street.ar(), street.en()), (None, Some("7th Street")));
    }

    #[test]
    fn one_language_changes_without_the_other() {
        let name = BilingualText::try_new(Some("برغي"), Some("Bolt")).unwrap();

        let changed = name.merged(None, Some(Some("Bolt M8"))).unwrap();
        assert_eq!((changed.ar(), changed.en()), (Some("برغي"), Some("Bolt M8")));
        let taken = name.merged(Some(None), None).unwrap();
        assert_eq!((taken.ar(), taken.en()), (None, Some("Bolt")));
        assert_eq!(name.merged(Some(None), Some(None)), Err(TextError::Empty));
    }

    #[test]
    fn characters_that_deceive_are_refused() {
        for text in ["a\u{202E}b", "a\nb", "a\u{0}b", "a\u{2066}b"] {
            assert_eq!(clean_text(text, 10), Err(TextError::ControlCharacter), "{text:?}");
        }
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(clean_text("برغي", 4).is_ok());
        assert_eq!(clean_text("برغيي", 4), Err(TextError::TooLong { characters_max: 4 }));
    }
}
