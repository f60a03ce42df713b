//! `PATCH /products/{id}`: changing a product.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::inventory::{ChangeProduct, ChangeProductError, NameChange};
use gaara_inventory::Product;
use gaara_kernel::{Code as Name, ProductId, TextError, UnitPrice, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field, Nested};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::views::ProductBody;

/// What changes of a name; a language that is absent stays, `null` takes it away.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct NameRequest {
    /// The Arabic name.
    #[schema(value_type = Option<String>, example = "برغي M8")]
    #[serde(default)]
    ar: Field<String>,
    /// The English name.
    #[schema(value_type = Option<String>, example = "Bolt M8")]
    #[serde(default)]
    en: Field<String>,
}

impl NameRequest {
    fn read(self, check: &mut Check) -> Option<NameChange> {
        let ar = check.patch("/ar", self.ar);
        let en = check.patch("/en", self.en);
        Some(NameChange { ar: ar?.into_option(), en: en?.into_option() })
    }
}

/// What changes; what is absent stays (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeProductRequest {
    /// The name.
    #[schema(value_type = Option<NameRequest>)]
    #[serde(default)]
    name: Nested<NameRequest>,
    /// The usual price of one unit.
    #[schema(value_type = Option<String>, example = "2.75")]
    #[serde(default)]
    unit_price: Field<UnitPrice>,
    /// The code of the usual tax rate; `null` takes it away.
    #[schema(value_type = Option<String>, example = "VAT15")]
    #[serde(default)]
    tax_rate: Field<Name>,
}

impl ChangeProductRequest {
    fn read(self, check: &mut Check, id: ProductId, expected: Version) -> Option<ChangeProduct> {
        if matches!(self.name, Nested::Null) {
            check.fault(FieldProblem::new("/name", Code::ValidationRequired));
        }
        let name = check.optional_nested("/name", self.name, NameRequest::read);
        let unit_price = check.change("/unit_price", self.unit_price);
        let tax_rate = check.patch("/tax_rate", self.tax_rate);
        Some(ChangeProduct {
            id,
            expected,
            name: name?.unwrap_or_default(),
            unit_price: unit_price?,
            tax_rate: tax_rate?.into_option(),
        })
    }
}

/// Changes a product. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Products",
    operation_id = "changeProduct",
    params(
        ("id" = String, Path, description = "The product's id"),
    ),
    request_body(content = ChangeProductRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = ProductBody)),
)]
#[patch("/products/{id}")]
pub(crate) async fn change_product(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<ProductId>,
    expected: IfMatch,
    body: Body<ChangeProductRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |(_, after): &(Product, Product)| {
        changed(after.version, &ProductBody::new(after, caller.language))
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeProductError) -> Problem {
    match error {
        ChangeProductError::NotFound => Problem::not_found(),
        ChangeProductError::Stale { current } => Problem::stale(current),
        ChangeProductError::Name(TextError::Empty) => {
            Problem::at(FieldProblem::new("/name", Code::ValidationTextEmpty))
        }
        // The other faults of a text are found while the request is read.
        ChangeProductError::Name(error) => Problem::internal(error),
        ChangeProductError::UnknownTaxRate(_) => {
            Problem::at(FieldProblem::new("/tax_rate", Code::ValidationReference))
        }
        ChangeProductError::PriceNegative => {
            Problem::at(FieldProblem::new("/unit_price", Code::ValidationNotNegative))
        }
        ChangeProductError::Store(error) => error.into(),
    }
}
