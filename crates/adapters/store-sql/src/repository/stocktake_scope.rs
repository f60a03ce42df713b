//! What stocktakes count: the lists that stand beside them.

use std::collections::HashMap;

use gaara_inventory::{Stocktake, StocktakeScope};
use gaara_kernel::{Id, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

use super::all;
use crate::bulk::insert_all;
use crate::entity::stocktake::{Model, ScopeKind};
use crate::entity::stocktake_product;
use crate::error::failure;

/// The stocktakes of these rows, in the same order.
pub(crate) async fn with_scopes(
    connection: &DatabaseTransaction,
    rows: Vec<Model>,
) -> Result<Vec<Stocktake>, StoreError> {
    let mut products = products(connection, &rows).await?;
    rows.into_iter()
        .map(|row| {
            let scope = match row.scope_kind()? {
                ScopeKind::Everything => StocktakeScope::Everything,
                ScopeKind::Categories => StocktakeScope::Categories(Vec::new()),
                ScopeKind::Products => {
                    let own = products.remove(&row.id).unwrap_or_default();
                    StocktakeScope::Products(own.into_iter().map(Id::from_uuid).collect())
                }
            };
            row.with_scope(scope)
        })
        .collect()
}

async fn products(
    connection: &DatabaseTransaction,
    rows: &[Model],
) -> Result<HashMap<Uuid, Vec<Uuid>>, StoreError> {
    let mut found: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    let has_products = |row: &&Model| row.scope_kind().ok() == Some(ScopeKind::Products);
    let ids: Vec<Uuid> = rows.iter().filter(has_products).map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(found);
    }
    let query = stocktake_product::Entity::find()
        .filter(stocktake_product::Column::StocktakeId.is_in(ids))
        .order_by_asc(stocktake_product::Column::ProductId);
    for row in all(connection, query).await? {
        found.entry(row.stocktake_id).or_default().push(row.product_id);
    }
    Ok(found)
}

/// Adds what a stocktake counts.
pub(super) async fn add_scope(
    connection: &DatabaseTransaction,
    stocktake: &Stocktake,
) -> Result<(), StoreError> {
    let stocktake_id = stocktake.id.as_uuid();
    match &stocktake.scope {
        StocktakeScope::Everything | StocktakeScope::Categories(_) => Ok(()),
        StocktakeScope::Products(ids) => {
            let row = |id: &gaara_kernel::ProductId| stocktake_product::Model {
                stocktake_id,
                product_id: id.as_uuid(),
            };
            let rows: Vec<stocktake_product::Model> = ids.iter().map(row).collect();
            insert_all::<stocktake_product::Entity>(connection, rows).await
        }
    }
}

/// Removes what a stocktake counted, to be added anew.
pub(super) async fn remove_scope(
    connection: &DatabaseTransaction,
    stocktake: &Stocktake,
) -> Result<(), StoreError> {
    stocktake_product::Entity::delete_many()
        .filter(stocktake_product::Column::StocktakeId.eq(stocktake.id.as_uuid()))
        .exec(connection)
        .await
        .map_err(failure)?;
    Ok(())
}

/// What must hold of a row of `products` that is in scope, where `wanted` names the stocktake.
pub(super) const fn scope_condition(scope: &StocktakeScope) -> &'static str {
    match scope {
        StocktakeScope::Everything => "TRUE",
        StocktakeScope::Categories(_) => "FALSE",
        StocktakeScope::Products(_) => {
            "EXISTS (SELECT 1 FROM stocktake_products \
             WHERE stocktake_products.stocktake_id = wanted.stocktake_id \
             AND stocktake_products.product_id = products.id)"
        }
    }
}
