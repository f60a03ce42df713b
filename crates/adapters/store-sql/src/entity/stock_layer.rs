//! A row of `stock_layers`.

use gaara_inventory::{CostLayer, NewLayer, StockKey};
use gaara_kernel::{Id, ProductId, StoreError, WarehouseId};
use sea_orm::Set;
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_layers")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub sequence: i64,
    pub product_id: Uuid,
    pub warehouse_id: Uuid,
    pub movement_id: Uuid,
    pub quantity_millionths: i64,
    pub value_minor: i64,
    pub currency: String,
}

no_relations!();

/// The row of a layer that comes in; the database numbers it.
pub(crate) fn row(layer: &NewLayer) -> ActiveModel {
    ActiveModel {
        product_id: Set(layer.key.product.as_uuid()),
        warehouse_id: Set(layer.key.warehouse.as_uuid()),
        movement_id: Set(layer.movement.as_uuid()),
        quantity_millionths: Set(layer.quantity.as_millionths()),
        value_minor: Set(layer.value.minor()),
        currency: Set(layer.value.currency().code().to_owned()),
        ..Default::default()
    }
}

impl TryFrom<Model> for CostLayer {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("stock_layer");
        Ok(Self {
            sequence: row.sequence,
            key: StockKey {
                product: ProductId::from_uuid(row.product_id),
                warehouse: WarehouseId::from_uuid(row.warehouse_id),
            },
            movement: Id::from_uuid(row.movement_id),
            quantity: stored.quantity(row.quantity_millionths)?,
            value: stored.money(row.value_minor, stored.currency(&row.currency)?)?,
        })
    }
}
