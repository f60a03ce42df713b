//! What a document is by UNCL1001 (EN 16931 BT-3).

use std::fmt;

use thiserror::Error;

use crate::document::DocumentType;

/// The codes of documents that ask for money. Source: EN 16931 code list UNCL1001, invoices.
const INVOICES: [u16; 37] = [
    80, 82, 84, 102, 130, 202, 203, 204, 211, 218, 219, 295, 325, 326, 331, 380, 382, 383, 384,
    385, 386, 387, 388, 389, 390, 393, 394, 395, 456, 457, 527, 553, 575, 623, 633, 751, 935,
];
/// The codes of documents that take money back. Source: the same list, credit notes.
const CREDIT_NOTES: [u16; 11] = [81, 83, 261, 262, 296, 308, 381, 396, 420, 458, 532];

/// No document of this type has this code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no document of this type has the code {code}")]
pub struct UnknownTypeCode {
    /// The code.
    pub code: u16,
}

/// What a document is by UNCL1001: 380 an invoice, 381 a credit note, 386 a prepayment invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeCode(u16);

impl TypeCode {
    /// A commercial invoice.
    pub const INVOICE: Self = Self(380);
    /// A tax invoice, as Saudi Arabia calls every invoice.
    pub const TAX_INVOICE: Self = Self(388);
    /// A credit note.
    pub const CREDIT_NOTE: Self = Self(381);

    /// Checks that the code is one of a document of this type.
    ///
    /// # Errors
    /// [`UnknownTypeCode`] when it is not.
    pub fn try_new(code: u16, document: DocumentType) -> Result<Self, UnknownTypeCode> {
        let known = match document {
            DocumentType::Invoice => INVOICES.contains(&code),
            DocumentType::CreditNote => CREDIT_NOTES.contains(&code),
        };
        if known { Ok(Self(code)) } else { Err(UnknownTypeCode { code }) }
    }

    /// The number.
    #[must_use]
    pub const fn as_number(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TypeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_belongs_to_one_type_of_document() {
        for code in [380, 383, 384, 386, 388, 389] {
            assert!(TypeCode::try_new(code, DocumentType::Invoice).is_ok(), "{code}");
            let other = TypeCode::try_new(code, DocumentType::CreditNote);
            assert_eq!(other, Err(UnknownTypeCode { code }));
        }
        assert_eq!(TypeCode::try_new(381, DocumentType::CreditNote), Ok(TypeCode::CREDIT_NOTE));
        assert!(TypeCode::try_new(381, DocumentType::Invoice).is_err());
        assert!(TypeCode::try_new(1, DocumentType::Invoice).is_err());
    }
}
