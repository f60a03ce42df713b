//! `PATCH /products/{id}`: changing a product.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::inventory::{ChangeProduct, ChangeProductError};
use gaara_inventory::Product;
use gaara_kernel::{BilingualText, Code as Name, ProductId, UnitPrice, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::views::{BilingualBody, ProductBody};

/// What changes; what is absent stays (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeProductRequest {
    /// The name.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    name: Field<BilingualText>,
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
        let name = check.change("/name", self.name);
        let unit_price = check.change("/unit_price", self.unit_price);
        let tax_rate = check.patch("/tax_rate", self.tax_rate);
        Some(ChangeProduct {
            id,
            expected,
            name: name?,
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
        ChangeProductError::UnknownTaxRate(_) => {
            Problem::at(FieldProblem::new("/tax_rate", Code::ValidationReference))
        }
        ChangeProductError::PriceNegative => {
            Problem::at(FieldProblem::new("/unit_price", Code::ValidationNotNegative))
        }
        ChangeProductError::Store(error) => error.into(),
    }
}
