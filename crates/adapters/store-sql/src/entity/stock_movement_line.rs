//! A row of `stock_movement_lines`.

use gaara_inventory::{MovementContent, MovementLine};
use gaara_kernel::{Id, ProductId, StoreError, UnitPrice};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, position};

/// The program before writes neither a unit nor a quantity in the product's own: it knows no other.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_movement_lines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub movement_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub product_id: Uuid,
    pub quantity_millionths: i64,
    pub unit: Option<String>,
    pub base_quantity_millionths: Option<i64>,
    pub unit_cost_millionths: Option<i64>,
    pub reservation_id: Option<Uuid>,
}

no_relations!();

/// The rows of a movement's lines.
pub(crate) fn rows(content: &MovementContent) -> impl Iterator<Item = Model> {
    let movement_id = content.id.as_uuid();
    content.lines.iter().enumerate().map(move |(index, line)| Model {
        movement_id,
        position: position(index),
        product_id: line.product.as_uuid(),
        quantity_millionths: line.quantity.as_millionths(),
        unit: Some(line.unit.as_str().to_owned()),
        base_quantity_millionths: Some(line.base_quantity.as_millionths()),
        unit_cost_millionths: line.unit_cost.map(UnitPrice::as_millionths),
        reservation_id: line.reservation.map(Id::as_uuid),
    })
}

impl TryFrom<Model> for MovementLine {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("movement");
        let base_quantity = row.base_quantity_millionths.unwrap_or(row.quantity_millionths);
        let unit_cost = row.unit_cost_millionths;
        Ok(Self {
            product: ProductId::from_uuid(row.product_id),
            quantity: stored.quantity(row.quantity_millionths)?,
            unit: stored.code(&stored.some(row.unit)?)?,
            base_quantity: stored.quantity(base_quantity)?,
            unit_cost: unit_cost.map(|cost| stored.price(cost)).transpose()?,
            reservation: row.reservation_id.map(Id::from_uuid),
        })
    }
}
