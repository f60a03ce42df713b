//! Stock levels and movements, each in a number of statements that does not grow with them.

use async_trait::async_trait;
use gaara_inventory::{
    DraftMovement, LedgerEntry, MovementKind, MovementLine, PostedMovement, StockKey, StockLevel,
    StockRepository,
};
use gaara_kernel::{Currency, Id, MovementId, StoreError, Timestamp};
use sea_orm::sea_query::Value;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QueryOrder,
};

use super::{all, find, insert, saved};
use crate::bulk::{execute_over, insert_all, select_over};
use crate::convert::Stored;
use crate::entity::{stock_ledger, stock_level, stock_movement, stock_movement_line};
use crate::transaction::SqlTransaction;

/// A posted movement with its lines and its history.
pub(crate) async fn find_movement(
    connection: &DatabaseTransaction,
    id: MovementId,
) -> Result<Option<PostedMovement>, StoreError> {
    let Some(row) = find::<stock_movement::Entity>(connection, id.as_uuid()).await? else {
        return Ok(None);
    };
    let lines = stock_movement_line::Entity::find()
        .filter(stock_movement_line::Column::MovementId.eq(row.id))
        .order_by_asc(stock_movement_line::Column::Position);
    let lines = all(connection, lines).await?.into_iter().map(MovementLine::try_from);
    let entries = stock_ledger::Entity::find()
        .filter(stock_ledger::Column::MovementId.eq(row.id))
        .order_by_asc(stock_ledger::Column::Position);
    let entries = all(connection, entries).await?.into_iter().map(LedgerEntry::try_from);
    let stored = Stored("movement");
    Ok(Some(PostedMovement {
        movement: DraftMovement {
            id,
            kind: stored.some(MovementKind::from_code(&row.kind))?,
            warehouse: Id::from_uuid(row.warehouse_id),
            effective_date: stored.date(row.effective_date)?,
            invoice: row.invoice_id.map(Id::from_uuid),
            lines: lines.collect::<Result<_, _>>()?,
        },
        entries: entries.collect::<Result<_, _>>()?,
        posted_at: Timestamp::from_millis(row.posted_at_ms),
    }))
}

#[async_trait]
impl StockRepository for SqlTransaction {
    async fn lock_levels(
        &mut self,
        keys: &[StockKey],
        currency: Currency,
    ) -> Result<Vec<StockLevel>, StoreError> {
        let empty: Vec<[Value; 3]> = keys
            .iter()
            .map(|key| {
                let [product, warehouse] = key_values(*key);
                [product, warehouse, currency.code().into()]
            })
            .collect();
        execute_over(&self.connection, &empty, |rows| {
            format!(
                "WITH wanted (product_id, warehouse_id, currency) AS (VALUES {rows}) \
                 INSERT INTO stock_levels (product_id, warehouse_id, on_hand_millionths, \
                 reserved_millionths, value_minor, currency) \
                 SELECT product_id, warehouse_id, 0, 0, 0, currency FROM wanted WHERE true \
                 ON CONFLICT (product_id, warehouse_id) DO NOTHING"
            )
        })
        .await?;
        let for_update = match self.connection.get_database_backend() {
            DbBackend::Sqlite => "",
            _ => "FOR NO KEY UPDATE OF stock_levels",
        };
        let keys_in: Vec<[Value; 2]> = keys.iter().map(|key| key_values(*key)).collect();
        let rows: Vec<stock_level::Model> = select_over(&self.connection, &keys_in, |rows| {
            format!(
                "WITH wanted (product_id, warehouse_id) AS (VALUES {rows}) \
                 SELECT stock_levels.* FROM wanted JOIN stock_levels \
                 ON stock_levels.product_id = wanted.product_id \
                 AND stock_levels.warehouse_id = wanted.warehouse_id \
                 ORDER BY stock_levels.product_id, stock_levels.warehouse_id {for_update}"
            )
        })
        .await?;
        saved(u64::try_from(rows.len()).unwrap_or(0), keys.len(), "stock_level")?;
        rows.into_iter().map(StockLevel::try_from).collect()
    }

    async fn save_levels(&mut self, levels: &[StockLevel]) -> Result<(), StoreError> {
        let rows: Vec<[Value; 5]> = levels
            .iter()
            .map(|level| {
                let [product, warehouse] = key_values(level.key());
                let on_hand = level.on_hand().as_millionths().into();
                let reserved = level.reserved().as_millionths().into();
                [product, warehouse, on_hand, reserved, level.value().minor().into()]
            })
            .collect();
        let changed = execute_over(&self.connection, &rows, |rows| {
            format!(
                "WITH saved (product_id, warehouse_id, on_hand, reserved, value) \
                 AS (VALUES {rows}) \
                 UPDATE stock_levels SET on_hand_millionths = saved.on_hand, \
                 reserved_millionths = saved.reserved, value_minor = saved.value FROM saved \
                 WHERE stock_levels.product_id = saved.product_id \
                 AND stock_levels.warehouse_id = saved.warehouse_id"
            )
        })
        .await?;
        saved(changed, levels.len(), "stock_level")
    }

    async fn record(&mut self, posted: &PostedMovement) -> Result<(), StoreError> {
        let connection = &self.connection;
        insert::<stock_movement::Entity>(connection, stock_movement::Model::from(posted)).await?;
        let lines = stock_movement_line::rows(posted);
        insert_all::<stock_movement_line::Entity>(connection, lines).await?;
        insert_all::<stock_ledger::Entity>(connection, stock_ledger::rows(posted)).await
    }
}

fn key_values(key: StockKey) -> [Value; 2] {
    [key.product.as_uuid().into(), key.warehouse.as_uuid().into()]
}
