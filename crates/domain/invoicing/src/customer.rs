//! Customers.

use gaara_kernel::{
    BilingualText, Country, Currency, CustomerId, EmailAddress, Money, PartyDetails, PaymentTerms,
    TaxId, Timestamp, Version, search_words,
};

/// Somebody who buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The id.
    pub id: CustomerId,
    /// The name.
    pub name: BilingualText,
    /// Where mail goes; unique among customers.
    pub email: Option<EmailAddress>,
    /// The tax registration number.
    pub tax_id: Option<TaxId>,
    /// Addresses, registrations, contact and further names.
    pub details: PartyDetails,
    /// Where the customer is registered.
    pub country: Country,
    /// The currency of its invoices.
    pub currency: Currency,
    /// The most it may owe, in its currency; without limit when absent.
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

impl Customer {
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
