//! A stock level with the names of its product and its warehouse, as a list reads it.

use gaara_inventory::{LevelFilter, LevelSort, LevelView, StockLevel};
use gaara_kernel::{Id, SortValue, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, FromQueryResult};

use crate::convert::Stored;
use crate::entity::{product, stock_level, warehouse};
use crate::keyset::{Listed, Place, place};

#[derive(Debug, FromQueryResult)]
pub(super) struct LevelRow {
    product_id: Uuid,
    warehouse_id: Uuid,
    on_hand_millionths: i64,
    reserved_millionths: i64,
    value_minor: i64,
    currency: String,
    sku: String,
    product_name_ar: Option<String>,
    product_name_en: Option<String>,
    warehouse_code: String,
    warehouse_name_ar: Option<String>,
    warehouse_name_en: Option<String>,
}

/// Selects the levels that match, joined to their names.
pub(super) fn level_query(filter: &LevelFilter) -> SelectStatement {
    use stock_level::Column;
    let mut query = Query::select();
    query
        .columns([
            Column::ProductId.as_column_ref(),
            Column::WarehouseId.as_column_ref(),
            Column::OnHandMillionths.as_column_ref(),
            Column::ReservedMillionths.as_column_ref(),
            Column::ValueMinor.as_column_ref(),
            Column::Currency.as_column_ref(),
            product::Column::Sku.as_column_ref(),
        ])
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
        })?;
        Ok(Self {
            level,
            sku: stored.code(&row.sku)?,
            product_name,
            warehouse_code: stored.code(&row.warehouse_code)?,
            warehouse_name,
        })
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
