//! Stock, added up.

use async_trait::async_trait;
use gaara_inventory::{StockReports, ValuationBy, ValuationFilter, ValuationRow, Valued};
use gaara_kernel::{Id, StoreError};
use sea_orm::FromQueryResult;
use sea_orm::prelude::Uuid;

use super::SqlView;
use super::clauses::Clauses;
use crate::convert::Stored;

#[derive(Debug, FromQueryResult)]
struct ValueRow {
    id: Option<Uuid>,
    code: Option<String>,
    name_ar: Option<String>,
    name_en: Option<String>,
    on_hand: i64,
    total: i64,
    currency: String,
}

#[async_trait]
impl StockReports for SqlView {
    async fn value_stock(
        &mut self,
        by: ValuationBy,
        filter: &ValuationFilter,
    ) -> Result<Vec<ValuationRow>, StoreError> {
        let mut clauses = Clauses::default();
        clauses.and_if("stock_levels.product_id = ?", filter.product.map(Id::as_uuid));
        clauses.and_if("products.category_id = ?", filter.category.map(Id::as_uuid));
        clauses.and_if("stock_levels.warehouse_id = ?", filter.warehouse.map(Id::as_uuid));
        let (thing, code, join) = match by {
            ValuationBy::Product => ("products", "products.sku", ""),
            ValuationBy::Category => (
                "categories",
                "NULL",
                "LEFT JOIN categories ON categories.id = products.category_id",
            ),
            ValuationBy::Warehouse => (
                "warehouses",
                "warehouses.code",
                "JOIN warehouses ON warehouses.id = stock_levels.warehouse_id",
            ),
        };
        let text = format!(
            "SELECT {thing}.id, CAST({code} AS text) AS code, {thing}.name_ar, {thing}.name_en, \
             CAST(SUM(stock_levels.on_hand_millionths) AS bigint) AS on_hand, \
             CAST(SUM(stock_levels.value_minor) AS bigint) AS total, stock_levels.currency \
             FROM stock_levels JOIN products ON products.id = stock_levels.product_id {join} \
             WHERE stock_levels.on_hand_millionths > 0{conditions} \
             GROUP BY {thing}.id{group_code}, {thing}.name_ar, {thing}.name_en, \
             stock_levels.currency \
             ORDER BY total DESC, CASE WHEN {thing}.id IS NULL THEN 1 ELSE 0 END, {thing}.id",
            conditions = clauses.text(),
            group_code = if code == "NULL" { String::new() } else { format!(", {code}") },
        );
        let rows: Vec<ValueRow> = clauses.read(&self.connection, text).await?;
        rows.into_iter().map(|row| valuation_row(by, row)).collect()
    }
}

fn valuation_row(by: ValuationBy, row: ValueRow) -> Result<ValuationRow, StoreError> {
    let stored = Stored("stock_level");
    let value = stored.money(row.total, stored.currency(&row.currency)?)?;
    let Some(id) = row.id else {
        return Ok(ValuationRow { valued: Valued::Uncategorized, value });
    };
    let name = stored.name(row.name_ar.as_ref(), row.name_en.as_ref())?;
    let code = row.code.map(|code| stored.code(&code)).transpose()?;
    let valued = match by {
        ValuationBy::Product => Valued::Product {
            id: Id::from_uuid(id),
            sku: stored.some(code)?,
            name,
            on_hand: stored.quantity(row.on_hand)?,
        },
        ValuationBy::Category => Valued::Category { id: Id::from_uuid(id), name },
        ValuationBy::Warehouse => {
            Valued::Warehouse { id: Id::from_uuid(id), code: stored.some(code)?, name }
        }
    };
    Ok(ValuationRow { valued, value })
}
