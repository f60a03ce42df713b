//! A row of `stock_movement_lines`.

use gaara_inventory::{MovementLine, PostedMovement};
use gaara_kernel::{Id, ProductId, StoreError, UnitPrice};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, position};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_movement_lines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub movement_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub product_id: Uuid,
    pub quantity_millionths: i64,
    pub unit_cost_millionths: Option<i64>,
}

no_relations!();

/// The rows of a movement's lines.
pub(crate) fn rows(posted: &PostedMovement) -> impl Iterator<Item = Model> {
    let movement_id = posted.movement.id.as_uuid();
    let numbered = posted.movement.lines.iter().enumerate();
    numbered.map(move |(index, line)| Model {
        movement_id,
        position: position(index),
        product_id: line.product.as_uuid(),
        quantity_millionths: line.quantity.as_millionths(),
        unit_cost_millionths: line.unit_cost.map(UnitPrice::as_millionths),
    })
}

impl TryFrom<Model> for MovementLine {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("movement");
        let unit_cost = row.unit_cost_millionths;
        Ok(Self {
            product: ProductId::from_uuid(row.product_id),
            quantity: stored.quantity(row.quantity_millionths)?,
            unit_cost: unit_cost.map(|cost| stored.price(cost)).transpose()?,
        })
    }
}
