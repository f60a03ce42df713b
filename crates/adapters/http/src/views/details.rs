//! What parties say about themselves.

use gaara_kernel::{
    Address, Contact, ElectronicAddress, Instalment, LegalIdentifier, PartyDetails, PaymentTerms,
    ShortText,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::BilingualBody;

/// When invoices are to be paid.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentTermsBody {
    /// Days from the issue date to the day on which everything is due.
    #[schema(example = 30)]
    pub(crate) net_days: u16,
    /// The parts, where there is more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) instalments: Vec<InstalmentBody>,
}

/// One part of what is to be paid.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstalmentBody {
    /// How much of the whole, in percent.
    #[schema(example = "50")]
    pub(crate) percent: String,
    /// Days from the issue date to its due date.
    #[schema(example = 30)]
    pub(crate) net_days: u16,
}

impl From<&PaymentTerms> for PaymentTermsBody {
    fn from(terms: &PaymentTerms) -> Self {
        let part = |part: &Instalment| InstalmentBody {
            percent: part.percent.to_string(),
            net_days: part.net_days,
        };
        let instalments = terms.instalments().iter().map(part).collect();
        Self { net_days: terms.net_days(), instalments }
    }
}

/// A number that others gave, under the name of its scheme.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IdentifierBody {
    /// The scheme.
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

/// Whom to ask for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContactBody {
    /// The name.
    #[schema(required = true)]
    pub(crate) name: Option<String>,
    /// The telephone number.
    #[schema(required = true)]
    pub(crate) phone: Option<String>,
    /// The e-mail address.
    #[schema(required = true)]
    pub(crate) email: Option<String>,
}

impl ContactBody {
    /// What the API shows of a contact; nothing where nothing is known.
    pub(crate) fn of(contact: &Contact) -> Option<Self> {
        (!contact.is_empty()).then(|| Self {
            name: shown(contact.name.as_ref()),
            phone: contact.phone.as_ref().map(ToString::to_string),
            email: contact.email.as_ref().map(ToString::to_string),
        })
    }
}

/// Where somebody is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddressBody {
    /// The street.
    #[schema(required = true)]
    pub(crate) line_1: Option<BilingualBody>,
    /// What helps to find the place.
    #[schema(required = true)]
    pub(crate) line_2: Option<BilingualBody>,
    /// The number of the building.
    #[schema(required = true)]
    pub(crate) building_number: Option<String>,
    /// The district.
    #[schema(required = true)]
    pub(crate) district: Option<BilingualBody>,
    /// The city.
    #[schema(required = true)]
    pub(crate) city: Option<BilingualBody>,
    /// The postal code.
    #[schema(required = true)]
    pub(crate) postal_code: Option<String>,
    /// The region, province or emirate.
    #[schema(required = true)]
    pub(crate) subdivision: Option<String>,
    /// The country: ISO 3166-1.
    #[schema(example = "SA")]
    pub(crate) country: &'static str,
}

impl From<&Address> for AddressBody {
    fn from(address: &Address) -> Self {
        Self {
            line_1: address.line_1.as_ref().map(BilingualBody::from),
            line_2: address.line_2.as_ref().map(BilingualBody::from),
            building_number: shown(address.building_number.as_ref()),
            district: address.district.as_ref().map(BilingualBody::from),
            city: address.city.as_ref().map(BilingualBody::from),
            postal_code: shown(address.postal_code.as_ref()),
            subdivision: shown(address.subdivision.as_ref()),
            country: address.country.code(),
        }
    }
}

/// The registrations of a party.
pub(super) fn identifiers(details: &PartyDetails) -> Vec<IdentifierBody> {
    details.identifiers.as_slice().iter().map(IdentifierBody::from).collect()
}

fn shown(text: Option<&ShortText>) -> Option<String> {
    text.map(ToString::to_string)
}
