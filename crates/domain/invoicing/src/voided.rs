//! Voided documents: they keep their number and what they say, and nobody owes them.

use gaara_kernel::Timestamp;

use crate::details::Reference;
use crate::issued::IssuedInvoice;

/// A document that was issued by mistake. It keeps number and amounts; the state is final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoidedInvoice {
    /// The document as it was issued; version and instant of saving are those of voiding it.
    pub issued: IssuedInvoice,
    /// Why it was voided.
    pub reason: Option<Reference>,
    /// When it was voided.
    pub voided_at: Timestamp,
}

impl IssuedInvoice {
    /// Voids the document.
    #[must_use]
    pub fn void(self, reason: Option<Reference>, now: Timestamp) -> VoidedInvoice {
        let issued = Self { updated_at: now, version: self.version.next(), ..self };
        VoidedInvoice { issued, reason, voided_at: now }
    }
}
