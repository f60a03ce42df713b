//! A row of `stock_levels`.

use gaara_inventory::{StockKey, StockLevel};
use gaara_kernel::{Id, ProductId, StoreError, WarehouseId};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_levels")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub warehouse_id: Uuid,
    pub on_hand_millionths: i64,
    pub reserved_millionths: i64,
    pub value_minor: i64,
    pub currency: String,
    pub last_cost_millionths: Option<i64>,
}

no_relations!();

impl TryFrom<Model> for StockLevel {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("stock_level");
        let key = StockKey {
            product: ProductId::from_uuid(row.product_id),
            warehouse: WarehouseId::from_uuid(row.warehouse_id),
        };
        let on_hand = stored.quantity(row.on_hand_millionths)?;
        let reserved = stored.quantity(row.reserved_millionths)?;
        let value = stored.money(row.value_minor, stored.currency(&row.currency)?)?;
        let last_cost = row.last_cost_millionths.map(|cost| stored.price(cost)).transpose()?;
        stored.some(Self::from_stored(key, on_hand, reserved, value, last_cost))
    }
}
