//! E-mail addresses, as far as a shape can be checked.

use std::fmt;

use thiserror::Error;

/// The text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not an e-mail address")]
pub struct EmailError;

/// An e-mail address in small letters, so that one address is one key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address: `local@domain`, at most 254 characters, no spaces or quotes.
    ///
    /// # Errors
    /// [`EmailError`] for any other text.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError)?;
        let plain =
            |c: char| !c.is_whitespace() && !c.is_control() && !"\"<>()[]\\,;:@".contains(c);
        let local_is_good = (1..=64).contains(&local.len())
            && local.chars().all(plain)
            && local.split('.').all(|part| !part.is_empty());
        let label_is_good = |label: &str| {
            (1..=63).contains(&label.len())
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        if text.len() <= 254 && local_is_good && domain.split('.').all(label_is_good) {
            Ok(Self(text))
        } else {
            Err(EmailError)
        }
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the `@`.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_one_key() {
        assert_eq!(
            EmailAddress::parse(" Sara@Example.COM "),
            EmailAddress::parse("sara@example.com")
        );
        assert_eq!(EmailAddress::parse("a.b@c.sa").unwrap().local_part(), "a.b");
    }

    #[test]
    fn other_shapes_are_refused() {
        for text in ["", "a", "@b", "a@", "a b@c", "a..b@c", "a@-c", "a@b@c", "a@b..c", "a\n@b"] {
            assert_eq!(EmailAddress::parse(text), Err(EmailError), "{text:?}");
        }
    }
}
