//! What a document freezes when it is issued: who the two sides were, and what things were called.

use std::fmt;

use gaara_kernel::{
    Address, BilingualText, Code, Contact, ElectronicAddress, EmailAddress, LegalIdentifiers, TaxId,
};

/// One side of a document as it was on the day of issuing (EN 16931 BG-4, BG-7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartySnapshot {
    /// The name in law (BT-27, BT-44).
    pub name: BilingualText,
    /// The name it trades under (BT-28, BT-45).
    pub trade_name: Option<BilingualText>,
    /// The tax registration number (BT-31, BT-48).
    pub tax_id: Option<TaxId>,
    /// Its legal registrations (BT-30, BT-47).
    pub identifiers: LegalIdentifiers,
    /// Where electronic documents went (BT-34, BT-49).
    pub electronic_address: Option<ElectronicAddress>,
    /// Where it was (BG-5, BG-8).
    pub address: Address,
    /// Whom to ask for (BG-6, BG-9).
    pub contact: Contact,
}

impl PartySnapshot {
    /// A side of which only the name and the address are known.
    #[must_use]
    pub fn named(name: BilingualText, address: Address) -> Self {
        Self {
            name,
            trade_name: None,
            tax_id: None,
            identifiers: LegalIdentifiers::default(),
            electronic_address: None,
            address,
            contact: Contact::default(),
        }
    }

    /// The side, with the address that mail reaches it at where nobody to ask for has one.
    #[must_use]
    pub fn reached_at(mut self, email: Option<EmailAddress>) -> Self {
        self.contact.email = self.contact.email.or(email);
        self
    }
}

/// What a product was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductSnapshot {
    /// The SKU (BT-155).
    pub sku: Code,
    /// The name (BT-153).
    pub name: BilingualText,
}

/// What the things of one line were called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineSnapshot {
    /// The product; `None` for a line in free text.
    pub product: Option<ProductSnapshot>,
    /// The name of the unit; `None` where nobody defined the unit.
    pub unit_name: Option<BilingualText>,
}

/// What a document froze when it was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Who sold.
    pub seller: PartySnapshot,
    /// Who bought.
    pub buyer: PartySnapshot,
    /// The things of the lines, in their order.
    pub lines: Vec<LineSnapshot>,
}

/// SHA-256 of what an issued document says; see [`crate::IssuedInvoice::canonical_bytes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentDigest([u8; 32]);

impl ContentDigest {
    /// Takes 32 bytes of SHA-256.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether it was taken at all: where a program before issued the document, 32 zero bytes say
    /// that nobody did.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.0 != [0; 32]
    }
}

impl fmt::Display for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
