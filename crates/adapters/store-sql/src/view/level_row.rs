//! A stock level with the names of its product and its warehouse, as a list reads it.

use std::collections::HashMap;

use gaara_inventory::{LevelFilter, LevelSort, LevelView, StockKey, StockLevel, StockNames};
use gaara_kernel::{Date, Id, SortValue, StoreError, Timestamp};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{ColumnTrait, DatabaseTransaction, FromQueryResult};

use crate::bulk::select_over;
use crate::convert::Stored;
use crate::entity::{product, reservation, stock_level, warehouse};
use crate::keyset::{Listed, Place, place};
use crate::repository::stock::keys_since;

/// Spelled as the partial index spells it: a parameter would keep both engines from using it.
const ACTIVE: &str = "reservations.status = 'active'";

#[derive(Debug, FromQueryResult)]
pub(super) struct LevelRow {
    product_id: Uuid,
    warehouse_id: Uuid,
    on_hand_millionths: i64,
    reserved_millionths: i64,
    value_minor: i64,
    currency: String,
    last_cost_millionths: Option<i64>,
    sku: String,
    product_name_ar: Option<String>,
    product_name_en: Option<String>,
    warehouse_code: String,
    warehouse_name_ar: Option<String>,
    warehouse_name_en: Option<String>,
}

/// Selects the levels that match, joined to their names.
pub(super) fn level_query(filter: &LevelFilter, now: Timestamp) -> SelectStatement {
    use stock_level::Column;
    let mut query = Query::select();
    query
        .columns([
            Column::ProductId.as_column_ref(),
            Column::WarehouseId.as_column_ref(),
            Column::OnHandMillionths.as_column_ref(),
            Column::ValueMinor.as_column_ref(),
            Column::Currency.as_column_ref(),
            Column::LastCostMillionths.as_column_ref(),
            product::Column::Sku.as_column_ref(),
        ])
        .expr_as(reserved_at(now), "reserved_millionths")
        .expr_as(Expr::col(product::Column::NameAr.as_column_ref()), "product_name_ar")
        .expr_as(Expr::col(product::Column::NameEn.as_column_ref()), "product_name_en")
        .expr_as(Expr::col(warehouse::Column::Code.as_column_ref()), "warehouse_code")
        .expr_as(Expr::col(warehouse::Column::NameAr.as_column_ref()), "warehouse_name_ar")
        .expr_as(Expr::col(warehouse::Column::NameEn.as_column_ref()), "warehouse_name_en")
        .from(stock_level::Entity)
        .inner_join(
            product::Entity,
            Expr::col(product::Column::Id.as_column_ref())
                .equals(Column::ProductId.as_column_ref()),
        )
        .inner_join(
            warehouse::Entity,
            Expr::col(warehouse::Column::Id.as_column_ref())
                .equals(Column::WarehouseId.as_column_ref()),
        );
    if let Some(product) = filter.product {
        query.and_where(Column::ProductId.eq(product.as_uuid()));
    }
    if let Some(warehouse) = filter.warehouse {
        query.and_where(Column::WarehouseId.eq(warehouse.as_uuid()));
    }
    query
}

/// What a level has reserved less what is overdue of it.
fn reserved_at(now: Timestamp) -> Expr {
    use reservation::Column;
    let overdue = Query::select()
        .expr(Func::sum(Expr::col(Column::QuantityMillionths.as_column_ref())))
        .from(reservation::Entity)
        .and_where(
            Expr::col(Column::ProductId.as_column_ref())
                .equals(stock_level::Column::ProductId.as_column_ref()),
        )
        .and_where(
            Expr::col(Column::WarehouseId.as_column_ref())
                .equals(stock_level::Column::WarehouseId.as_column_ref()),
        )
        .and_where(Expr::cust(ACTIVE))
        .and_where(Column::ExpiresAtMs.lte(now.as_millis()))
        .take();
    let overdue = Func::coalesce([Expr::SubQuery(None, Box::new(overdue.into())), 0.into()]);
    let reserved = Expr::col(stock_level::Column::ReservedMillionths.as_column_ref());
    reserved.sub(overdue).cast_as("bigint")
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

impl TryFrom<LevelRow> for LevelView {
    type Error = StoreError;

    fn try_from(row: LevelRow) -> Result<Self, StoreError> {
        let stored = Stored("stock_level");
        let product_name =
            stored.name(row.product_name_ar.as_ref(), row.product_name_en.as_ref())?;
        let warehouse_name =
            stored.name(row.warehouse_name_ar.as_ref(), row.warehouse_name_en.as_ref())?;
        let level = StockLevel::try_from(stock_level::Model {
            product_id: row.product_id,
            warehouse_id: row.warehouse_id,
            on_hand_millionths: row.on_hand_millionths,
            reserved_millionths: row.reserved_millionths,
            value_minor: row.value_minor,
            currency: row.currency,
            last_cost_millionths: row.last_cost_millionths,
        })?;
        let names = StockNames {
            sku: stored.code(&row.sku)?,
            product: product_name,
            warehouse_code: stored.code(&row.warehouse_code)?,
            warehouse: warehouse_name,
        };
        Ok(Self { level, on_hand_as_of: None, names })
    }
}

impl Listed for LevelRow {
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
