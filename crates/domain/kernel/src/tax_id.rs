//! Tax registration numbers, checked where a country's rule is public.

mod check;
mod pattern;

use std::fmt;

use thiserror::Error;

use crate::country::Country;
use crate::text::clean_text;
use pattern::{Rule, rule_of};

/// The text is not a tax number of the country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a tax number of {country}")]
pub struct TaxIdError {
    /// The country whose rule it breaks.
    pub country: Country,
}

/// The number under which somebody is registered for tax (EN 16931 BT-31, BT-48).
///
/// A number of the European Union carries the prefix of its country (BR-CO-09), whether or not it
/// was written with it; spaces, dots and hyphens between its digits are left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxId(String);

impl TaxId {
    /// The most characters it may have.
    pub const CHARACTERS_MAX: usize = 64;

    /// Reads a number of a country. Where no rule is known it is any text of one line.
    ///
    /// # Errors
    /// [`TaxIdError`] when the number breaks the country's rule.
    pub fn parse(country: Country, text: &str) -> Result<Self, TaxIdError> {
        let wrong = TaxIdError { country };
        let text = clean_text(text, Self::CHARACTERS_MAX).map_err(|_| wrong)?;
        match rule_of(country) {
            None => Ok(Self(text)),
            Some(rule) => canonical(rule, &text).map(Self).ok_or(wrong),
        }
    }

    /// Takes a number that was accepted before, under the rules of that time.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The number as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a number that the country would accept today.
    #[must_use]
    pub fn fits(&self, country: Country) -> bool {
        Self::parse(country, &self.0).is_ok()
    }
}

impl fmt::Display for TaxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number without what people put between its digits, and with its prefix.
fn canonical(rule: &Rule, text: &str) -> Option<String> {
    let compact: String =
        text.chars().filter(|c| !" .-".contains(*c)).map(|c| c.to_ascii_uppercase()).collect();
    // A number may begin with the letters of its prefix by chance, so both readings count.
    let national = compact.strip_prefix(rule.prefix).filter(|rest| rule.accepts(rest));
    let national = national.or_else(|| rule.accepts(&compact).then_some(compact.as_str()))?;
    Some(format!("{}{national}", rule.prefix))
}

#[cfg(test)]
mod tests;
