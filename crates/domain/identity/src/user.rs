//! People who sign in.

use std::fmt;

use gaara_kernel::{EmailAddress, Language, Timestamp, UserId, Version};
use thiserror::Error;

use crate::assignable_role::RoleCode;
use crate::role::Role;

/// The text is not a user name: 3 to 64 of `a-z 0-9 . _ -`, beginning with a letter or digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a user name")]
pub struct UsernameError;

/// A user name in small letters, so that one name is one key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Username(String);

impl Username {
    /// Reads a user name; capitals become small letters.
    ///
    /// # Errors
    /// [`UsernameError`] for any other text. An `@` is never part of a name, so a login is either
    /// a name or an e-mail address.
    pub fn parse(text: &str) -> Result<Self, UsernameError> {
        let text = text.trim().to_ascii_lowercase();
        let begins = text.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
        let known = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b);
        if begins && (3..=64).contains(&text.len()) && text.bytes().all(known) {
            Ok(Self(text))
        } else {
            Err(UsernameError)
        }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password hash in PHC form; it never prints.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes a PHC string made by a [`crate::PasswordHasher`].
    #[must_use]
    pub const fn new(phc: String) -> Self {
        Self(phc)
    }

    /// The PHC string, for the store and the hasher only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// A password that a user had, kept so that it is not taken again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastPassword {
    /// Whose it was.
    pub user_id: UserId,
    /// The version of the user that it was given up with: later ones have higher versions.
    pub version: Version,
    /// How it was proven.
    pub hash: PasswordHash,
    /// When it was given up.
    pub replaced_at: Timestamp,
}

/// A person who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The id.
    pub id: UserId,
    /// Where mail goes; also a login.
    pub email: EmailAddress,
    /// The name to sign in with.
    pub username: Username,
    /// How the password is proven.
    pub password_hash: PasswordHash,
    /// What the user may do, by the code of a role.
    pub role: RoleCode,
    /// The language of messages to this user.
    pub language: Language,
    /// Since when signing in needs a second factor; `None` when it needs none.
    pub second_factor_since: Option<Timestamp>,
    /// Whether signing in is refused.
    pub disabled: bool,
    /// When the user was added.
    pub created_at: Timestamp,
    /// How often the user was saved.
    pub version: Version,
}

impl User {
    /// Whether the user can see to everything: an administrator who may sign in.
    #[must_use]
    pub fn is_acting_admin(&self) -> bool {
        !self.disabled && self.role.built_in() == Some(Role::Admin)
    }

    /// Takes a new password and answers the one it replaces.
    pub fn change_password(&mut self, hash: PasswordHash, now: Timestamp) -> PastPassword {
        self.version = self.version.next();
        let hash = std::mem::replace(&mut self.password_hash, hash);
        PastPassword { user_id: self.id, version: self.version, hash, replaced_at: now }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_key_whatever_its_capitals() {
        assert_eq!(Username::parse(" Sara.K "), Username::parse("sara.k"));
    }

    #[test]
    fn names_that_could_be_addresses_are_refused() {
        for text in ["", "ab", "a@b", "-abc", "سارة", "a b c", &"a".repeat(65)] {
            assert_eq!(Username::parse(text), Err(UsernameError), "{text}");
        }
    }

    #[test]
    fn a_hash_never_prints() {
        let hash = PasswordHash::new("$argon2id$secret".to_owned());
        assert_eq!(format!("{hash:?}"), "[redacted]");
    }
}
