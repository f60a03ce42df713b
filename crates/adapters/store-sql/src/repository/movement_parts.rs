//! Reads the lines and the history of movements, in one statement each, and puts them together.

use std::collections::HashMap;

use gaara_inventory::{LedgerEntry, Movement, MovementLine};
use gaara_kernel::StoreError;
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::all;
use crate::entity::stock_movement::Model;
use crate::entity::{stock_ledger, stock_movement_line};
use crate::session::Session;

/// The unit of a line; lines of the program before have none of their own.
const UNIT: &str = "COALESCE(stock_movement_lines.unit, \
     (SELECT products.unit FROM products WHERE products.id = stock_movement_lines.product_id))";

/// The movements of these rows, in the same order.
pub(crate) async fn with_parts(
    connection: &Session,
    rows: Vec<Model>,
) -> Result<Vec<Movement>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut lines = lines(connection, &ids).await?;
    let mut entries = entries(connection, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let lines = lines.remove(&row.id).unwrap_or_default();
            let entries = entries.remove(&row.id).unwrap_or_default();
            row.with_parts(lines, entries)
        })
        .collect()
}

async fn lines(
    connection: &Session,
    movements: &[Uuid],
) -> Result<HashMap<Uuid, Vec<MovementLine>>, StoreError> {
    use stock_movement_line::Column;
    let query = stock_movement_line::Entity::find()
        .select_only()
        .columns([
            Column::MovementId,
            Column::Position,
            Column::ProductId,
            Column::QuantityMillionths,
            Column::BaseQuantityMillionths,
            Column::UnitCostMillionths,
        ])
        .expr_as(sea_orm::sea_query::Expr::cust(UNIT), "unit")
        .filter(Column::MovementId.is_in(movements.iter().copied()))
        .order_by_asc(Column::MovementId)
        .order_by_asc(Column::Position);
    let mut lines: HashMap<Uuid, Vec<MovementLine>> = HashMap::new();
    for row in all(connection, query).await? {
        lines.entry(row.movement_id).or_default().push(row.try_into()?);
    }
    Ok(lines)
}

/// What each movement did, in the order in which it was written.
async fn entries(
    connection: &Session,
    movements: &[Uuid],
) -> Result<HashMap<Uuid, Vec<LedgerEntry>>, StoreError> {
    use stock_ledger::Column;
    let query = stock_ledger::Entity::find()
        .filter(Column::MovementId.is_in(movements.iter().copied()))
        .order_by_asc(Column::Sequence);
    let mut entries: HashMap<Uuid, Vec<LedgerEntry>> = HashMap::new();
    for row in all(connection, query).await? {
        entries.entry(row.movement_id).or_default().push(row.try_into()?);
    }
    Ok(entries)
}
