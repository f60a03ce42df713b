//! A row of `stock_ledger`, which only grows.

use gaara_inventory::{LedgerEntry, PostedMovement, StockKey};
use gaara_kernel::{Id, ProductId, StoreError, WarehouseId};
use sea_orm::Set;
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, date, position};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_ledger")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub sequence: i64,
    pub movement_id: Uuid,
    pub position: i64,
    pub product_id: Uuid,
    pub warehouse_id: Uuid,
    pub quantity_millionths: i64,
    pub value_minor: i64,
    pub variance_minor: i64,
    pub currency: String,
    pub effective_date: TimeDate,
    pub posted_at_ms: i64,
}

no_relations!();

/// The rows of what a movement did; the database numbers them.
pub(crate) fn rows(posted: &PostedMovement) -> impl Iterator<Item = ActiveModel> {
    posted.entries.iter().map(move |entry| ActiveModel {
        movement_id: Set(posted.content.id.as_uuid()),
        position: Set(position(entry.line)),
        product_id: Set(entry.key.product.as_uuid()),
        warehouse_id: Set(entry.key.warehouse.as_uuid()),
        quantity_millionths: Set(entry.quantity.as_millionths()),
        value_minor: Set(entry.value.minor()),
        variance_minor: Set(entry.variance.minor()),
        currency: Set(entry.value.currency().code().to_owned()),
        effective_date: Set(date(posted.effective_date)),
        posted_at_ms: Set(posted.posted_at.as_millis()),
        ..Default::default()
    })
}

impl TryFrom<Model> for LedgerEntry {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("movement");
        let currency = stored.currency(&row.currency)?;
        Ok(Self {
            line: stored.number(row.position)?,
            key: StockKey {
                product: ProductId::from_uuid(row.product_id),
                warehouse: WarehouseId::from_uuid(row.warehouse_id),
            },
            quantity: stored.quantity(row.quantity_millionths)?,
            value: stored.money(row.value_minor, currency)?,
            variance: stored.money(row.variance_minor, currency)?,
        })
    }
}
