//! Customers and suppliers.

use gaara_inventory::Supplier;
use gaara_invoicing::Customer;
use gaara_kernel::{Language, Money, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use super::details::{PaymentTermsBody, identifiers};
use super::{AddressBody, BilingualBody, ContactBody, IdentifierBody};

/// Somebody who buys.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CustomerBody {
    /// The id.
    #[schema(example = "cus_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The name.
    pub(crate) name: BilingualBody,
    /// The name in the language asked for.
    pub(crate) display_name: String,
    /// The e-mail address.
    #[schema(required = true)]
    pub(crate) email: Option<String>,
    /// The tax registration number.
    #[schema(example = "310122393500003", required = true)]
    pub(crate) tax_id: Option<String>,
    /// The name it is registered under.
    #[schema(required = true)]
    pub(crate) legal_name: Option<BilingualBody>,
    /// The name it trades under.
    #[schema(required = true)]
    pub(crate) trade_name: Option<BilingualBody>,
    /// Its legal registrations.
    pub(crate) identifiers: Vec<IdentifierBody>,
    /// Where electronic documents reach it.
    #[schema(required = true)]
    pub(crate) electronic_address: Option<IdentifierBody>,
    /// Where it is, and where invoices go.
    #[schema(required = true)]
    pub(crate) billing_address: Option<AddressBody>,
    /// Where goods go, if that is elsewhere.
    #[schema(required = true)]
    pub(crate) delivery_address: Option<AddressBody>,
    /// Whom to ask for.
    #[schema(required = true)]
    pub(crate) contact: Option<ContactBody>,
    /// Where the customer is registered: ISO 3166-1.
    #[schema(example = "SA")]
    pub(crate) country: &'static str,
    /// The currency of its invoices: ISO 4217.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
    /// The most it may owe.
    #[schema(required = true)]
    pub(crate) credit_limit: Option<String>,
    /// When its invoices are to be paid.
    pub(crate) payment_terms: PaymentTermsBody,
    /// When it was archived; `null` while it is in use.
    #[schema(required = true)]
    pub(crate) archived_at: Option<String>,
    /// When it was added.
    pub(crate) created_at: String,
    /// When it was last saved.
    pub(crate) updated_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl CustomerBody {
    /// What the API shows of a customer.
    #[must_use]
    pub(crate) fn new(customer: &Customer, language: Language) -> Self {
        Self {
            id: customer.id.to_string(),
            name: (&customer.name).into(),
            display_name: customer.name.pick(language).to_owned(),
            email: customer.email.as_ref().map(ToString::to_string),
            tax_id: customer.tax_id.as_ref().map(ToString::to_string),
            legal_name: customer.details.legal_name.as_ref().map(BilingualBody::from),
            trade_name: customer.details.trade_name.as_ref().map(BilingualBody::from),
            identifiers: identifiers(&customer.details),
            electronic_address: customer
                .details
                .electronic_address
                .as_ref()
                .map(IdentifierBody::from),
            billing_address: customer.details.billing_address.as_ref().map(AddressBody::from),
            delivery_address: customer.details.delivery_address.as_ref().map(AddressBody::from),
            contact: ContactBody::of(&customer.details.contact),
            country: customer.country.code(),
            currency: customer.currency.code(),
            credit_limit: customer.credit_limit.map(Money::amount),
            payment_terms: (&customer.payment_terms).into(),
            archived_at: customer.archived_at.as_ref().map(Timestamp::to_string),
            created_at: customer.created_at.to_string(),
            updated_at: customer.updated_at.to_string(),
            version: customer.version.number(),
        }
    }
}

/// Somebody goods are bought from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SupplierBody {
    /// The id.
    #[schema(example = "sup_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The name.
    pub(crate) name: BilingualBody,
    /// The name in the language asked for.
    pub(crate) display_name: String,
    /// The e-mail address.
    #[schema(required = true)]
    pub(crate) email: Option<String>,
    /// The tax registration number.
    #[schema(example = "310122393500003", required = true)]
    pub(crate) tax_id: Option<String>,
    /// The name it is registered under.
    #[schema(required = true)]
    pub(crate) legal_name: Option<BilingualBody>,
    /// The name it trades under.
    #[schema(required = true)]
    pub(crate) trade_name: Option<BilingualBody>,
    /// Its legal registrations.
    pub(crate) identifiers: Vec<IdentifierBody>,
    /// Where electronic documents reach it.
    #[schema(required = true)]
    pub(crate) electronic_address: Option<IdentifierBody>,
    /// Where it is, and where invoices go.
    #[schema(required = true)]
    pub(crate) billing_address: Option<AddressBody>,
    /// Where goods go, if that is elsewhere.
    #[schema(required = true)]
    pub(crate) delivery_address: Option<AddressBody>,
    /// Whom to ask for.
    #[schema(required = true)]
    pub(crate) contact: Option<ContactBody>,
    /// Where the supplier is registered: ISO 3166-1.
    #[schema(example = "SA")]
    pub(crate) country: &'static str,
    /// The currency of its invoices: ISO 4217.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
    /// The most that may be owed to it.
    #[schema(required = true)]
    pub(crate) credit_limit: Option<String>,
    /// When its invoices are to be paid.
    pub(crate) payment_terms: PaymentTermsBody,
    /// When it was archived; `null` while it is in use.
    #[schema(required = true)]
    pub(crate) archived_at: Option<String>,
    /// When it was added.
    pub(crate) created_at: String,
    /// When it was last saved.
    pub(crate) updated_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl SupplierBody {
    /// What the API shows of a supplier.
    #[must_use]
    pub(crate) fn new(supplier: &Supplier, language: Language) -> Self {
        Self {
            id: supplier.id.to_string(),
            name: (&supplier.name).into(),
            display_name: supplier.name.pick(language).to_owned(),
            email: supplier.email.as_ref().map(ToString::to_string),
            tax_id: supplier.tax_id.as_ref().map(ToString::to_string),
            legal_name: supplier.details.legal_name.as_ref().map(BilingualBody::from),
            trade_name: supplier.details.trade_name.as_ref().map(BilingualBody::from),
            identifiers: identifiers(&supplier.details),
            electronic_address: supplier
                .details
                .electronic_address
                .as_ref()
                .map(IdentifierBody::from),
            billing_address: supplier.details.billing_address.as_ref().map(AddressBody::from),
            delivery_address: supplier.details.delivery_address.as_ref().map(AddressBody::from),
            contact: ContactBody::of(&supplier.details.contact),
            country: supplier.country.code(),
            currency: supplier.currency.code(),
            credit_limit: supplier.credit_limit.map(Money::amount),
            payment_terms: (&supplier.payment_terms).into(),
            archived_at: supplier.archived_at.as_ref().map(Timestamp::to_string),
            created_at: supplier.created_at.to_string(),
            updated_at: supplier.updated_at.to_string(),
            version: supplier.version.number(),
        }
    }
}
