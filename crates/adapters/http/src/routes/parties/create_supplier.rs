//! `POST /suppliers`: adding a supplier.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{CreateSupplier, CreateSupplierError};
use gaara_inventory::Supplier;
use gaara_kernel::{BilingualText, Country, Currency, EmailAddress, SupplierId, TextChange};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::details::{
    AddressRequest, ContactRequest, DetailsRequest, IdentifierRequest, tax_id_problem,
};
use super::terms::{PaymentTermsRequest, read_terms};
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, DecimalText, Field, List, Nested};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{created, respond};
use crate::views::{BilingualBody, SupplierBody};

/// A supplier as it is added.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateSupplierRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<SupplierId>,
    /// The name.
    #[schema(value_type = BilingualBody, required = true)]
    #[serde(default)]
    name: Field<BilingualText>,
    /// The e-mail address.
    #[schema(value_type = Option<String>, example = "sales@example.com")]
    #[serde(default)]
    email: Field<EmailAddress>,
    /// The tax registration number, by the rule of the country.
    #[schema(value_type = Option<String>, example = "310122393500003")]
    #[serde(default)]
    tax_id: Field<String>,
    /// The name it is registered under, where it has another one.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    legal_name: Field<TextChange>,
    /// The name it trades under.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    trade_name: Field<TextChange>,
    /// Its legal registrations, one of a scheme.
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
    /// Where the supplier is registered: ISO 3166-1.
    #[schema(value_type = String, required = true, example = "SA")]
    #[serde(default)]
    country: Field<Country>,
    /// The currency of its invoices: ISO 4217.
    #[schema(value_type = String, required = true, example = "SAR")]
    #[serde(default)]
    currency: Field<Currency>,
    /// The most that may be owed to it; without limit when absent.
    #[schema(value_type = Option<String>, example = "10000.00")]
    #[serde(default)]
    credit_limit: Field<DecimalText>,
    /// When its invoices are to be paid; at once when absent.
    #[schema(value_type = Option<PaymentTermsRequest>)]
    #[serde(default)]
    payment_terms: Nested<PaymentTermsRequest>,
}

impl CreateSupplierRequest {
    fn read(self, check: &mut Check) -> Option<CreateSupplier> {
        let id = check.optional("/id", self.id);
        let name = check.required("/name", self.name);
        let email = check.optional("/email", self.email);
        let tax_id = check.optional("/tax_id", self.tax_id);
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
        let country = check.required("/country", self.country);
        let currency = check.required("/currency", self.currency);
        let credit_limit = check.optional_money("/credit_limit", self.credit_limit, currency);
        if let Some(Some(limit)) = credit_limit
            && limit.is_negative()
        {
            check.fault(FieldProblem::new("/credit_limit", Code::ValidationNotNegative));
        }
        let terms = check.optional_nested("/payment_terms", self.payment_terms, read_terms);
        Some(CreateSupplier {
            id: id?,
            name: name?,
            email: email?,
            tax_id: tax_id?,
            details: details?,
            country: country?,
            currency: currency?,
            credit_limit: credit_limit?,
            payment_terms: terms?.unwrap_or_default(),
        })
    }
}

/// Adds a supplier.
#[utoipa::path(
    tag = "Suppliers",
    operation_id = "createSupplier",
    request_body = CreateSupplierRequest,
    responses((status = 201, description = "Added", body = SupplierBody)),
)]
#[post("/suppliers")]
pub(crate) async fn create_supplier(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<CreateSupplierRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(CreateSupplierRequest::read)?;
    let render = |supplier: &Supplier| {
        let body = SupplierBody::new(supplier, caller.language);
        created(format!("/api/v1/suppliers/{}", supplier.id), supplier.version, &body)
    };
    let problem = |error| match error {
        CreateSupplierError::TaxId(error) => tax_id_problem(error),
        CreateSupplierError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}
