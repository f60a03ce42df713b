//! Typed ids: a UUIDv7 inside, a prefix and Crockford base32 at every edge.

use std::fmt;
use std::hash::Hash;

use thiserror::Error;
use uuid::Uuid;

/// The alphabet of Crockford base32, in small letters.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters that carry the 128 bits of a UUID.
const LENGTH: usize = 26;

/// Why an id text was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdError {
    /// The id belongs to another kind of thing.
    #[error("expected an id that starts with {expected}_")]
    WrongKind {
        /// The prefix that belongs here.
        expected: &'static str,
    },
    /// The text is not a prefix, an underscore and 26 characters of a UUIDv7.
    #[error("not an id")]
    Malformed,
}

/// An id of one kind of thing.
pub trait Id: Copy + Eq + Ord + Hash + fmt::Debug + fmt::Display + Send + Sync + 'static {
    /// What the printed id starts with.
    const PREFIX: &'static str;

    /// Gives a UUID the meaning of this kind.
    fn from_uuid(uuid: Uuid) -> Self;

    /// The UUID inside.
    fn as_uuid(self) -> Uuid;
}

/// Reads an id of the kind asked for.
///
/// # Errors
/// Every variant of [`IdError`].
pub fn parse_id<I: Id>(text: &str) -> Result<I, IdError> {
    let (prefix, body) = text.rsplit_once('_').ok_or(IdError::Malformed)?;
    let uuid = decode(body).ok_or(IdError::Malformed)?;
    if prefix != I::PREFIX {
        return Err(IdError::WrongKind { expected: I::PREFIX });
    }
    Ok(I::from_uuid(uuid))
}

/// Prints an id of any kind; the [`fmt::Display`] of each kind calls it.
pub(crate) fn write<I: Id>(id: I, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(I::PREFIX)?;
    f.write_str("_")?;
    let mut rest = id.as_uuid().as_u128();
    let mut text = [b'0'; LENGTH];
    for place in text.iter_mut().rev() {
        let digit = usize::try_from(rest & 31).unwrap_or_default();
        *place = ALPHABET.get(digit).copied().unwrap_or(b'0');
        rest >>= 5;
    }
    text.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
}

fn decode(text: &str) -> Option<Uuid> {
    // The first character carries three bits only: 26 × 5 = 130, two more than a UUID has.
    if text.len() != LENGTH || text.bytes().next()? > b'7' {
        return None;
    }
    let value = text.bytes().try_fold(0_u128, |value, byte| {
        let digit = ALPHABET.iter().position(|known| *known == byte)?;
        Some(value << 5 | u128::try_from(digit).ok()?)
    })?;
    let uuid = Uuid::from_u128(value);
    let is_v7 = uuid.get_version_num() == 7 && uuid.get_variant() == uuid::Variant::RFC4122;
    is_v7.then_some(uuid)
}

/// Declares one kind of id.
macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $prefix:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(uuid::Uuid);

        impl $crate::Id for $name {
            const PREFIX: &'static str = $prefix;

            fn from_uuid(uuid: uuid::Uuid) -> Self {
                Self(uuid)
            }

            fn as_uuid(self) -> uuid::Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::id::write(*self, f)
            }
        }
    };
}
pub(crate) use id;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{InvoiceId, ProductId};

    fn sample() -> InvoiceId {
        InvoiceId::from_uuid(Uuid::from_u128(0x0192_f0c1_8e7a_7abc_8def_0123_4567_89ab))
    }

    #[test]
    fn a_printed_id_is_read_back() {
        let text = sample().to_string();

        assert_eq!(text.len(), "inv_".len() + 26);
        assert!(text.starts_with("inv_01"));
        assert_eq!(parse_id(&text), Ok(sample()));
    }

    #[test]
    fn an_id_of_another_kind_says_what_was_expected() {
        let text = sample().to_string();
        assert_eq!(parse_id::<ProductId>(&text), Err(IdError::WrongKind { expected: "prd" }));
    }

    #[test]
    fn anything_else_is_malformed() {
        let good = sample().to_string();
        let version_four = format!("inv_{}", "7zzzzzzzzzzzzzzzzzzzzzzzzz");
        for text in ["", "inv", "inv_", "inv_1", &good.to_uppercase(), &good[..29], &version_four] {
            assert_eq!(parse_id::<InvoiceId>(text), Err(IdError::Malformed), "{text}");
        }
        let too_large = format!("inv_8{}", &good["inv_".len() + 1..]);
        assert_eq!(parse_id::<InvoiceId>(&too_large), Err(IdError::Malformed));
    }
}
