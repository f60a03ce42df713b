//! `POST /products`: adding a product.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{CreateProduct, CreateProductError};
use gaara_inventory::{Barcode, Costing, Product, ProductKind};
use gaara_kernel::{BilingualText, Code as Name, Currency, ProductId, UnitPrice};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field, FieldFault, FromJson};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{created, respond};
use crate::views::{BilingualBody, ProductBody};

/// The most barcodes of a product.
const BARCODES_MAX: usize = 50;

/// The barcodes of a product.
#[derive(Debug, Default)]
struct Barcodes(Vec<Barcode>);

impl FromJson for Barcodes {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        let Value::Array(items) = value else { return Err(FieldFault::wrong_type("array")) };
        if items.len() > BARCODES_MAX {
            let fault = FieldProblem::new("", Code::ValidationTooMany);
            return Err(fault.param("max", BARCODES_MAX).into());
        }
        let read = |(index, item): (usize, &Value)| {
            Barcode::from_json(item).map_err(|fault| fault.within(&format!("/{index}")))
        };
        items.iter().enumerate().map(read).collect::<Result<_, _>>().map(Self)
    }
}

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
    /// The unit it is counted in.
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
    /// Categories cannot be added yet: `null`.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    category_id: Field<String>,
    /// Suppliers cannot be added yet: `null`.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    supplier_id: Field<String>,
    /// Barcodes, each of one product only.
    #[schema(value_type = Option<Vec<String>>, example = json!(["6281000000014"]))]
    #[serde(default)]
    barcodes: Field<Barcodes>,
    /// How its cost is found: `average`, the only way there is yet.
    #[schema(value_type = Option<String>, example = "average")]
    #[serde(default)]
    costing: Field<Costing>,
}

impl CreateProductRequest {
    fn read(self, check: &mut Check) -> Option<CreateProduct> {
        let id = check.optional("/id", self.id);
        let sku = check.required("/sku", self.sku);
        let name = check.required("/name", self.name);
        let kind = check.or_default("/kind", self.kind, ProductKind::Stocked);
        let unit = check.required("/unit", self.unit);
        let unit_price = check.required("/unit_price", self.unit_price);
        let currency = check.required("/currency", self.currency);
        let tax_rate = check.optional("/tax_rate", self.tax_rate);
        for (pointer, field) in
            [("/category_id", self.category_id), ("/supplier_id", self.supplier_id)]
        {
            if let Some(Some(_)) = check.optional(pointer, field) {
                check.fault(FieldProblem::new(pointer, Code::ValidationReference));
            }
        }
        let barcodes = check.or_default("/barcodes", self.barcodes, Barcodes::default());
        let costing = check.or_default("/costing", self.costing, Costing::Average);
        Some(CreateProduct {
            id: id?,
            sku: sku?,
            name: name?,
            kind: kind?,
            unit: unit?,
            unit_price: unit_price?,
            currency: currency?,
            tax_rate: tax_rate?,
            barcodes: barcodes?.0,
            costing: costing?,
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
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: CreateProductError) -> Problem {
    match error {
        CreateProductError::UnknownTaxRate(_) => {
            Problem::at(FieldProblem::new("/tax_rate", Code::ValidationReference))
        }
        CreateProductError::PriceNegative => {
            Problem::at(FieldProblem::new("/unit_price", Code::ValidationNotNegative))
        }
        CreateProductError::Store(error) => error.into(),
    }
}
