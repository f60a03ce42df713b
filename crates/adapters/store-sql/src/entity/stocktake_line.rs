//! A row of `stocktake_lines`.

use gaara_inventory::{StocktakeCount, StocktakeLine};
use gaara_kernel::{Id, StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stocktake_lines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stocktake_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: Uuid,
    pub warehouse_id: Uuid,
    pub is_open: bool,
    pub expected_millionths: i64,
    pub counted_millionths: Option<i64>,
    pub ledger_sequence: Option<i64>,
    pub unit_cost_millionths: Option<i64>,
    pub counted_at_ms: Option<i64>,
}

no_relations!();

impl TryFrom<Model> for StocktakeLine {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("stocktake_line");
        let count = |counted: i64| {
            let unit_cost = row.unit_cost_millionths;
            Ok::<_, StoreError>(StocktakeCount {
                quantity: stored.quantity(counted)?,
                sequence: stored.some(row.ledger_sequence)?,
                unit_cost: unit_cost.map(|cost| stored.price(cost)).transpose()?,
                counted_at: Timestamp::from_millis(stored.some(row.counted_at_ms)?),
            })
        };
        Ok(Self {
            product: Id::from_uuid(row.product_id),
            expected: stored.quantity(row.expected_millionths)?,
            count: row.counted_millionths.map(count).transpose()?,
        })
    }
}
