//! The other sides of documents, as reports tell them apart.

use gaara_kernel::{BilingualText, CustomerId, SupplierId};

/// Which documents a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// What we sell, and what customers owe.
    Sales,
    /// What we buy, and what we owe suppliers.
    Purchases,
}

impl Side {
    /// The name in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Purchases => "purchases",
        }
    }
}

/// Somebody who owes us, or whom we owe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counterparty {
    /// Who buys from us.
    Customer(CustomerId),
    /// Who sells to us.
    Supplier(SupplierId),
}

impl Counterparty {
    /// Which documents there are with them.
    #[must_use]
    pub const fn side(self) -> Side {
        match self {
            Self::Customer(_) => Side::Sales,
            Self::Supplier(_) => Side::Purchases,
        }
    }
}

/// A counterparty with the name a reader wants beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedParty {
    /// Who.
    pub party: Counterparty,
    /// The name, as it is now.
    pub name: BilingualText,
}
