//! The organisation whose books these are.

use gaara_kernel::{
    BilingualText, Country, Currency, Date, Money, OrganizationId, PartyDetails, TaxId, TimeZone,
    Timestamp, Version,
};

/// The organisation: one to an installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// The id.
    pub id: OrganizationId,
    /// The name.
    pub name: BilingualText,
    /// Where it is registered.
    pub country: Country,
    /// The currency of its books.
    pub currency: Currency,
    /// The tax registration number.
    pub tax_id: Option<TaxId>,
    /// Address, registrations, contact and further names; it delivers to nobody but itself.
    pub details: PartyDetails,
    /// The smallest coin, in the books' currency: what is to be paid in that currency is rounded to
    /// it.
    pub cash_rounding: Option<Money>,
    /// The currency that tax is also told in, where that is another one.
    pub tax_currency: Option<Currency>,
    /// The zone that decides which day it is.
    pub time_zone: TimeZone,
    /// The last day of the period that is closed; nothing is posted on it or before.
    pub locked_through: Option<Date>,
    /// When it was set up.
    pub created_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

impl Organization {
    /// The business date at an instant.
    #[must_use]
    pub fn date_at(&self, at: Timestamp) -> Date {
        self.time_zone.date_at(at)
    }
}
