//! Words to search by: texts folded so that what looks alike is found alike.

/// The most words of a query that count; more would only narrow what nobody looks for.
const WORDS_MAX: usize = 10;

/// The Arabic article, which stands in one word with its noun.
const ARTICLE: &str = "ال";
/// The fewest letters of a noun behind its article; shorter words only look as if they had one.
const NOUN_LETTERS_MIN: usize = 2;

/// The words that a text is found by: folded, sorted, each once; a word with the Arabic article is
/// there without it too.
///
/// Capital letters, Arabic vowel signs and the tatweel make no difference; neither do the forms of
/// alef, ya and alef maqsura, ta marbuta and ha, and the digits of the two scripts.
///
/// ```
/// use gaara_kernel::search_words;
///
/// assert_eq!(search_words("Bolt M8 – أَسْمَنْـت ٥٠"), ["50", "bolt", "m8", "اسمنت"]);
/// assert_eq!(search_words("الخليج"), ["الخليج", "خليج"]);
/// ```
#[must_use]
pub fn search_words(text: &str) -> Vec<String> {
    let mut words = folded_words(text);
    let noun = |word: &String| {
        let noun = word.strip_prefix(ARTICLE)?;
        (noun.chars().count() >= NOUN_LETTERS_MIN).then(|| noun.to_owned())
    };
    let nouns: Vec<String> = words.iter().filter_map(noun).collect();
    words.extend(nouns);
    words.sort_unstable();
    words.dedup();
    words
}

/// A text in which letters that look alike are one letter, as [`search_words`] takes them.
///
/// ```
/// assert_eq!(gaara_kernel::fold_text("Bolt أَسْمَنْـت ٥٠"), "bolt اسمنت 50");
/// ```
#[must_use]
pub fn fold_text(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter_map(fold).collect()
}

/// The words as they stand, folded, sorted, each once.
fn folded_words(text: &str) -> Vec<String> {
    let folded = fold_text(text);
    let parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<String> = parts.map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The letter that stands for all that look like it; `None` for a sign that is not read.
fn fold(letter: char) -> Option<char> {
    Some(match letter {
        '\u{0300}'..='\u{036F}'
        | '\u{0610}'..='\u{061A}'
        | '\u{0640}'
        | '\u{064B}'..='\u{065F}'
        | '\u{0670}'
        | '\u{06D6}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E8}'
        | '\u{06EA}'..='\u{06ED}'
        | '\u{200B}'..='\u{200F}' => return None,
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        '٠'..='٩' => digit(letter, '٠'),
        '۰'..='۹' => digit(letter, '۰'),
        other => other,
    })
}

fn digit(letter: char, zero: char) -> char {
    char::from_digit(u32::from(letter) - u32::from(zero), 10).unwrap_or(letter)
}

/// What is searched for: words, each of which something must begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery(Vec<String>);

impl SearchQuery {
    /// Takes the words of a text; the first ten count.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut words = folded_words(text);
        words.truncate(WORDS_MAX);
        Self(words)
    }

    /// The words. A query without any finds nothing.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// Whether every word begins one of these words.
    #[must_use]
    pub fn matches(&self, words: &[String]) -> bool {
        let begins = |start: &String| words.iter().any(|word| word.starts_with(start.as_str()));
        !self.0.is_empty() && self.0.iter().all(begins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_look_alike_are_one_word() {
        for (a, b) in [
            ("أحمد", "احمد"),
            ("إسمنت", "اسمنت"),
            ("مكتبة", "مكتبه"),
            ("مصطفى", "مصطفي"),
            ("بُرْغِيّ", "برغي"),
            ("حديـــد", "حديد"),
            ("٢٫٥", "2 5"),
            ("۱۲", "12"),
            ("BOLT-M8", "bolt m8"),
            ("Cafe\u{301}", "cafe"),
        ] {
            assert_eq!(search_words(a), search_words(b), "{a}");
        }
        assert_eq!(search_words(" – … "), Vec::<String>::new());
    }

    #[test]
    fn every_word_of_a_query_must_begin_a_word() {
        let words = search_words("Hammer drill 13 mm مثقاب المطرقة");
        for text in ["ham dri", "13", "مثق", "HAMMER مطرق", "المطرقه", "الم", "مطرقة"]
        {
            assert!(SearchQuery::new(text).matches(&words), "{text}");
        }
        for text in ["ammer", "ham saw", "14", "", "؟", "طرقة"] {
            assert!(!SearchQuery::new(text).matches(&words), "{text}");
        }
    }
}
