//! Stock levels and their cost layers, each in a number of statements that does not grow with them.

use async_trait::async_trait;
use gaara_inventory::{
    CostLayer, DailyChange, LayerChanges, LayerDemand, StockKey, StockLevel, StockRepository,
};
use gaara_kernel::{Currency, Date, Id, MovementId, ProductId, StoreError, UnitPrice};
use sea_orm::prelude::{TimeDate, Uuid};
use sea_orm::sea_query::{LockType, Value};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{all, layers, saved};
use crate::bulk::{execute_over, select_over};
use crate::convert::{Stored, date};
use crate::entity::stock_level;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// What entries of the ledger come to. A sum of SQLite must not pass 64 bits on the way to its
/// result, which one busy day can; sums of the upper and of the lower bits never do.
pub(crate) const QUANTITY_SUM: &str = "(SUM(stock_ledger.quantity_millionths >> 20) * 1048576 \
     + SUM(stock_ledger.quantity_millionths & 1048575))";

#[async_trait]
impl StockRepository for SqlTransaction {
    async fn lock_levels(
        &mut self,
        keys: &[StockKey],
        currency: Currency,
    ) -> Result<Vec<StockLevel>, StoreError> {
        let connection = &self.connection;
        // Whoever writes SQLite is alone, so nobody adds a level between these statements; on
        // PostgreSQL a level is locked as it is added, and both in the order of the keys.
        let is_alone = connection.get_database_backend() == DbBackend::Sqlite;
        let mut rows = Vec::new();
        if is_alone {
            rows = lock_rows(connection, keys).await?;
        }
        if rows.len() < keys.len() {
            add_empty(connection, keys, currency).await?;
            rows = lock_rows(connection, keys).await?;
        }
        saved(u64::try_from(rows.len()).unwrap_or(0), keys.len(), "stock_level")?;
        rows.into_iter().map(StockLevel::try_from).collect()
    }

    async fn lock_levels_of(&mut self, product: ProductId) -> Result<Vec<StockLevel>, StoreError> {
        let query = stock_level::Entity::find()
            .filter(stock_level::Column::ProductId.eq(product.as_uuid()))
            .order_by_asc(stock_level::Column::WarehouseId)
            .lock(LockType::NoKeyUpdate);
        all(&self.connection, query).await?.into_iter().map(StockLevel::try_from).collect()
    }

    async fn save_levels(&mut self, levels: &[StockLevel]) -> Result<(), StoreError> {
        let rows: Vec<[Value; 6]> = levels.iter().map(level_values).collect();
        let is_sqlite = self.connection.get_database_backend() == DbBackend::Sqlite;
        let text = if is_sqlite { overwrite_levels } else { update_levels };
        let changed = execute_over(&self.connection, &rows, text).await?;
        saved(changed, levels.len(), "stock_level")
    }

    async fn find_layers(
        &mut self,
        demand: &[LayerDemand],
        made_by: Option<MovementId>,
    ) -> Result<Vec<CostLayer>, StoreError> {
        layers::find(&self.connection, demand, made_by).await
    }

    async fn save_layers(&mut self, changes: &LayerChanges) -> Result<(), StoreError> {
        layers::save(&self.connection, changes).await
    }

    async fn daily_changes(
        &mut self,
        keys: &[StockKey],
        after: Date,
    ) -> Result<Vec<DailyChange>, StoreError> {
        let rows = keys_since(keys, after);
        let rows: Vec<ChangeRow> = select_over(&self.connection, &rows, |rows| {
            format!(
                "WITH wanted (product_id, warehouse_id, since) AS ({rows}) \
                 SELECT stock_ledger.product_id, stock_ledger.warehouse_id, \
                 stock_ledger.effective_date, \
                 CAST({QUANTITY_SUM} AS bigint) AS change \
                 FROM wanted CROSS JOIN stock_ledger \
                 WHERE stock_ledger.product_id = wanted.product_id \
                 AND stock_ledger.warehouse_id = wanted.warehouse_id \
                 AND stock_ledger.effective_date > wanted.since \
                 GROUP BY stock_ledger.product_id, stock_ledger.warehouse_id, \
                 stock_ledger.effective_date \
                 HAVING {QUANTITY_SUM} <> 0"
            )
        })
        .await?;
        rows.into_iter().map(DailyChange::try_from).collect()
    }
}

fn level_values(level: &StockLevel) -> [Value; 6] {
    let [product, warehouse] = key_values(level.key());
    let on_hand = level.on_hand().as_millionths().into();
    let reserved = level.reserved().as_millionths().into();
    let last_cost = level.last_cost().map(UnitPrice::as_millionths).into();
    [product, warehouse, on_hand, reserved, level.value().minor().into(), last_cost]
}

/// SQLite looks up each level this way; over a long list it would answer an update by a walk
/// through the whole table. A level that is not there joins nothing, so none is added.
fn overwrite_levels(rows: &str) -> String {
    format!(
        "WITH saved (product_id, warehouse_id, on_hand, reserved, value, last_cost) AS ({rows}) \
         INSERT INTO stock_levels (product_id, warehouse_id, on_hand_millionths, \
         reserved_millionths, value_minor, last_cost_millionths, currency) \
         SELECT saved.product_id, saved.warehouse_id, saved.on_hand, saved.reserved, \
         saved.value, saved.last_cost, stock_levels.currency FROM saved CROSS JOIN stock_levels \
         WHERE stock_levels.product_id = saved.product_id \
         AND stock_levels.warehouse_id = saved.warehouse_id \
         ON CONFLICT (product_id, warehouse_id) DO UPDATE SET \
         on_hand_millionths = excluded.on_hand_millionths, \
         reserved_millionths = excluded.reserved_millionths, \
         value_minor = excluded.value_minor, \
         last_cost_millionths = excluded.last_cost_millionths"
    )
}

fn update_levels(rows: &str) -> String {
    format!(
        "WITH saved (product_id, warehouse_id, on_hand, reserved, value, last_cost) AS ({rows}) \
         UPDATE stock_levels SET on_hand_millionths = saved.on_hand, \
         reserved_millionths = saved.reserved, value_minor = saved.value, \
         last_cost_millionths = saved.last_cost FROM saved \
         WHERE stock_levels.product_id = saved.product_id \
         AND stock_levels.warehouse_id = saved.warehouse_id"
    )
}

/// Locks the levels that exist, in the order of their keys.
async fn lock_rows(
    connection: &Session,
    keys: &[StockKey],
) -> Result<Vec<stock_level::Model>, StoreError> {
    let for_update = match connection.get_database_backend() {
        DbBackend::Sqlite => "",
        _ => "FOR NO KEY UPDATE OF stock_levels",
    };
    let keys: Vec<[Value; 2]> = keys.iter().map(|key| key_values(*key)).collect();
    select_over(connection, &keys, |rows| {
        format!(
            "WITH wanted (product_id, warehouse_id) AS ({rows}) \
             SELECT stock_levels.* FROM wanted CROSS JOIN stock_levels \
             WHERE stock_levels.product_id = wanted.product_id \
             AND stock_levels.warehouse_id = wanted.warehouse_id \
             ORDER BY stock_levels.product_id, stock_levels.warehouse_id {for_update}"
        )
    })
    .await
}

/// Adds the levels that are missing, in the order of their keys, with nothing in them.
async fn add_empty(
    connection: &Session,
    keys: &[StockKey],
    currency: Currency,
) -> Result<(), StoreError> {
    let empty: Vec<[Value; 3]> = keys
        .iter()
        .map(|key| {
            let [product, warehouse] = key_values(*key);
            [product, warehouse, currency.code().into()]
        })
        .collect();
    execute_over(connection, &empty, |rows| {
        format!(
            "WITH wanted (product_id, warehouse_id, currency) AS ({rows}) \
             INSERT INTO stock_levels (product_id, warehouse_id, on_hand_millionths, \
             reserved_millionths, value_minor, currency) \
             SELECT product_id, warehouse_id, 0, 0, 0, currency FROM wanted WHERE true \
             ON CONFLICT (product_id, warehouse_id) DO NOTHING"
        )
    })
    .await?;
    Ok(())
}

/// A key, as two columns.
pub(crate) fn key_values(key: StockKey) -> [Value; 2] {
    [key.product.as_uuid().into(), key.warehouse.as_uuid().into()]
}

/// Keys, each with a day.
pub(crate) fn keys_since(keys: &[StockKey], after: Date) -> Vec<[Value; 3]> {
    let with_day = |key: &StockKey| {
        let [product, warehouse] = key_values(*key);
        [product, warehouse, date(after).into()]
    };
    keys.iter().map(with_day).collect()
}

#[derive(Debug, FromQueryResult)]
struct ChangeRow {
    product_id: Uuid,
    warehouse_id: Uuid,
    effective_date: TimeDate,
    change: i64,
}

impl TryFrom<ChangeRow> for DailyChange {
    type Error = StoreError;

    fn try_from(row: ChangeRow) -> Result<Self, StoreError> {
        let stored = Stored("stock_ledger");
        Ok(Self {
            key: StockKey {
                product: Id::from_uuid(row.product_id),
                warehouse: Id::from_uuid(row.warehouse_id),
            },
            date: stored.date(row.effective_date)?,
            quantity: stored.quantity(row.change)?,
        })
    }
}
