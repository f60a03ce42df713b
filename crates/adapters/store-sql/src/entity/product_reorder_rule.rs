//! A row of `product_reorder_rules`.

use gaara_inventory::{Product, ReorderRule};
use gaara_kernel::{Id, StoreError};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, position};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_reorder_rules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub warehouse_id: Uuid,
    pub minimum_millionths: i64,
    pub maximum_millionths: i64,
    pub position: i64,
}

no_relations!();

/// The rows of a product's reorder rules, in its order.
pub(crate) fn rows(product: &Product) -> impl Iterator<Item = Model> {
    let product_id = product.id.as_uuid();
    let numbered = product.reorder.iter().enumerate();
    numbered.map(move |(index, rule)| Model {
        product_id,
        warehouse_id: rule.warehouse.as_uuid(),
        minimum_millionths: rule.minimum.as_millionths(),
        maximum_millionths: rule.maximum.as_millionths(),
        position: position(index),
    })
}

impl TryFrom<Model> for ReorderRule {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("product");
        Ok(Self {
            warehouse: Id::from_uuid(row.warehouse_id),
            minimum: stored.quantity(row.minimum_millionths)?,
            maximum: stored.quantity(row.maximum_millionths)?,
        })
    }
}
