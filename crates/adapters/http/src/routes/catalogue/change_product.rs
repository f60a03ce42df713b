//! `PATCH /products/{id}`: changing a product.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::inventory::{ChangeProduct, ChangeProductError};
use gaara_inventory::{Costing, Product};
use gaara_kernel::{CategoryId, Code as Name, Currency, ProductId, SupplierId, UnitPrice, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::product_parts::{Barcodes, PackagingRequest, ReorderRequest};
use super::product_problem::refused;
use crate::caller::{Caller, PathId};
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field, List, Nested};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::routes::name::{NameRequest, read_name};
use crate::views::ProductBody;

/// What changes; what is absent stays, and a list replaces the list before (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeProductRequest {
    /// The code people know it by; unique.
    #[schema(value_type = Option<String>, example = "BOLT-M8")]
    #[serde(default)]
    sku: Field<Name>,
    /// The name.
    #[schema(value_type = Option<NameRequest>)]
    #[serde(default)]
    name: Nested<NameRequest>,
    /// The code of the unit it is counted in, while it was never moved.
    #[schema(value_type = Option<String>, example = "EA")]
    #[serde(default)]
    unit: Field<Name>,
    /// The usual price of one unit.
    #[schema(value_type = Option<String>, example = "2.75")]
    #[serde(default)]
    unit_price: Field<UnitPrice>,
    /// The currency of the price: ISO 4217.
    #[schema(value_type = Option<String>, example = "SAR")]
    #[serde(default)]
    currency: Field<Currency>,
    /// The code of the usual tax rate; `null` takes it away.
    #[schema(value_type = Option<String>, example = "VAT15")]
    #[serde(default)]
    tax_rate: Field<Name>,
    /// The category it hangs on; `null` takes it away.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    category_id: Field<CategoryId>,
    /// Whom it is usually bought from; `null` takes it away.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    supplier_id: Field<SupplierId>,
    /// The packages it comes in: 20 at most.
    #[schema(value_type = Option<Vec<PackagingRequest>>)]
    #[validate(length(max = 20), nested)]
    #[serde(default)]
    packagings: List<PackagingRequest>,
    /// The barcodes of one unit; each is unique among all products and packages.
    #[schema(value_type = Option<Vec<String>>, example = json!(["6281000000014"]))]
    #[serde(default)]
    barcodes: Field<Barcodes>,
    /// When it is to be ordered, by warehouse: 200 at most.
    #[schema(value_type = Option<Vec<ReorderRequest>>)]
    #[validate(length(max = 200), nested)]
    #[serde(default)]
    reorder: List<ReorderRequest>,
    /// How its cost is found, while nothing is on hand: `average`, `fifo` or `standard`.
    #[schema(value_type = Option<String>, example = "average")]
    #[serde(default)]
    costing: Field<Costing>,
    /// The cost of one unit where `costing` is `standard`, while nothing is on hand. It goes by
    /// itself when `costing` becomes another one.
    #[schema(value_type = Option<String>, example = "1.75")]
    #[serde(default)]
    standard_cost: Field<UnitPrice>,
}

impl ChangeProductRequest {
    pub(super) fn read(
        self,
        check: &mut Check,
        id: Option<ProductId>,
        expected: Option<Version>,
    ) -> Option<ChangeProduct> {
        let sku = check.change("/sku", self.sku);
        let name = read_name(check, self.name);
        let unit = check.change("/unit", self.unit);
        let unit_price = check.change("/unit_price", self.unit_price);
        let currency = check.change("/currency", self.currency);
        let tax_rate = check.patch("/tax_rate", self.tax_rate);
        let category = check.patch("/category_id", self.category_id);
        let supplier = check.patch("/supplier_id", self.supplier_id);
        let packagings = check.change_each("/packagings", self.packagings, PackagingRequest::read);
        let barcodes = check.change("/barcodes", self.barcodes);
        let reorder = check.change_each("/reorder", self.reorder, ReorderRequest::read);
        let costing = check.change("/costing", self.costing);
        let standard_cost = check.patch("/standard_cost", self.standard_cost);
        Some(ChangeProduct {
            id: id?,
            expected: expected?,
            sku: sku?,
            name: name?,
            unit: unit?,
            unit_price: unit_price?,
            currency: currency?,
            tax_rate: tax_rate?.into_option(),
            category: category?.into_option(),
            supplier: supplier?.into_option(),
            packagings: packagings?,
            barcodes: barcodes?.map(|barcodes| barcodes.0),
            reorder: reorder?,
            costing: costing?,
            standard_cost: standard_cost?.into_option(),
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
    let use_case = body.read(|request, check| request.read(check, Some(id.0), Some(expected.0)))?;
    let render = |(_, after): &(Product, Product)| {
        changed(after.version, &ProductBody::new(after, caller.language))
    };
    let problem = |error| match error {
        ChangeProductError::NotFound => Problem::not_found(),
        ChangeProductError::Stale { current } => Problem::stale(current),
        ChangeProductError::Refused(refusals) => refused(&refusals),
        ChangeProductError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}
