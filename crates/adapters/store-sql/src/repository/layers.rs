//! Cost layers, read as far as they are needed.

use gaara_inventory::{CostLayer, LayerChanges, LayerDemand};
use gaara_kernel::{Id, MovementId, StoreError};
use sea_orm::sea_query::Value;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::stock::key_values;
use super::{all, saved};
use crate::bulk::{execute_over, insert_all, select_over};
use crate::entity::stock_layer;
use crate::session::Session;

/// The oldest layers of each level that together hold what is demanded of it, and all that one
/// movement brought in.
pub(super) async fn find(
    connection: &Session,
    demand: &[LayerDemand],
    made_by: Option<MovementId>,
) -> Result<Vec<CostLayer>, StoreError> {
    let rows: Vec<[Value; 3]> = demand
        .iter()
        .map(|demand| {
            let [product, warehouse] = key_values(demand.key);
            [product, warehouse, demand.quantity.as_millionths().into()]
        })
        .collect();
    let mut found: Vec<stock_layer::Model> = select_over(connection, &rows, |rows| {
        format!(
            "WITH wanted (product_id, warehouse_id, demand) AS ({rows}) \
             SELECT sequence, product_id, warehouse_id, movement_id, quantity_millionths, \
             value_minor, currency FROM (SELECT stock_layers.*, wanted.demand, \
             SUM(stock_layers.quantity_millionths) OVER (PARTITION BY stock_layers.product_id, \
             stock_layers.warehouse_id ORDER BY stock_layers.sequence \
             ROWS UNBOUNDED PRECEDING) - stock_layers.quantity_millionths AS older \
             FROM wanted CROSS JOIN stock_layers WHERE stock_layers.product_id = wanted.product_id \
             AND stock_layers.warehouse_id = wanted.warehouse_id) AS walked \
             WHERE older < demand"
        )
    })
    .await?;
    if let Some(movement) = made_by {
        let own = stock_layer::Column::MovementId.eq(movement.as_uuid());
        found.extend(all(connection, stock_layer::Entity::find().filter(own)).await?);
    }
    found.sort_unstable_by_key(|row| row.sequence);
    found.dedup_by_key(|row| row.sequence);
    found.into_iter().map(CostLayer::try_from).collect()
}

/// Takes away the layers that are used up, saves those that shrank, and adds the new ones.
pub(super) async fn save(connection: &Session, changes: &LayerChanges) -> Result<(), StoreError> {
    let removed: Vec<[Value; 1]> =
        changes.removed.iter().map(|sequence| [(*sequence).into()]).collect();
    let rows = execute_over(connection, &removed, |rows| {
        format!("DELETE FROM stock_layers WHERE sequence IN ({rows})")
    })
    .await?;
    saved(rows, removed.len(), "stock_layer")?;
    let reduced: Vec<[Value; 3]> = changes
        .reduced
        .iter()
        .map(|layer| {
            let quantity = layer.quantity.as_millionths().into();
            [layer.sequence.into(), quantity, layer.value.minor().into()]
        })
        .collect();
    let rows = execute_over(connection, &reduced, |rows| {
        format!(
            "WITH saved (sequence, quantity, value) AS ({rows}) \
             UPDATE stock_layers SET quantity_millionths = saved.quantity, \
             value_minor = saved.value FROM saved WHERE stock_layers.sequence = saved.sequence"
        )
    })
    .await?;
    saved(rows, reduced.len(), "stock_layer")?;
    insert_all::<stock_layer::Entity>(connection, changes.added.iter().map(stock_layer::row)).await
}
