//! Stocktakes, what they count, and their lines: each operation in a number of statements that does
//! not grow with them.

use async_trait::async_trait;
use gaara_inventory::{StockKey, Stocktake, StocktakeLine, StocktakeRepository, StocktakeStatus};
use gaara_kernel::{Id, ProductId, StocktakeId, StoreError, UnitPrice};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{LockType, Value};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::stock::key_values;
use super::stocktake_scope::{add_scope, remove_scope, scope_condition, with_scopes};
use super::{all, insert, saved};
use crate::bulk::{execute_over, select_over};
use crate::entity::stocktake::{Entity, Model};
use crate::entity::stocktake_line;
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// A stocktake with its scope.
pub(crate) async fn find_by_id(
    connection: &Session,
    id: StocktakeId,
) -> Result<Option<Stocktake>, StoreError> {
    let rows = all(connection, Entity::find_by_id(id.as_uuid())).await?;
    Ok(with_scopes(connection, rows).await?.pop())
}

#[async_trait]
impl StocktakeRepository for SqlTransaction {
    async fn add(&mut self, stocktake: &Stocktake) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(stocktake)).await?;
        add_scope(&self.connection, stocktake).await
    }

    async fn lock(&mut self, id: StocktakeId) -> Result<Option<Stocktake>, StoreError> {
        let query = Entity::find_by_id(id.as_uuid()).lock(LockType::NoKeyUpdate);
        let rows = all(&self.connection, query).await?;
        Ok(with_scopes(&self.connection, rows).await?.pop())
    }

    async fn save(&mut self, stocktake: &Stocktake) -> Result<(), StoreError> {
        let connection = &self.connection;
        let row = Model::from(stocktake);
        let id = row.id;
        Entity::update(row.into_active_model().reset_all())
            .exec(connection)
            .await
            .map_err(failure)?;
        match stocktake.status() {
            StocktakeStatus::Draft => {
                remove_scope(connection, stocktake).await?;
                add_scope(connection, stocktake).await
            }
            StocktakeStatus::Counting => Ok(()),
            StocktakeStatus::Posted | StocktakeStatus::Cancelled => close(connection, id).await,
        }
    }

    async fn add_lines(&mut self, stocktake: &Stocktake) -> Result<u64, StoreError> {
        let condition = scope_condition(&stocktake.scope);
        let counted: [Value; 2] =
            [stocktake.id.as_uuid().into(), stocktake.warehouse.as_uuid().into()];
        execute_over(&self.connection, &[counted], |rows| {
            format!(
                "WITH wanted (stocktake_id, warehouse_id) AS ({rows}) \
                 INSERT INTO stocktake_lines (stocktake_id, product_id, warehouse_id, is_open, \
                 expected_millionths) \
                 SELECT wanted.stocktake_id, stock_levels.product_id, stock_levels.warehouse_id, \
                 TRUE, stock_levels.on_hand_millionths FROM wanted \
                 JOIN stock_levels ON stock_levels.warehouse_id = wanted.warehouse_id \
                 JOIN products ON products.id = stock_levels.product_id \
                 WHERE {condition} \
                 ORDER BY stock_levels.product_id"
            )
        })
        .await
    }

    async fn find_lines(&mut self, id: StocktakeId) -> Result<Vec<StocktakeLine>, StoreError> {
        let query = stocktake_line::Entity::find()
            .filter(stocktake_line::Column::StocktakeId.eq(id.as_uuid()))
            .order_by_asc(stocktake_line::Column::ProductId);
        all(&self.connection, query).await?.into_iter().map(StocktakeLine::try_from).collect()
    }

    async fn find_lines_of(
        &mut self,
        id: StocktakeId,
        products: &[ProductId],
    ) -> Result<Vec<StocktakeLine>, StoreError> {
        let rows: Vec<stocktake_line::Model> =
            select_over(&self.connection, &with_stocktake(id, products), |rows| {
                format!(
                    "WITH wanted (stocktake_id, product_id) AS ({rows}) \
                     SELECT stocktake_lines.* FROM wanted CROSS JOIN stocktake_lines \
                     WHERE stocktake_lines.stocktake_id = wanted.stocktake_id \
                     AND stocktake_lines.product_id = wanted.product_id \
                     ORDER BY stocktake_lines.product_id"
                )
            })
            .await?;
        rows.into_iter().map(StocktakeLine::try_from).collect()
    }

    async fn find_in_scope(
        &mut self,
        stocktake: &Stocktake,
        products: &[ProductId],
    ) -> Result<Vec<ProductId>, StoreError> {
        let condition = scope_condition(&stocktake.scope);
        let rows: Vec<ProductRow> =
            select_over(&self.connection, &with_stocktake(stocktake.id, products), |rows| {
                format!(
                    "WITH wanted (stocktake_id, product_id) AS ({rows}) \
                     SELECT products.id FROM wanted \
                     CROSS JOIN products \
                     WHERE products.id = wanted.product_id AND ({condition}) ORDER BY products.id"
                )
            })
            .await?;
        Ok(rows.into_iter().map(|row| Id::from_uuid(row.id)).collect())
    }

    async fn save_lines(
        &mut self,
        stocktake: &Stocktake,
        lines: &[StocktakeLine],
    ) -> Result<(), StoreError> {
        save_lines(&self.connection, stocktake, lines).await
    }

    async fn find_last_sequences(
        &mut self,
        keys: &[StockKey],
    ) -> Result<Vec<(StockKey, i64)>, StoreError> {
        let keys: Vec<[Value; 2]> = keys.iter().map(|key| key_values(*key)).collect();
        let rows: Vec<SequenceRow> = select_over(&self.connection, &keys, |rows| {
            format!(
                "WITH wanted (product_id, warehouse_id) AS ({rows}) \
                 SELECT wanted.product_id, wanted.warehouse_id, \
                 (SELECT MAX(stock_ledger.sequence) FROM stock_ledger \
                 WHERE stock_ledger.product_id = wanted.product_id \
                 AND stock_ledger.warehouse_id = wanted.warehouse_id) AS sequence FROM wanted"
            )
        })
        .await?;
        let found = |row: SequenceRow| {
            let (product, warehouse) =
                (Id::from_uuid(row.product_id), Id::from_uuid(row.warehouse_id));
            Some((StockKey { product, warehouse }, row.sequence?))
        };
        Ok(rows.into_iter().filter_map(found).collect())
    }
}

async fn save_lines(
    connection: &Session,
    stocktake: &Stocktake,
    lines: &[StocktakeLine],
) -> Result<(), StoreError> {
    let rows: Vec<[Value; 8]> = lines
        .iter()
        .map(|line| {
            let count = line.count;
            [
                stocktake.id.as_uuid().into(),
                line.product.as_uuid().into(),
                stocktake.warehouse.as_uuid().into(),
                line.expected.as_millionths().into(),
                count.map(|count| count.quantity.as_millionths()).into(),
                count.map(|count| count.sequence).into(),
                count.and_then(|count| count.unit_cost).map(UnitPrice::as_millionths).into(),
                count.map(|count| count.counted_at.as_millis()).into(),
            ]
        })
        .collect();
    let changed = execute_over(connection, &rows, |rows| {
        format!(
            "WITH counted (stocktake_id, product_id, warehouse_id, expected, quantity, sequence, \
             unit_cost, counted_at_ms) AS ({rows}) \
             INSERT INTO stocktake_lines (stocktake_id, product_id, warehouse_id, is_open, \
             expected_millionths, counted_millionths, ledger_sequence, unit_cost_millionths, \
             counted_at_ms) \
             SELECT stocktake_id, product_id, warehouse_id, TRUE, expected, quantity, sequence, \
             unit_cost, counted_at_ms FROM counted WHERE TRUE \
             ON CONFLICT (stocktake_id, product_id) DO UPDATE SET \
             expected_millionths = excluded.expected_millionths, \
             counted_millionths = excluded.counted_millionths, \
             ledger_sequence = excluded.ledger_sequence, \
             unit_cost_millionths = excluded.unit_cost_millionths, \
             counted_at_ms = excluded.counted_at_ms"
        )
    })
    .await?;
    saved(changed, lines.len(), "stocktake_line")
}

async fn close(connection: &Session, id: Uuid) -> Result<(), StoreError> {
    stocktake_line::Entity::update_many()
        .col_expr(stocktake_line::Column::IsOpen, false.into())
        .filter(stocktake_line::Column::StocktakeId.eq(id))
        .exec(connection)
        .await
        .map_err(failure)?;
    Ok(())
}

fn with_stocktake(id: StocktakeId, products: &[ProductId]) -> Vec<[Value; 2]> {
    products.iter().map(|product| [id.as_uuid().into(), product.as_uuid().into()]).collect()
}

#[derive(Debug, FromQueryResult)]
struct ProductRow {
    id: Uuid,
}

#[derive(Debug, FromQueryResult)]
struct SequenceRow {
    product_id: Uuid,
    warehouse_id: Uuid,
    sequence: Option<i64>,
}
