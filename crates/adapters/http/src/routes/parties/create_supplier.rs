//! `POST /suppliers`: adding a supplier.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{CreateSupplier, CreateSupplierError};
use gaara_inventory::Supplier;
use gaara_kernel::{BilingualText, Country, Currency, EmailAddress, SupplierId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::terms::{PaymentTermsRequest, read_terms};
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, DecimalText, Field, Nested};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{created, respond};
use crate::views::{BilingualBody, PaymentTermsBody, SupplierBody};

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
    /// The tax registration number.
    #[schema(value_type = Option<String>, example = "310122393500003")]
    #[serde(default)]
    tax_id: Field<String>,
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
    #[schema(value_type = Option<PaymentTermsBody>)]
    #[serde(default)]
    payment_terms: Nested<PaymentTermsRequest>,
}

impl CreateSupplierRequest {
    fn read(self, check: &mut Check) -> Option<CreateSupplier> {
        let id = check.optional("/id", self.id);
        let name = check.required("/name", self.name);
        let email = check.optional("/email", self.email);
        let tax_id = check.optional("/tax_id", self.tax_id);
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
    let problem = |CreateSupplierError::Store(error)| error.into();
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}
