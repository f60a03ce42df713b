//! A row of `products`; its barcodes are rows of their own.

use gaara_inventory::{Barcode, Costing, Product, ProductKind, ProductSort};
use gaara_kernel::{Id, ProductId, SortValue, StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, text};
use crate::keyset::{Listed, Place, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "products")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sku: String,
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
    pub kind: String,
    pub unit: String,
    pub unit_price_millionths: i64,
    pub currency: String,
    pub tax_rate_code: Option<String>,
    pub costing: String,
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
    pub version: i64,
}

no_relations!();

impl From<&Product> for Model {
    fn from(product: &Product) -> Self {
        Self {
            id: product.id.as_uuid(),
            sku: product.sku.as_str().to_owned(),
            name_ar: text(product.name.ar()),
            name_en: text(product.name.en()),
            kind: product.kind.code().to_owned(),
            unit: product.unit.as_str().to_owned(),
            unit_price_millionths: product.unit_price.as_millionths(),
            currency: product.currency.code().to_owned(),
            tax_rate_code: product.tax_rate.as_ref().map(ToString::to_string),
            costing: product.costing.code().to_owned(),
            created_at_ms: product.created_at.as_millis(),
            updated_at_ms: product.updated_at.as_millis(),
            version: product.version.number().into(),
        }
    }
}

impl Model {
    pub(crate) fn with_barcodes(self, barcodes: Vec<Barcode>) -> Result<Product, StoreError> {
        let stored = Stored("product");
        let tax_rate = self.tax_rate_code.as_deref();
        Ok(Product {
            id: ProductId::from_uuid(self.id),
            sku: stored.code(&self.sku)?,
            name: stored.name(self.name_ar.as_ref(), self.name_en.as_ref())?,
            kind: stored.some(ProductKind::from_code(&self.kind))?,
            unit: stored.code(&self.unit)?,
            unit_price: stored.price(self.unit_price_millionths)?,
            currency: stored.currency(&self.currency)?,
            tax_rate: tax_rate.map(|code| stored.code(code)).transpose()?,
            barcodes,
            costing: stored.some(Costing::from_code(&self.costing))?,
            created_at: Timestamp::from_millis(self.created_at_ms),
            updated_at: Timestamp::from_millis(self.updated_at_ms),
            version: stored.version(self.version)?,
        })
    }
}

impl Listed for Model {
    type Field = ProductSort;
    const KEY: &'static [Place] = &[place("products", "id")];

    fn place(field: ProductSort) -> Place {
        match field {
            ProductSort::Sku => place("products", "sku"),
            ProductSort::CreatedAt => place("products", "created_at_ms"),
            ProductSort::UpdatedAt => place("products", "updated_at_ms"),
        }
    }

    fn value(&self, field: ProductSort) -> SortValue {
        match field {
            ProductSort::Sku => SortValue::Text(self.sku.clone()),
            ProductSort::CreatedAt => SortValue::Integer(self.created_at_ms),
            ProductSort::UpdatedAt => SortValue::Integer(self.updated_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
