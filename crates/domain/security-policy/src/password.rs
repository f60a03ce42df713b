//! What a password must be.

mod disguise;
mod lexicon;
mod pieces;
mod strength;

use gaara_kernel::fold_text;
use thiserror::Error;

pub use strength::{Advice, Score, Strength};

/// Why a password was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PasswordFault {
    /// Too few characters.
    #[error("shorter than {characters_min} characters")]
    TooShort {
        /// The fewest characters it may have.
        characters_min: usize,
    },
    /// Too many characters; refused before any hashing.
    #[error("longer than {characters_max} characters")]
    TooLong {
        /// The most characters it may have.
        characters_max: usize,
    },
    /// Too few kinds of characters.
    #[error("fewer than {classes_min} kinds of characters")]
    Composition {
        /// How many of the four kinds it must have.
        classes_min: usize,
    },
    /// It holds the name or the address of the user, or the name of the company.
    #[error("holds a name of its own")]
    ContainsIdentity,
    /// It is one that many people choose, perhaps in disguise.
    #[error("too common")]
    TooCommon,
    /// It is guessed too soon. Told only when nothing else is wrong, for it follows from the rest.
    #[error("scores {} of 4", .0.score.number())]
    TooWeak(Strength),
    /// It is one of the last that this user had.
    #[error("one of the last {kept}")]
    Reused {
        /// How many of the last are compared.
        kept: usize,
    },
}

/// The most bytes that are looked at; what is longer is refused before any work.
const BYTES_MAX: usize = 2_048;
/// The shortest word that counts as a name, in characters.
const NAME_MIN: usize = 3;
/// A name that no password of ours may hold.
const PRODUCT: [&str; 2] = ["gaara", "غارا"];

/// The rules, as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// The fewest characters.
    pub characters_min: usize,
    /// The most characters.
    pub characters_max: usize,
    /// How many kinds of small letters, other letters, digits and other signs it must have.
    pub classes_min: usize,
    /// The least score.
    pub score_min: Score,
    /// How many of the last passwords of a user, the present one among them, are not used again.
    pub kept: usize,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self::STANDARD
    }
}

impl PasswordPolicy {
    /// The usual rules, with three of four kinds of characters.
    pub const STANDARD: Self = Self {
        characters_min: 12,
        characters_max: 128,
        classes_min: 3,
        score_min: Score::GOOD,
        kept: 5,
    };

    /// The rules of NIST SP 800-63B and OWASP ASVS 6.2.5: the same without kinds of characters.
    pub const NIST: Self = Self { classes_min: 0, ..Self::STANDARD };

    /// Whether a text is too long to be a password in any form; the caller refuses it unread.
    #[must_use]
    pub const fn is_beyond_reading(password: &str) -> bool {
        password.len() > BYTES_MAX
    }

    /// Finds every fault of a password in the form NFKC; none means that it may be used.
    ///
    /// `identity` are the names that belong to the user: the user name, the part of the address
    /// before the `@`, the company. Names of fewer than three characters do not count.
    #[must_use]
    pub fn faults(&self, password: &str, identity: &[&str]) -> Vec<PasswordFault> {
        let too_long = PasswordFault::TooLong { characters_max: self.characters_max };
        if Self::is_beyond_reading(password) {
            return vec![too_long];
        }
        let characters = password.chars().count();
        if characters > self.characters_max {
            // The other checks cost time in proportion to the length.
            return vec![too_long];
        }
        let mut faults = Vec::new();
        if characters < self.characters_min {
            faults.push(PasswordFault::TooShort { characters_min: self.characters_min });
        }
        if classes(password) < self.classes_min {
            faults.push(PasswordFault::Composition { classes_min: self.classes_min });
        }
        let names: Vec<&str> = identity.iter().chain(&PRODUCT).copied().collect();
        if holds_a_name(password, &names) {
            faults.push(PasswordFault::ContainsIdentity);
        }
        if disguise::is_common(password) {
            faults.push(PasswordFault::TooCommon);
        }
        let strength = Strength::of(password, &names);
        if faults.is_empty() && strength.score < self.score_min {
            faults.push(PasswordFault::TooWeak(strength));
        }
        faults
    }
}

/// Whether a name stands in the password, as it is written or with signs for letters.
fn holds_a_name(password: &str, names: &[&str]) -> bool {
    let joined = |text: &str| -> String {
        fold_text(text).chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let plain = |one| -> String {
        fold_text(password).chars().map(|sign| disguise::letter_for(sign, one)).collect()
    };
    let forms = [joined(password), joined(&plain('i')), joined(&plain('l'))];
    let names = names.iter().map(|name| joined(name));
    names
        .filter(|name| name.chars().count() >= NAME_MIN)
        .any(|name| forms.iter().any(|form| form.contains(&name)))
}

/// Letters of scripts without capitals, as Arabic, count as "other letters".
fn classes(password: &str) -> usize {
    let has = |kind: fn(char) -> bool| usize::from(password.chars().any(kind));
    has(char::is_lowercase)
        + has(|c| c.is_alphabetic() && !c.is_lowercase())
        + has(char::is_numeric)
        + has(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests;
