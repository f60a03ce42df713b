//! What stocktakes count: the lists that stand beside them.

use std::collections::HashMap;

use gaara_inventory::{Stocktake, StocktakeScope};
use gaara_kernel::{Id, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::all;
use crate::bulk::insert_all;
use crate::entity::stocktake::{Model, ScopeKind};
use crate::entity::{stocktake_category, stocktake_product};
use crate::error::failure;
use crate::session::Session;

/// The ids of one list, by stocktake.
type Lists = HashMap<Uuid, Vec<Uuid>>;

/// The stocktakes of these rows, in the same order.
pub(crate) async fn with_scopes(
    connection: &Session,
    rows: Vec<Model>,
) -> Result<Vec<Stocktake>, StoreError> {
    let mut categories = categories(connection, &rows).await?;
    let mut products = products(connection, &rows).await?;
    rows.into_iter()
        .map(|row| {
            let scope = match row.scope_kind()? {
                ScopeKind::Everything => StocktakeScope::Everything,
                ScopeKind::Categories => StocktakeScope::Categories(take(&mut categories, row.id)),
                ScopeKind::Products => StocktakeScope::Products(take(&mut products, row.id)),
            };
            row.with_scope(scope)
        })
        .collect()
}

fn take<I: Id>(lists: &mut Lists, stocktake: Uuid) -> Vec<I> {
    lists.remove(&stocktake).unwrap_or_default().into_iter().map(I::from_uuid).collect()
}

/// The stocktakes among these rows that have a list of this kind.
fn having(rows: &[Model], kind: ScopeKind) -> Vec<Uuid> {
    let has_list = |row: &&Model| row.scope_kind().ok() == Some(kind);
    rows.iter().filter(has_list).map(|row| row.id).collect()
}

async fn categories(connection: &Session, rows: &[Model]) -> Result<Lists, StoreError> {
    let mut found = Lists::new();
    let stocktakes = having(rows, ScopeKind::Categories);
    if stocktakes.is_empty() {
        return Ok(found);
    }
    let query = stocktake_category::Entity::find()
        .filter(stocktake_category::Column::StocktakeId.is_in(stocktakes))
        .order_by_asc(stocktake_category::Column::CategoryId);
    for row in all(connection, query).await? {
        found.entry(row.stocktake_id).or_default().push(row.category_id);
    }
    Ok(found)
}

async fn products(connection: &Session, rows: &[Model]) -> Result<Lists, StoreError> {
    let mut found = Lists::new();
    let stocktakes = having(rows, ScopeKind::Products);
    if stocktakes.is_empty() {
        return Ok(found);
    }
    let query = stocktake_product::Entity::find()
        .filter(stocktake_product::Column::StocktakeId.is_in(stocktakes))
        .order_by_asc(stocktake_product::Column::ProductId);
    for row in all(connection, query).await? {
        found.entry(row.stocktake_id).or_default().push(row.product_id);
    }
    Ok(found)
}

/// Adds what a stocktake counts.
pub(super) async fn add_scope(
    connection: &Session,
    stocktake: &Stocktake,
) -> Result<(), StoreError> {
    let stocktake_id = stocktake.id.as_uuid();
    let categories = stocktake.scope.categories().unwrap_or_default().iter();
    let categories =
        categories.map(|id| stocktake_category::Model { stocktake_id, category_id: id.as_uuid() });
    insert_all::<stocktake_category::Entity>(connection, categories).await?;
    let products = stocktake.scope.products().unwrap_or_default().iter();
    let products =
        products.map(|id| stocktake_product::Model { stocktake_id, product_id: id.as_uuid() });
    insert_all::<stocktake_product::Entity>(connection, products).await
}

/// Removes what a stocktake counted, to be added anew.
pub(super) async fn remove_scope(
    connection: &Session,
    stocktake: &Stocktake,
) -> Result<(), StoreError> {
    let id = stocktake.id.as_uuid();
    stocktake_category::Entity::delete_many()
        .filter(stocktake_category::Column::StocktakeId.eq(id))
        .exec(connection)
        .await
        .map_err(failure)?;
    stocktake_product::Entity::delete_many()
        .filter(stocktake_product::Column::StocktakeId.eq(id))
        .exec(connection)
        .await
        .map_err(failure)?;
    Ok(())
}

/// What must hold of a row of `products` that is in scope, where `wanted` names the stocktake.
///
/// What is archived is not counted. A path that begins with another one lies between it and that
/// one with the digit behind the last one at its end.
pub(super) const fn scope_condition(scope: &StocktakeScope) -> &'static str {
    match scope {
        StocktakeScope::Everything => {
            "products.kind = 'stocked' AND products.archived_at_ms IS NULL"
        }
        StocktakeScope::Categories(_) => {
            "products.kind = 'stocked' AND products.archived_at_ms IS NULL \
             AND products.category_id IN (SELECT below.id FROM stocktake_categories \
             JOIN categories ON categories.id = stocktake_categories.category_id \
             JOIN categories AS below ON below.path >= categories.path \
             AND below.path < categories.path || 'g' \
             WHERE stocktake_categories.stocktake_id = wanted.stocktake_id)"
        }
        StocktakeScope::Products(_) => {
            "products.kind = 'stocked' AND products.archived_at_ms IS NULL \
             AND EXISTS (SELECT 1 FROM stocktake_products \
             WHERE stocktake_products.stocktake_id = wanted.stocktake_id \
             AND stocktake_products.product_id = products.id)"
        }
    }
}
