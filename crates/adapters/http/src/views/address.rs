//! What parties say about themselves: where they are, whom to ask for, and their numbers.

use gaara_kernel::{
    Address, Contact, ElectronicAddress, EmailAddress, LegalIdentifier, PhoneNumber, ShortText,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::BilingualBody;

/// A postal address.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddressBody {
    /// Street.
    #[schema(required = true)]
    pub(crate) line_1: Option<BilingualBody>,
    /// More of the street.
    #[schema(required = true)]
    pub(crate) line_2: Option<BilingualBody>,
    /// The number of the building.
    #[schema(example = "3242", required = true)]
    pub(crate) building_number: Option<String>,
    /// The district.
    #[schema(required = true)]
    pub(crate) district: Option<BilingualBody>,
    /// The city.
    #[schema(required = true)]
    pub(crate) city: Option<BilingualBody>,
    /// The postal code.
    #[schema(example = "12345", required = true)]
    pub(crate) postal_code: Option<String>,
    /// The province, emirate or state.
    #[schema(required = true)]
    pub(crate) subdivision: Option<String>,
    /// The country: ISO 3166-1.
    #[schema(example = "SA")]
    pub(crate) country: String,
}

impl From<&Address> for AddressBody {
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

/// Whom to ask for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactBody {
    /// A person or an office.
    #[schema(required = true)]
    pub(crate) name: Option<String>,
    /// The telephone number.
    #[schema(example = "+966 11 123 4567", required = true)]
    pub(crate) phone: Option<String>,
    /// The e-mail address.
    #[schema(example = "sales@example.com", required = true)]
    pub(crate) email: Option<String>,
}

impl ContactBody {
    /// What the API shows of a contact; nothing where nothing is known.
    pub(crate) fn of(contact: &Contact) -> Option<Self> {
        (!contact.is_empty()).then(|| contact.into())
    }
}

impl From<&Contact> for ContactBody {
    fn from(contact: &Contact) -> Self {
        Self {
            name: contact.name.as_ref().map(ShortText::to_string),
            phone: contact.phone.as_ref().map(PhoneNumber::to_string),
            email: contact.email.as_ref().map(EmailAddress::to_string),
        }
    }
}

/// A number that others gave somebody, and whose it is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IdentifierBody {
    /// Who gave it.
    #[schema(example = "CRN")]
    pub(crate) scheme: &'static str,
    /// The number.
    #[schema(example = "1010010000")]
    pub(crate) value: String,
}

impl From<&LegalIdentifier> for IdentifierBody {
    fn from(identifier: &LegalIdentifier) -> Self {
        Self { scheme: identifier.scheme(), value: identifier.value().to_owned() }
    }
}

impl From<&ElectronicAddress> for IdentifierBody {
    fn from(address: &ElectronicAddress) -> Self {
        Self { scheme: address.scheme(), value: address.value().to_owned() }
    }
}
