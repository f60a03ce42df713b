//! Stock levels, and what was on hand on an earlier day.

use std::collections::HashMap;

use gaara_inventory::{LevelFilter, LevelSort, LevelView, StockKey};
use gaara_kernel::{Date, Id, SortValue, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter,
    QueryTrait,
};

use crate::bulk::select_over;
use crate::convert::Stored;
use crate::entity::stock_level::{Column, Entity, Model};
use crate::keyset::{Listed, Place, place};
use crate::repository::stock::keys_since;

/// Selects the levels that match. Names are read afterwards, for the rows of the page alone: a
/// join would tempt an engine to read all products up to the place where the page begins.
pub(super) fn level_query(filter: &LevelFilter) -> SelectStatement {
    let condition = Condition::all()
        .add_option(filter.product.map(|product| Column::ProductId.eq(product.as_uuid())))
        .add_option(filter.warehouse.map(|warehouse| Column::WarehouseId.eq(warehouse.as_uuid())));
    Entity::find().filter(condition).into_query()
}

#[derive(Debug, FromQueryResult)]
struct LaterRow {
    product_id: Uuid,
    warehouse_id: Uuid,
    change: i64,
}

/// Fills in what was on hand at the end of a day: what is there now, less what counts for later
/// days. Only the levels of one page are looked at.
pub(super) async fn with_day(
    connection: &DatabaseTransaction,
    levels: &mut [LevelView],
    day: Date,
) -> Result<(), StoreError> {
    let stored = Stored("stock_ledger");
    let keys: Vec<StockKey> = levels.iter().map(|row| row.level.key()).collect();
    let rows: Vec<LaterRow> = select_over(connection, &keys_since(&keys, day), |rows| {
        format!(
            "WITH wanted (product_id, warehouse_id, since) AS (VALUES {rows}) \
             SELECT stock_ledger.product_id, stock_ledger.warehouse_id, \
             CAST(SUM(stock_ledger.quantity_millionths) AS bigint) AS change \
             FROM wanted JOIN stock_ledger \
             ON stock_ledger.product_id = wanted.product_id \
             AND stock_ledger.warehouse_id = wanted.warehouse_id \
             AND stock_ledger.effective_date > wanted.since \
             GROUP BY stock_ledger.product_id, stock_ledger.warehouse_id"
        )
    })
    .await?;
    let later: HashMap<(Uuid, Uuid), i64> =
        rows.into_iter().map(|row| ((row.product_id, row.warehouse_id), row.change)).collect();
    for row in levels {
        let key = row.level.key();
        let change = later.get(&(key.product.as_uuid(), key.warehouse.as_uuid()));
        let change = stored.quantity(change.copied().unwrap_or_default())?;
        row.on_hand_as_of = Some(stored.good(row.level.on_hand().minus(change))?);
    }
    Ok(())
}

impl Listed for Model {
    type Field = LevelSort;
    const KEY: &'static [Place] =
        &[place("stock_levels", "product_id"), place("stock_levels", "warehouse_id")];

    fn place(field: LevelSort) -> Place {
        match field {
            LevelSort::OnHand => place("stock_levels", "on_hand_millionths"),
            LevelSort::Value => place("stock_levels", "value_minor"),
        }
    }

    fn value(&self, field: LevelSort) -> SortValue {
        match field {
            LevelSort::OnHand => SortValue::Integer(self.on_hand_millionths),
            LevelSort::Value => SortValue::Integer(self.value_minor),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.product_id, self.warehouse_id]
    }
}
