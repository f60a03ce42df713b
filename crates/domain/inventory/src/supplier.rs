//! Suppliers.

use gaara_kernel::{
    BilingualText, Country, Currency, EmailAddress, Money, PartyDetails, PaymentTerms, SupplierId,
    TaxId, Timestamp, Version, search_words,
};

/// Somebody goods are bought from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplier {
    /// The id.
    pub id: SupplierId,
    /// The name.
    pub name: BilingualText,
    /// Where mail goes; unique among suppliers.
    pub email: Option<EmailAddress>,
    /// The tax registration number.
    pub tax_id: Option<TaxId>,
    /// Addresses, registrations, contact and further names.
    pub details: PartyDetails,
    /// Where the supplier is registered.
    pub country: Country,
    /// The currency of its invoices.
    pub currency: Currency,
    /// The most that may be owed to it, in its currency; without limit when absent.
    pub credit_limit: Option<Money>,
    /// When its invoices are to be paid.
    pub payment_terms: PaymentTerms,
    /// When it was archived; `None` while it is in use.
    pub archived_at: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

impl Supplier {
    /// The words it is found by: its names, its numbers and its e-mail addresses.
    #[must_use]
    pub fn search_words(&self) -> Vec<String> {
        let email = self.email.as_ref().map(EmailAddress::as_str);
        let tax_id = self.tax_id.as_ref().map(TaxId::as_str);
        let texts = [self.name.ar(), self.name.en(), tax_id, email];
        let texts: Vec<&str> = texts.into_iter().flatten().chain(self.details.texts()).collect();
        search_words(&texts.join(" "))
    }
}
