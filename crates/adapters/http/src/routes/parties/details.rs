//! What a party says about itself: addresses, contact, registrations and further names.

use gaara_application::party::PartyError;
use gaara_kernel::{
    AddressChange, ContactChange, Country, DetailsChange, ElectronicAddress, EmailAddress,
    IdentifierError, LegalIdentifier, LegalIdentifiers, PhoneNumber, RepeatedScheme, ShortText,
    TaxIdError, TextChange, Wish,
};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::code::Code;
use crate::json::{Check, Field, List, Nested, Patch, money_fault};
use crate::problem::{FieldProblem, Problem};
use crate::routes::name::name_problem;
use crate::views::BilingualBody;

/// An address. A text is one in both languages, or plain: then it is of the language of its
/// letters. In a change, what is absent stays and what is `null` is taken away.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct AddressRequest {
    /// The street.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    line_1: Field<TextChange>,
    /// What helps to find the place.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    line_2: Field<TextChange>,
    /// The number of the building.
    #[schema(value_type = Option<String>, example = "1234")]
    #[serde(default)]
    building_number: Field<ShortText>,
    /// The district.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    district: Field<TextChange>,
    /// The city.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    city: Field<TextChange>,
    /// The postal code.
    #[schema(value_type = Option<String>, example = "12345")]
    #[serde(default)]
    postal_code: Field<ShortText>,
    /// The region, province or emirate.
    #[schema(value_type = Option<String>, example = "DXB")]
    #[serde(default)]
    subdivision: Field<ShortText>,
    /// The country: ISO 3166-1; that of the party when absent.
    #[schema(value_type = Option<String>, example = "SA")]
    #[serde(default)]
    country: Field<Country>,
}

/// Whom to ask for.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ContactRequest {
    /// The name.
    #[schema(value_type = Option<String>, example = "Sara")]
    #[serde(default)]
    name: Field<ShortText>,
    /// The telephone number.
    #[schema(value_type = Option<String>, example = "+966 11 123 4567")]
    #[serde(default)]
    phone: Field<PhoneNumber>,
    /// The e-mail address.
    #[schema(value_type = Option<String>, example = "sara@example.com")]
    #[serde(default)]
    email: Field<EmailAddress>,
}

/// A number that others gave, under the name of its scheme.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct IdentifierRequest {
    /// The scheme.
    #[schema(value_type = String, required = true, example = "CRN")]
    #[serde(default)]
    scheme: Field<String>,
    /// The number.
    #[schema(value_type = String, required = true, example = "1010010000")]
    #[serde(default)]
    value: Field<String>,
}

/// The members of a request that tell details.
pub(crate) struct DetailsRequest {
    pub(crate) legal_name: Field<TextChange>,
    pub(crate) trade_name: Field<TextChange>,
    pub(crate) identifiers: List<IdentifierRequest>,
    pub(crate) electronic_address: Nested<IdentifierRequest>,
    pub(crate) billing_address: Nested<AddressRequest>,
    pub(crate) delivery_address: Nested<AddressRequest>,
    pub(crate) contact: Nested<ContactRequest>,
    /// What the API calls the billing address.
    pub(crate) billing_pointer: &'static str,
}

impl DetailsRequest {
    /// Reads the details, as a change of what was there before.
    pub(crate) fn read(self, check: &mut Check) -> Option<DetailsChange> {
        let legal_name = read_text(check, "/legal_name", self.legal_name);
        let trade_name = read_text(check, "/trade_name", self.trade_name);
        let identifiers = read_identifiers(check, self.identifiers);
        let electronic =
            check.patch_nested("/electronic_address", self.electronic_address, |request, check| {
                read_identifier(request, check, ElectronicAddress::try_new)
            });
        let billing = check.patch_nested(self.billing_pointer, self.billing_address, read_address);
        let delivery = check.patch_nested("/delivery_address", self.delivery_address, read_address);
        let contact = check.patch_nested("/contact", self.contact, read_contact);
        Some(DetailsChange {
            legal_name: legal_name?,
            trade_name: trade_name?,
            identifiers: identifiers?,
            electronic_address: electronic?.into_option(),
            billing_address: billing?.into_option(),
            delivery_address: delivery?.into_option(),
            contact: contact?.into_option(),
        })
    }
}

fn read_text(check: &mut Check, pointer: &str, field: Field<TextChange>) -> Option<TextChange> {
    Some(match check.patch(pointer, field)? {
        Patch::Keep => TextChange::Keep,
        Patch::Clear => TextChange::Clear,
        Patch::Set(change) => change,
    })
}

fn read_wish<T>(check: &mut Check, pointer: &str, field: Field<T>) -> Option<Wish<T>> {
    check.patch(pointer, field).map(Patch::into_option)
}

fn read_address(request: AddressRequest, check: &mut Check) -> Option<AddressChange> {
    let line_1 = read_text(check, "/line_1", request.line_1);
    let line_2 = read_text(check, "/line_2", request.line_2);
    let building_number = read_wish(check, "/building_number", request.building_number);
    let district = read_text(check, "/district", request.district);
    let city = read_text(check, "/city", request.city);
    let postal_code = read_wish(check, "/postal_code", request.postal_code);
    let subdivision = read_wish(check, "/subdivision", request.subdivision);
    let country = check.change("/country", request.country);
    Some(AddressChange {
        line_1: line_1?,
        line_2: line_2?,
        building_number: building_number?,
        district: district?,
        city: city?,
        postal_code: postal_code?,
        subdivision: subdivision?,
        country: country?,
    })
}

fn read_contact(request: ContactRequest, check: &mut Check) -> Option<ContactChange> {
    let name = read_wish(check, "/name", request.name);
    let phone = read_wish(check, "/phone", request.phone);
    let email = read_wish(check, "/email", request.email);
    Some(ContactChange { name: name?, phone: phone?, email: email? })
}

fn read_identifier<T>(
    request: IdentifierRequest,
    check: &mut Check,
    join: impl Fn(&str, &str) -> Result<T, IdentifierError>,
) -> Option<T> {
    let scheme = check.required("/scheme", request.scheme);
    let value = check.required("/value", request.value);
    let fault = |error| match error {
        IdentifierError::UnknownScheme => FieldProblem::new("/scheme", Code::ValidationScheme),
        IdentifierError::Value => FieldProblem::new("/value", Code::ValidationIdentifier),
    };
    join(&scheme?, &value?).map_err(|error| check.fault(fault(error))).ok()
}

/// The whole list, which replaces the one before; `null` empties it.
fn read_identifiers(check: &mut Check, list: List<IdentifierRequest>) -> Wish<LegalIdentifiers> {
    if matches!(list, List::Missing) {
        return Some(None);
    }
    let entries = check.each("/identifiers", list, |request, check| {
        read_identifier(request, check, LegalIdentifier::try_new)
    })?;
    let fault = |RepeatedScheme { index }| {
        FieldProblem::new(format!("/identifiers/{index}/scheme"), Code::ValidationRepeated)
    };
    let entries = LegalIdentifiers::try_new(entries);
    entries.map_err(|repeated| check.fault(fault(repeated))).ok().map(Some)
}

/// Why a party cannot say that.
pub(super) fn party_problem(error: PartyError) -> Problem {
    let limit = |code| Problem::at(FieldProblem::new("/credit_limit", code));
    match error {
        PartyError::Name(error) => name_problem(error),
        PartyError::TaxId(error) => tax_id_problem(error),
        PartyError::CreditLimit { currency, error } => {
            Problem::of_fields(money_fault(error, currency).within("/credit_limit").0)
        }
        PartyError::CreditLimitNegative => limit(Code::ValidationNotNegative),
        PartyError::CreditLimitMissing => limit(Code::ValidationRequired),
    }
}

/// A tax number that is none of its country.
pub(crate) fn tax_id_problem(error: TaxIdError) -> Problem {
    let fault = FieldProblem::new("/tax_id", Code::ValidationTaxId);
    Problem::at(fault.param("country", error.country))
}
