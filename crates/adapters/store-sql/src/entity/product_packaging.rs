//! A row of `product_packagings`; its barcodes are rows of their own.

use gaara_inventory::{Barcode, Factor, Packaging, Product};
use gaara_kernel::{Id, StoreError};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, factor_part, position};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_packagings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub unit: String,
    pub numerator: i64,
    pub denominator: i64,
    pub position: i64,
}

no_relations!();

/// The rows of a product's packagings, in its order.
pub(crate) fn rows(product: &Product) -> impl Iterator<Item = Model> {
    let product_id = product.id.as_uuid();
    let numbered = product.packagings.iter().enumerate();
    numbered.map(move |(index, packaging)| Model {
        product_id,
        unit: packaging.unit.as_str().to_owned(),
        numerator: factor_part(packaging.factor.numerator()),
        denominator: factor_part(packaging.factor.denominator()),
        position: position(index),
    })
}

impl Model {
    pub(crate) fn with_barcodes(self, barcodes: Vec<Barcode>) -> Result<Packaging, StoreError> {
        let stored = Stored("product");
        let factor =
            Factor::try_new(stored.number(self.numerator)?, stored.number(self.denominator)?);
        Ok(Packaging { unit: stored.code(&self.unit)?, factor: stored.good(factor)?, barcodes })
    }
}
