//! What parties say about themselves, where it is kept as JSON.

use gaara_kernel::{
    Address, BilingualText, Contact, ElectronicAddress, EmailAddress, LegalIdentifier,
    LegalIdentifiers, PhoneNumber, ShortText, StoreError,
};
use serde::{Deserialize, Serialize};

use crate::convert::{Stored, text};

/// A text in one of two languages, or in both.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct BilingualRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ar: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    en: Option<String>,
}

impl From<&BilingualText> for BilingualRow {
    fn from(both: &BilingualText) -> Self {
        Self { ar: text(both.ar()), en: text(both.en()) }
    }
}

impl BilingualRow {
    pub(super) fn text(&self, stored: Stored) -> Result<BilingualText, StoreError> {
        stored.name(self.ar.as_ref(), self.en.as_ref())
    }
}

/// A postal address.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct AddressRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line_1: Option<BilingualRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    line_2: Option<BilingualRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    building_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    district: Option<BilingualRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    city: Option<BilingualRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    postal_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subdivision: Option<String>,
    country: String,
}

impl From<&Address> for AddressRow {
    fn from(address: &Address) -> Self {
        let short = |text: &Option<ShortText>| text.as_ref().map(ShortText::to_string);
        Self {
            line_1: address.line_1.as_ref().map(Into::into),
            line_2: address.line_2.as_ref().map(Into::into),
            building_number: short(&address.building_number),
            district: address.district.as_ref().map(Into::into),
            city: address.city.as_ref().map(Into::into),
            postal_code: short(&address.postal_code),
            subdivision: short(&address.subdivision),
            country: address.country.code().to_owned(),
        }
    }
}

impl AddressRow {
    pub(super) fn address(&self, stored: Stored) -> Result<Address, StoreError> {
        let both =
            |row: &Option<BilingualRow>| row.as_ref().map(|row| row.text(stored)).transpose();
        Ok(Address {
            line_1: both(&self.line_1)?,
            line_2: both(&self.line_2)?,
            building_number: short(stored, self.building_number.as_deref())?,
            district: both(&self.district)?,
            city: both(&self.city)?,
            postal_code: short(stored, self.postal_code.as_deref())?,
            subdivision: short(stored, self.subdivision.as_deref())?,
            country: stored.country(&self.country)?,
        })
    }
}

/// Whom to ask for.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ContactRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

impl From<&Contact> for ContactRow {
    fn from(contact: &Contact) -> Self {
        Self {
            name: contact.name.as_ref().map(ShortText::to_string),
            phone: contact.phone.as_ref().map(PhoneNumber::to_string),
            email: contact.email.as_ref().map(|email| email.as_str().to_owned()),
        }
    }
}

impl ContactRow {
    pub(super) fn contact(&self, stored: Stored) -> Result<Contact, StoreError> {
        let phone = self.phone.as_deref().map(PhoneNumber::parse);
        let email = self.email.as_deref().map(EmailAddress::parse);
        Ok(Contact {
            name: short(stored, self.name.as_deref())?,
            phone: phone.map(|phone| stored.good(phone)).transpose()?,
            email: email.map(|email| stored.good(email)).transpose()?,
        })
    }
}

/// A number that others gave somebody.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct IdentifierRow {
    scheme: String,
    value: String,
}

impl From<&LegalIdentifier> for IdentifierRow {
    fn from(identifier: &LegalIdentifier) -> Self {
        let (scheme, value) = (identifier.scheme().to_owned(), identifier.value().to_owned());
        Self { scheme, value }
    }
}

impl From<&ElectronicAddress> for IdentifierRow {
    fn from(address: &ElectronicAddress) -> Self {
        let (scheme, value) = (address.scheme().to_owned(), address.value().to_owned());
        Self { scheme, value }
    }
}

impl IdentifierRow {
    pub(super) fn electronic_address(
        &self,
        stored: Stored,
    ) -> Result<ElectronicAddress, StoreError> {
        stored.good(ElectronicAddress::try_new(&self.scheme, &self.value))
    }
}

/// The legal registrations of these rows.
pub(super) fn identifiers(
    stored: Stored,
    rows: &[IdentifierRow],
) -> Result<LegalIdentifiers, StoreError> {
    let entry =
        |row: &IdentifierRow| stored.good(LegalIdentifier::try_new(&row.scheme, &row.value));
    let entries = rows.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    stored.good(LegalIdentifiers::try_new(entries))
}

fn short(stored: Stored, text: Option<&str>) -> Result<Option<ShortText>, StoreError> {
    text.map(|text| stored.good(ShortText::parse(text))).transpose()
}
