//! How the numbers of a series look.

use std::fmt::{self, Write};

use gaara_kernel::Date;
use thiserror::Error;

/// The most characters of a pattern.
const CHARACTERS_MAX: usize = 64;
/// The most digits a sequence can be filled up to.
const WIDTH_MAX: usize = 10;

/// Why a text is no pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PatternError {
    /// It is empty, longer than 64 characters, or holds a sign that numbers do not have.
    #[error("not a pattern")]
    Text,
    /// A field is none of `{year}`, `{month}`, `{sequence}` and `{sequence:05}`.
    #[error("no such field")]
    Field,
    /// The sequence stands in it not at all, or more than once.
    #[error("the sequence has to stand in it once")]
    Sequence,
}

/// Literal text and fields, such as `INV-{year}-{sequence:05}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NumberPattern {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Part {
    Literal(String),
    Year,
    Month,
    Sequence { width: usize },
}

impl NumberPattern {
    /// Reads a pattern.
    ///
    /// Year and month have a fixed number of digits, so two sequences never give one number in the
    /// same year, whatever stands beside them.
    ///
    /// # Errors
    /// Every variant of [`PatternError`].
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        if text.is_empty() || text.len() > CHARACTERS_MAX {
            return Err(PatternError::Text);
        }
        let (mut parts, mut rest) = (Vec::new(), text);
        while !rest.is_empty() {
            let (literal, behind) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
            if !literal.is_empty() {
                parts.push(Part::Literal(clean(literal)?));
            }
            rest = behind;
            if let Some(field) = behind.strip_prefix('{') {
                let (field, behind) = field.split_once('}').ok_or(PatternError::Field)?;
                parts.push(part(field)?);
                rest = behind;
            }
        }
        let sequences = parts.iter().filter(|part| matches!(part, Part::Sequence { .. })).count();
        if sequences != 1 {
            return Err(PatternError::Sequence);
        }
        Ok(Self { text: text.to_owned(), parts })
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the year of a document stands in its number.
    #[must_use]
    pub fn shows_year(&self) -> bool {
        self.parts.contains(&Part::Year)
    }

    /// The number of a document of this date.
    #[must_use]
    pub fn number(&self, date: Date, sequence: u32) -> String {
        let mut number = String::new();
        for part in &self.parts {
            // Writing to a text cannot fail.
            let _ = match part {
                Part::Literal(text) => number.write_str(text),
                Part::Year => write!(number, "{:04}", date.year()),
                Part::Month => write!(number, "{:02}", date.month()),
                Part::Sequence { width } => write!(number, "{sequence:0width$}"),
            };
        }
        number
    }
}

impl fmt::Display for NumberPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn clean(literal: &str) -> Result<String, PatternError> {
    let known = |b: u8| b.is_ascii_alphanumeric() || b"._/+-".contains(&b);
    if literal.bytes().all(known) { Ok(literal.to_owned()) } else { Err(PatternError::Text) }
}

fn part(field: &str) -> Result<Part, PatternError> {
    match field {
        "year" => Ok(Part::Year),
        "month" => Ok(Part::Month),
        "sequence" => Ok(Part::Sequence { width: 1 }),
        _ => {
            let width = field.strip_prefix("sequence:0").ok_or(PatternError::Field)?;
            let digits = width.len() <= 2 && width.bytes().all(|b| b.is_ascii_digit());
            let width = width.parse().ok().filter(|width| (1..=WIDTH_MAX).contains(width));
            width
                .filter(|_| digits)
                .map(|width| Part::Sequence { width })
                .ok_or(PatternError::Field)
        }
    }
}

#[cfg(test)]
mod tests {
    use gaara_kernel::parse_date;

    use super::*;

    fn number(pattern: &str, sequence: u32) -> String {
        let date = parse_date("2026-03-09").unwrap();
        NumberPattern::parse(pattern).unwrap().number(date, sequence)
    }

    #[test]
    fn fields_are_filled_in() {
        assert_eq!(number("INV-{year}-{sequence:05}", 1), "INV-2026-00001");
        assert_eq!(number("{year}{month}/{sequence}", 42), "202603/42");
        assert_eq!(number("A{sequence:010}", 7), "A0000000007");
        assert_eq!(number("INV-{year}-{sequence:05}", 123_456), "INV-2026-123456");
    }

    #[test]
    fn other_texts_are_no_patterns() {
        for (text, error) in [
            ("", PatternError::Text),
            ("INV {sequence}", PatternError::Text),
            ("فاتورة{sequence}", PatternError::Text),
            ("INV}{sequence}", PatternError::Text),
            ("INV-{year}", PatternError::Sequence),
            ("{sequence}{sequence}", PatternError::Sequence),
            ("{sequence", PatternError::Field),
            ("{day}{sequence}", PatternError::Field),
            ("{sequence:5}", PatternError::Field),
            ("{sequence:00}", PatternError::Field),
            ("{sequence:011}", PatternError::Field),
            ("{sequence:0+5}", PatternError::Field),
            ("{Year}{sequence}", PatternError::Field),
        ] {
            assert_eq!(NumberPattern::parse(text), Err(error), "{text}");
        }
        let long = format!("{}{{sequence}}", "x".repeat(55));
        assert_eq!(NumberPattern::parse(&long), Err(PatternError::Text));
    }

    proptest::proptest! {
        #[test]
        fn two_sequences_never_give_one_number(
            before in "[0-9]{0,3}", after in "[0-9]{0,3}",
            a in 1_u32..2_000_000, b in 1_u32..2_000_000,
            month in 1_i8..12, width in 1_usize..10,
        ) {
            for fields in ["{year}{s}{month}", "{s}{month}{year}", "{month}{year}{s}"] {
                let fields = fields.replace("{s}", &format!("{{sequence:0{width}}}"));
                let pattern = NumberPattern::parse(&format!("{before}{fields}{after}")).unwrap();
                let early = Date::constant(2026, 1, 1);
                let late = Date::constant(2026, month, 2);
                let same = pattern.number(early, a) == pattern.number(late, b);
                proptest::prop_assert_eq!(same, a == b && month == 1);
            }
        }
    }
}
