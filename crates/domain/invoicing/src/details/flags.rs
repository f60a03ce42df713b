//! What kind of transaction a document is about, as the Gulf profiles ask.

use std::collections::BTreeSet;

/// Who an invoice is for: a business that deducts the tax, or anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum TransactionKind {
    /// A full tax invoice.
    #[default]
    Standard,
    /// A simplified one, as tills print it.
    Simplified,
}

impl TransactionKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Simplified];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Simplified => "simplified",
        }
    }

    /// Finds a kind by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Something special about a transaction. Sources: KSA-2, BTAE-02; a profile writes the bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TransactionFlag {
    /// Somebody else issues it for the seller.
    ThirdParty,
    /// A supply without payment.
    Nominal,
    /// The goods leave the country.
    Export,
    /// It sums up many supplies.
    Summary,
    /// The buyer issues it.
    SelfBilled,
    /// A supply that goes on over time.
    ContinuousSupply,
    /// The buyer is a government.
    Government,
    /// Goods of a free trade zone.
    FreeTradeZone,
    /// A supply that only the law calls one.
    DeemedSupply,
    /// Tax on the margin alone.
    MarginScheme,
    /// An agent acts in the seller's name.
    DisclosedAgent,
    /// A sale over a network.
    ECommerce,
}

impl TransactionFlag {
    /// Every flag.
    pub const ALL: [Self; 12] = [
        Self::ThirdParty,
        Self::Nominal,
        Self::Export,
        Self::Summary,
        Self::SelfBilled,
        Self::ContinuousSupply,
        Self::Government,
        Self::FreeTradeZone,
        Self::DeemedSupply,
        Self::MarginScheme,
        Self::DisclosedAgent,
        Self::ECommerce,
    ];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ThirdParty => "third_party",
            Self::Nominal => "nominal",
            Self::Export => "export",
            Self::Summary => "summary",
            Self::SelfBilled => "self_billed",
            Self::ContinuousSupply => "continuous_supply",
            Self::Government => "government",
            Self::FreeTradeZone => "free_trade_zone",
            Self::DeemedSupply => "deemed_supply",
            Self::MarginScheme => "margin_scheme",
            Self::DisclosedAgent => "disclosed_agent",
            Self::ECommerce => "e_commerce",
        }
    }

    /// Finds a flag by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.code() == code)
    }
}

/// What kind of transaction a document is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TransactionFlags {
    /// Standard or simplified.
    pub kind: TransactionKind,
    /// What is special about it.
    pub flags: BTreeSet<TransactionFlag>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for kind in TransactionKind::ALL {
            assert_eq!(TransactionKind::from_code(kind.code()), Some(kind));
        }
        for flag in TransactionFlag::ALL {
            assert_eq!(TransactionFlag::from_code(flag.code()), Some(flag));
        }
        assert_eq!(TransactionFlag::from_code("gift"), None);
    }
}
