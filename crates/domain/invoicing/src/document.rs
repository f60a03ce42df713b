//! What a document is: sold or bought, an invoice or a credit note, and who the other side is.

use std::fmt;

use gaara_kernel::{CustomerId, SupplierId};

use crate::payment::Direction;

/// Whether we sell or buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// We sell, and a customer owes us.
    Sale,
    /// We buy, and we owe a supplier.
    Purchase,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Sale, Self::Purchase];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Purchase => "purchase",
        }
    }

    /// Finds a kind by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What the other side is called.
    #[must_use]
    pub const fn party_name(self) -> &'static str {
        match self {
            Self::Sale => "customer",
            Self::Purchase => "supplier",
        }
    }
}

/// Whether a document asks for money or takes a part of it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentType {
    /// It asks for money.
    Invoice,
    /// It takes back what an invoice asked for.
    CreditNote,
}

impl DocumentType {
    /// Every type.
    pub const ALL: [Self; 2] = [Self::Invoice, Self::CreditNote];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::CreditNote => "credit_note",
        }
    }

    /// Finds a type by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// The other side of a document; it decides whether we sell or buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartyId {
    /// Who buys from us.
    Customer(CustomerId),
    /// Who sells to us.
    Supplier(SupplierId),
}

impl PartyId {
    /// Whether we sell to this party or buy from it.
    #[must_use]
    pub const fn kind(self) -> DocumentKind {
        match self {
            Self::Customer(_) => DocumentKind::Sale,
            Self::Supplier(_) => DocumentKind::Purchase,
        }
    }

    /// The documents of this party that money going this way settles.
    #[must_use]
    pub const fn settled_by(self, direction: Direction) -> DocumentType {
        match (self, direction) {
            (Self::Customer(_), Direction::In) | (Self::Supplier(_), Direction::Out) => {
                DocumentType::Invoice
            }
            (Self::Customer(_), Direction::Out) | (Self::Supplier(_), Direction::In) => {
                DocumentType::CreditNote
            }
        }
    }

    /// The customer, where we sell.
    #[must_use]
    pub const fn customer(self) -> Option<CustomerId> {
        match self {
            Self::Customer(id) => Some(id),
            Self::Supplier(_) => None,
        }
    }

    /// The supplier, where we buy.
    #[must_use]
    pub const fn supplier(self) -> Option<SupplierId> {
        match self {
            Self::Supplier(id) => Some(id),
            Self::Customer(_) => None,
        }
    }
}

impl fmt::Display for PartyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Customer(id) => id.fmt(f),
            Self::Supplier(id) => id.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::from_code(kind.code()), Some(kind));
        }
        for kind in DocumentType::ALL {
            assert_eq!(DocumentType::from_code(kind.code()), Some(kind));
        }
        assert_eq!(DocumentKind::from_code("rent"), None);
        assert_eq!(DocumentType::from_code("receipt"), None);
    }
}
