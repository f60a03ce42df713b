//! Tax rates by the codes people give them.

use gaara_kernel::{BilingualText, Code, TaxRateId, Timestamp, Version};

use crate::totals::Tax;

/// A tax rate; its category and rate never change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxRate {
    /// The id.
    pub id: TaxRateId,
    /// The code products and invoices name it by; unique.
    pub code: Code,
    /// The category and the rate.
    pub tax: Tax,
    /// The name.
    pub name: BilingualText,
    /// When it was added.
    pub created_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}
