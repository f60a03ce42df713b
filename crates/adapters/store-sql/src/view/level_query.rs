//! Stock levels, and what was on hand on an earlier day.

use std::collections::HashMap;

use gaara_inventory::{LevelFilter, LevelSort, LevelView, StockKey, StockLevel};
use gaara_kernel::{Date, Id, Quantity, SortValue, StoreError, Timestamp};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{SelectStatement, Value};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryTrait};

use crate::bulk::select_over;
use crate::convert::Stored;
use crate::entity::stock_level::{Column, Entity, Model};
use crate::keyset::{Listed, Place, place};
use crate::repository::stock::{QUANTITY_SUM, key_values, keys_since};
use crate::session::Session;

/// Selects the levels that match. Names are read afterwards, for the rows of the page alone: a
/// join would tempt an engine to read all products up to the place where the page begins.
pub(super) fn level_query(filter: &LevelFilter) -> SelectStatement {
    let condition = Condition::all()
        .add_option(filter.product.map(|product| Column::ProductId.eq(product.as_uuid())))
        .add_option(filter.warehouse.map(|warehouse| Column::WarehouseId.eq(warehouse.as_uuid())));
    Entity::find().filter(condition).into_query()
}

/// The levels of these keys that exist, in no particular order.
pub(super) async fn levels_of(
    connection: &Session,
    keys: &[StockKey],
) -> Result<Vec<StockLevel>, StoreError> {
    let keys: Vec<[Value; 2]> = keys.iter().map(|key| key_values(*key)).collect();
    let rows: Vec<Model> = select_over(connection, &keys, |rows| {
        format!(
            "WITH wanted (product_id, warehouse_id) AS ({rows}) \
             SELECT stock_levels.* FROM wanted CROSS JOIN stock_levels \
             WHERE stock_levels.product_id = wanted.product_id \
             AND stock_levels.warehouse_id = wanted.warehouse_id"
        )
    })
    .await?;
    rows.into_iter().map(StockLevel::try_from).collect()
}

#[derive(Debug, FromQueryResult)]
struct SumRow {
    product_id: Uuid,
    warehouse_id: Uuid,
    sum: i64,
}

/// Sums by level.
struct Sums(HashMap<(Uuid, Uuid), i64>);

impl Sums {
    fn of(rows: Vec<SumRow>) -> Self {
        let by_key = |row: SumRow| ((row.product_id, row.warehouse_id), row.sum);
        Self(rows.into_iter().map(by_key).collect())
    }

    fn get(&self, key: StockKey) -> Result<Quantity, StoreError> {
        let sum = self.0.get(&(key.product.as_uuid(), key.warehouse.as_uuid()));
        Stored("stock_level").quantity(sum.copied().unwrap_or_default())
    }
}

/// Frees what reservations hold that are overdue but were not ended yet.
pub(super) async fn free_overdue(
    connection: &Session,
    levels: &mut [StockLevel],
    now: Timestamp,
) -> Result<(), StoreError> {
    let with_instant = |level: &StockLevel| {
        let [product, warehouse] = key_values(level.key());
        [product, warehouse, now.as_millis().into()]
    };
    let rows: Vec<[Value; 3]> = levels.iter().map(with_instant).collect();
    // The state is spelled as the partial index spells it.
    let rows = select_over(connection, &rows, |rows| {
        format!(
            "WITH wanted (product_id, warehouse_id, now) AS ({rows}) \
             SELECT reservations.product_id, reservations.warehouse_id, \
             CAST(SUM(reservations.quantity_millionths) AS bigint) AS sum \
             FROM wanted CROSS JOIN reservations \
             WHERE reservations.product_id = wanted.product_id \
             AND reservations.warehouse_id = wanted.warehouse_id \
             AND reservations.expires_at_ms <= wanted.now \
             AND reservations.status = 'active' \
             GROUP BY reservations.product_id, reservations.warehouse_id"
        )
    })
    .await?;
    let overdue = Sums::of(rows);
    for level in levels {
        let overdue = overdue.get(level.key())?;
        Stored("stock_level").good(level.release(overdue))?;
    }
    Ok(())
}

/// Fills in what was on hand at the end of a day: what is there now, less what counts for later
/// days. Only the levels of one page are looked at.
pub(super) async fn with_day(
    connection: &Session,
    levels: &mut [LevelView],
    day: Date,
) -> Result<(), StoreError> {
    let keys: Vec<StockKey> = levels.iter().map(|row| row.level.key()).collect();
    let rows = select_over(connection, &keys_since(&keys, day), |rows| {
        format!(
            "WITH wanted (product_id, warehouse_id, since) AS ({rows}) \
             SELECT stock_ledger.product_id, stock_ledger.warehouse_id, \
             CAST({QUANTITY_SUM} AS bigint) AS sum \
             FROM wanted CROSS JOIN stock_ledger \
             WHERE stock_ledger.product_id = wanted.product_id \
             AND stock_ledger.warehouse_id = wanted.warehouse_id \
             AND stock_ledger.effective_date > wanted.since \
             GROUP BY stock_ledger.product_id, stock_ledger.warehouse_id"
        )
    })
    .await?;
    let later = Sums::of(rows);
    for row in levels {
        let on_hand = row.level.on_hand().minus(later.get(row.level.key())?);
        row.on_hand_as_of = Some(Stored("stock_level").good(on_hand)?);
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
