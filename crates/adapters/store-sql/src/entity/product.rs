//! A row of `products`; packagings, barcodes and reorder rules are rows of their own.

use gaara_inventory::{
    Barcode, Costing, Packaging, Product, ProductKind, ProductSort, ReorderRule,
};
use gaara_kernel::{Id, ProductId, SortValue, StoreError, Timestamp, UnitPrice};
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
    pub category_id: Option<Uuid>,
    pub supplier_id: Option<Uuid>,
    pub standard_cost_millionths: Option<i64>,
    pub archived_at_ms: Option<i64>,
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
            category_id: product.category.map(Id::as_uuid),
            supplier_id: product.supplier.map(Id::as_uuid),
            standard_cost_millionths: product.standard_cost.map(UnitPrice::as_millionths),
            archived_at_ms: product.archived_at.map(Timestamp::as_millis),
        }
    }
}

/// What a product has in rows of their own, each in its order.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) packagings: Vec<Packaging>,
    pub(crate) barcodes: Vec<Barcode>,
    pub(crate) reorder: Vec<ReorderRule>,
}

impl Model {
    pub(crate) fn with_parts(self, parts: Parts) -> Result<Product, StoreError> {
        let stored = Stored("product");
        let tax_rate = self.tax_rate_code.as_deref();
        let standard_cost = self.standard_cost_millionths;
        let Parts { packagings, barcodes, reorder } = parts;
        Ok(Product {
            id: ProductId::from_uuid(self.id),
            sku: stored.code(&self.sku)?,
            name: stored.name(self.name_ar.as_ref(), self.name_en.as_ref())?,
            kind: stored.some(ProductKind::from_code(&self.kind))?,
            unit: stored.code(&self.unit)?,
            unit_price: stored.price(self.unit_price_millionths)?,
            currency: stored.currency(&self.currency)?,
            tax_rate: tax_rate.map(|code| stored.code(code)).transpose()?,
            category: self.category_id.map(Id::from_uuid),
            supplier: self.supplier_id.map(Id::from_uuid),
            packagings,
            barcodes,
            reorder,
            costing: stored.some(Costing::from_code(&self.costing))?,
            standard_cost: standard_cost.map(|cost| stored.price(cost)).transpose()?,
            archived_at: self.archived_at_ms.map(Timestamp::from_millis),
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
