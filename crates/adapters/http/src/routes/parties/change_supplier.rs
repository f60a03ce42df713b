//! `PATCH /suppliers/{id}`: changing a supplier.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::inventory::{ChangeSupplier, ChangeSupplierError};
use gaara_inventory::Supplier;
use gaara_kernel::{Country, Currency, EmailAddress, SupplierId, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::terms::{PaymentTermsRequest, read_terms};
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::{Body, Check, DecimalText, Field, Nested, money_fault};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::routes::name::{NameRequest, name_problem, read_name};
use crate::views::{PaymentTermsBody, SupplierBody};

/// What changes; what is absent stays (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeSupplierRequest {
    /// The name.
    #[schema(value_type = Option<NameRequest>)]
    #[serde(default)]
    name: Nested<NameRequest>,
    /// The e-mail address; `null` takes it away.
    #[schema(value_type = Option<String>, example = "sales@example.com")]
    #[serde(default)]
    email: Field<EmailAddress>,
    /// The tax registration number; `null` takes it away.
    #[schema(value_type = Option<String>, example = "310122393500003")]
    #[serde(default)]
    tax_id: Field<String>,
    /// Where the supplier is registered: ISO 3166-1.
    #[schema(value_type = Option<String>, example = "SA")]
    #[serde(default)]
    country: Field<Country>,
    /// The currency of its invoices: ISO 4217. A credit limit has to be told anew with it.
    #[schema(value_type = Option<String>, example = "SAR")]
    #[serde(default)]
    currency: Field<Currency>,
    /// The most that may be owed to it; `null` lifts the limit.
    #[schema(value_type = Option<String>, example = "10000.00")]
    #[serde(default)]
    credit_limit: Field<DecimalText>,
    /// When its invoices are to be paid.
    #[schema(value_type = Option<PaymentTermsBody>)]
    #[serde(default)]
    payment_terms: Nested<PaymentTermsRequest>,
}

impl ChangeSupplierRequest {
    fn read(self, check: &mut Check, id: SupplierId, expected: Version) -> Option<ChangeSupplier> {
        let name = read_name(check, self.name);
        let email = check.patch("/email", self.email);
        let tax_id = check.patch("/tax_id", self.tax_id);
        let country = check.change("/country", self.country);
        let currency = check.change("/currency", self.currency);
        let credit_limit = check.patch("/credit_limit", self.credit_limit);
        let terms = check.change_nested("/payment_terms", self.payment_terms, read_terms);
        let credit_limit = credit_limit
            .map(|limit| limit.into_option().map(|limit| limit.map(DecimalText::into_text)));
        Some(ChangeSupplier {
            id,
            expected,
            name: name?,
            email: email?.into_option(),
            tax_id: tax_id?.into_option(),
            country: country?,
            currency: currency?,
            credit_limit: credit_limit?,
            payment_terms: terms?,
        })
    }
}

/// Changes a supplier. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Suppliers",
    operation_id = "changeSupplier",
    params(("id" = String, Path, description = "The supplier's id")),
    request_body(content = ChangeSupplierRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = SupplierBody)),
)]
#[patch("/suppliers/{id}")]
pub(crate) async fn change_supplier(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<SupplierId>,
    expected: IfMatch,
    body: Body<ChangeSupplierRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |(_, after): &(Supplier, Supplier)| {
        changed(after.version, &SupplierBody::new(after, caller.language))
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeSupplierError) -> Problem {
    let at = |code| Problem::at(FieldProblem::new("/credit_limit", code));
    match error {
        ChangeSupplierError::NotFound => Problem::not_found(),
        ChangeSupplierError::Stale { current } => Problem::stale(current),
        ChangeSupplierError::Name(error) => name_problem(error),
        ChangeSupplierError::CreditLimit { currency, error } => {
            Problem::of_fields(money_fault(error, currency).within("/credit_limit").0)
        }
        ChangeSupplierError::CreditLimitNegative => at(Code::ValidationNotNegative),
        ChangeSupplierError::CreditLimitMissing => at(Code::ValidationRequired),
        ChangeSupplierError::Store(error) => error.into(),
    }
}
