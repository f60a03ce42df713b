//! The id of an invoice or a credit note: one key, printed with the prefix of what it is.

use std::fmt;

use crate::id::{Id, IdError, parse_id};
use crate::ids::{CreditNoteId, InvoiceId};

/// An invoice or a credit note by its printed id. Both are kept by one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentId {
    /// `inv_…`
    Invoice(InvoiceId),
    /// `crn_…`
    CreditNote(CreditNoteId),
}

impl DocumentId {
    /// Reads the id of either kind.
    ///
    /// # Errors
    /// Every variant of [`IdError`]; another kind of thing is told that an invoice belongs here.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        parse_id(text).map(Self::CreditNote).or_else(|_| parse_id(text).map(Self::Invoice))
    }

    /// A credit note, kept by this key.
    #[must_use]
    pub fn credit_note(key: InvoiceId) -> Self {
        Self::CreditNote(CreditNoteId::from_uuid(key.as_uuid()))
    }

    /// The key that documents of both kinds are kept by.
    #[must_use]
    pub fn key(self) -> InvoiceId {
        match self {
            Self::Invoice(id) => id,
            Self::CreditNote(id) => InvoiceId::from_uuid(id.as_uuid()),
        }
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invoice(id) => id.fmt(f),
            Self::CreditNote(id) => id.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::CustomerId;

    #[test]
    fn both_kinds_share_a_key_and_print_their_own_prefix() {
        let uuid = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        let invoice = DocumentId::Invoice(InvoiceId::from_uuid(uuid));
        let note = DocumentId::CreditNote(CreditNoteId::from_uuid(uuid));

        assert_eq!(invoice.key(), note.key());
        assert_eq!(DocumentId::parse(&invoice.to_string()), Ok(invoice));
        assert_eq!(DocumentId::parse(&note.to_string()), Ok(note));
        assert!(note.to_string().starts_with("crn_"));
        let other = CustomerId::from_uuid(uuid).to_string();
        assert_eq!(DocumentId::parse(&other), Err(IdError::WrongKind { expected: "inv" }));
        assert_eq!(DocumentId::parse("crn"), Err(IdError::Malformed));
    }
}
