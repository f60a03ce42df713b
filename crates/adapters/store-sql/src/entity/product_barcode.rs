//! A row of `product_barcodes`.

use gaara_inventory::Product;
use gaara_kernel::Id;
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::position;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_barcodes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub barcode: String,
    pub product_id: Uuid,
    pub position: i64,
    /// The package it is on; absent for one unit.
    pub packaging_unit: Option<String>,
}

no_relations!();

/// The rows of a product's barcodes, those of its packages included, in its order.
pub(crate) fn rows(product: &Product) -> impl Iterator<Item = Model> {
    let product_id = product.id.as_uuid();
    let numbered = product.placed_barcodes().enumerate();
    numbered.map(move |(index, (place, barcode))| {
        let packaging = place.packaging.and_then(|at| product.packagings.get(at));
        Model {
            barcode: barcode.as_str().to_owned(),
            product_id,
            position: position(index),
            packaging_unit: packaging.map(|packaging| packaging.unit.as_str().to_owned()),
        }
    })
}
