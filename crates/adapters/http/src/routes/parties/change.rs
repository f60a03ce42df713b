//! What `PATCH /customers/{id}` and `PATCH /suppliers/{id}` have in common.

use gaara_application::party::PartyChange;
use gaara_kernel::{Country, Currency, EmailAddress, TextChange};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::details::{AddressRequest, ContactRequest, DetailsRequest, IdentifierRequest};
use super::terms::{PaymentTermsRequest, read_terms};
use crate::json::{Check, DecimalText, Field, List, Nested, Patch};
use crate::routes::name::{NameRequest, read_name};
use crate::views::BilingualBody;

/// What changes; what is absent stays (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangePartyRequest {
    /// The name.
    #[schema(value_type = Option<NameRequest>)]
    #[serde(default)]
    name: Nested<NameRequest>,
    /// The e-mail address; `null` takes it away.
    #[schema(value_type = Option<String>, example = "mail@example.com")]
    #[serde(default)]
    email: Field<EmailAddress>,
    /// The tax registration number, by the rule of the country; `null` takes it away.
    #[schema(value_type = Option<String>, example = "310122393500003")]
    #[serde(default)]
    tax_id: Field<String>,
    /// The name it is registered under.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    legal_name: Field<TextChange>,
    /// The name it trades under.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    trade_name: Field<TextChange>,
    /// Its legal registrations, one of a scheme; the list replaces the one before.
    #[validate(length(max = 20), nested)]
    #[schema(value_type = Option<Vec<IdentifierRequest>>)]
    #[serde(default)]
    identifiers: List<IdentifierRequest>,
    /// Where electronic documents reach it.
    #[schema(value_type = Option<IdentifierRequest>)]
    #[serde(default)]
    electronic_address: Nested<IdentifierRequest>,
    /// Where it is, and where invoices go.
    #[schema(value_type = Option<AddressRequest>)]
    #[serde(default)]
    billing_address: Nested<AddressRequest>,
    /// Where goods go, if that is elsewhere.
    #[schema(value_type = Option<AddressRequest>)]
    #[serde(default)]
    delivery_address: Nested<AddressRequest>,
    /// Whom to ask for.
    #[schema(value_type = Option<ContactRequest>)]
    #[serde(default)]
    contact: Nested<ContactRequest>,
    /// Where it is registered: ISO 3166-1. The tax number must fit it.
    #[schema(value_type = Option<String>, example = "SA")]
    #[serde(default)]
    country: Field<Country>,
    /// The currency of its invoices: ISO 4217. A credit limit has to be told anew with it.
    #[schema(value_type = Option<String>, example = "SAR")]
    #[serde(default)]
    currency: Field<Currency>,
    /// The most that may be owed; `null` lifts the limit.
    #[schema(value_type = Option<String>, example = "10000.00")]
    #[serde(default)]
    credit_limit: Field<DecimalText>,
    /// When its invoices are to be paid.
    #[schema(value_type = Option<PaymentTermsRequest>)]
    #[serde(default)]
    payment_terms: Nested<PaymentTermsRequest>,
}

impl ChangePartyRequest {
    pub(super) fn read(self, check: &mut Check) -> Option<PartyChange> {
        let name = read_name(check, self.name);
        let email = check.patch("/email", self.email);
        let tax_id = check.patch("/tax_id", self.tax_id);
        let details = DetailsRequest {
            legal_name: self.legal_name,
            trade_name: self.trade_name,
            identifiers: self.identifiers,
            electronic_address: self.electronic_address,
            billing_address: self.billing_address,
            delivery_address: self.delivery_address,
            contact: self.contact,
            billing_pointer: "/billing_address",
        };
        let details = details.read(check);
        let country = check.change("/country", self.country);
        let currency = check.change("/currency", self.currency);
        let credit_limit = check.patch("/credit_limit", self.credit_limit);
        let terms = check.change_nested("/payment_terms", self.payment_terms, read_terms);
        let credit_limit = credit_limit.map(Patch::into_option);
        let credit_limit =
            credit_limit.map(|limit| limit.map(|limit| limit.map(DecimalText::into_text)));
        Some(PartyChange {
            name: name?,
            email: email?.into_option(),
            tax_id: tax_id?.into_option(),
            details: details?,
            country: country?,
            currency: currency?,
            credit_limit: credit_limit?,
            payment_terms: terms?,
        })
    }
}
