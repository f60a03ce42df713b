//! `POST /products`: adding a product.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{CreateProduct, CreateProductError};
use gaara_inventory::{Costing, Product, ProductKind};
use gaara_kernel::{
    BilingualText, CategoryId, Code as Name, Currency, ProductId, SupplierId, UnitPrice,
};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::product_parts::{Barcodes, PackagingRequest, ReorderRequest};
use super::product_problem::refused;
use crate::caller::Caller;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field, List};
use crate::problem::Problem;
use crate::reply::{created, respond};
use crate::views::{BilingualBody, ProductBody};

/// A product as it is added.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateProductRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<ProductId>,
    /// The code people know it by; unique.
    #[schema(value_type = String, required = true, example = "BOLT-M8")]
    #[serde(default)]
    sku: Field<Name>,
    /// The name.
    #[schema(value_type = BilingualBody, required = true)]
    #[serde(default)]
    name: Field<BilingualText>,
    /// `stocked` or `service`; stocked when absent.
    #[schema(value_type = Option<String>, example = "stocked")]
    #[serde(default)]
    kind: Field<ProductKind>,
    /// The code of the unit it is counted in.
    #[schema(value_type = String, required = true, example = "EA")]
    #[serde(default)]
    unit: Field<Name>,
    /// The usual price of one unit.
    #[schema(value_type = String, required = true, example = "2.50")]
    #[serde(default)]
    unit_price: Field<UnitPrice>,
    /// The currency of the price: ISO 4217.
    #[schema(value_type = String, required = true, example = "SAR")]
    #[serde(default)]
    currency: Field<Currency>,
    /// The code of the usual tax rate.
    #[schema(value_type = Option<String>, example = "VAT15")]
    #[serde(default)]
    tax_rate: Field<Name>,
    /// The category it hangs on.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    category_id: Field<CategoryId>,
    /// Whom it is usually bought from.
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
    /// How its cost is found: `average` when absent, `fifo` or `standard`.
    #[schema(value_type = Option<String>, example = "average")]
    #[serde(default)]
    costing: Field<Costing>,
    /// The cost of one unit, exactly where `costing` is `standard`.
    #[schema(value_type = Option<String>, example = "1.75")]
    #[serde(default)]
    standard_cost: Field<UnitPrice>,
}

impl CreateProductRequest {
    pub(super) fn read(self, check: &mut Check) -> Option<CreateProduct> {
        let id = check.optional("/id", self.id);
        let sku = check.required("/sku", self.sku);
        let name = check.required("/name", self.name);
        let kind = check.or_default("/kind", self.kind, ProductKind::Stocked);
        let unit = check.required("/unit", self.unit);
        let unit_price = check.required("/unit_price", self.unit_price);
        let currency = check.required("/currency", self.currency);
        let tax_rate = check.optional("/tax_rate", self.tax_rate);
        let category = check.optional("/category_id", self.category_id);
        let supplier = check.optional("/supplier_id", self.supplier_id);
        let packagings = check.each("/packagings", self.packagings, PackagingRequest::read);
        let barcodes = check.or_default("/barcodes", self.barcodes, Barcodes::default());
        let reorder = check.each("/reorder", self.reorder, ReorderRequest::read);
        let costing = check.or_default("/costing", self.costing, Costing::Average);
        let standard_cost = check.optional("/standard_cost", self.standard_cost);
        Some(CreateProduct {
            id: id?,
            sku: sku?,
            name: name?,
            kind: kind?,
            unit: unit?,
            unit_price: unit_price?,
            currency: currency?,
            tax_rate: tax_rate?,
            category: category?,
            supplier: supplier?,
            packagings: packagings?,
            barcodes: barcodes?.0,
            reorder: reorder?,
            costing: costing?,
            standard_cost: standard_cost?,
        })
    }
}

/// Adds a product.
#[utoipa::path(
    tag = "Products",
    operation_id = "createProduct",
    request_body = CreateProductRequest,
    responses((status = 201, description = "Added", body = ProductBody)),
)]
#[post("/products")]
pub(crate) async fn create_product(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<CreateProductRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(CreateProductRequest::read)?;
    let render = |product: &Product| {
        let body = ProductBody::new(product, caller.language);
        created(format!("/api/v1/products/{}", product.id), product.version, &body)
    };
    let problem = |error| match error {
        CreateProductError::Refused(refusals) => refused(&refusals),
        CreateProductError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}
