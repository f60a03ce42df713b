//! What a password must be.

use thiserror::Error;

/// Why a password was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
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
    /// It holds the user's name or address.
    #[error("holds the user's name")]
    ContainsIdentity,
}

/// The rules, as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// The fewest characters.
    pub characters_min: usize,
    /// The most characters.
    pub characters_max: usize,
    /// How many kinds of small letters, other letters, digits and other signs it must have.
    pub classes_min: usize,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self { characters_min: 12, characters_max: 128, classes_min: 3 }
    }
}

impl PasswordPolicy {
    /// Finds every fault of a password; none means that it may be used.
    ///
    /// `identity` are words that belong to the user: the user name, the part of the address before
    /// the `@`. Words of fewer than three characters do not count.
    #[must_use]
    pub fn faults(&self, password: &str, identity: &[&str]) -> Vec<PasswordFault> {
        let characters = password.chars().count();
        if characters > self.characters_max {
            // The other checks cost time in proportion to the length.
            return vec![PasswordFault::TooLong { characters_max: self.characters_max }];
        }
        let mut faults = Vec::new();
        if characters < self.characters_min {
            faults.push(PasswordFault::TooShort { characters_min: self.characters_min });
        }
        if classes(password) < self.classes_min {
            faults.push(PasswordFault::Composition { classes_min: self.classes_min });
        }
        let folded = password.to_lowercase();
        let held = |word: &&str| word.chars().count() >= 3 && folded.contains(&word.to_lowercase());
        if identity.iter().any(held) {
            faults.push(PasswordFault::ContainsIdentity);
        }
        faults
    }
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
mod tests {
    use super::*;

    fn faults(password: &str) -> Vec<PasswordFault> {
        PasswordPolicy::default().faults(password, &["sara.k", "sara"])
    }

    #[test]
    fn good_passwords_pass_in_both_scripts() {
        assert_eq!(faults("Correct-Horse-7"), []);
        assert_eq!(faults("سبعة جمال و٣ نخلات"), []);
    }

    #[test]
    fn every_fault_is_told_at_once() {
        assert_eq!(
            faults("sara"),
            [
                PasswordFault::TooShort { characters_min: 12 },
                PasswordFault::Composition { classes_min: 3 },
                PasswordFault::ContainsIdentity,
            ]
        );
    }

    #[test]
    fn length_counts_characters() {
        let long = format!("Aa1-{}", "ب".repeat(124));
        assert_eq!(faults(&long), []);
        let longer = format!("{long}ب");
        assert_eq!(faults(&longer), [PasswordFault::TooLong { characters_max: 128 }]);
    }

    #[test]
    fn a_name_is_found_whatever_its_capitals() {
        assert_eq!(faults("xX-SARA.K-2026-Yy"), [PasswordFault::ContainsIdentity]);
    }
}
