//! What is below its minimum.

use std::collections::HashMap;

use gaara_inventory::{ReorderFilter, ReorderSort, ReorderView, StockKey, StockLevel};
use gaara_kernel::{Id, SortValue, StoreError, Timestamp};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryTrait};

use super::level_query::{free_overdue, levels_of};
use super::stock_names::Names;
use crate::convert::Stored;
use crate::entity::product_reorder_rule::{Column, Entity, Model};
use crate::entity::reservation;
use crate::keyset::{Listed, Place, place};
use crate::repository::organization;
use crate::session::Session;

/// What is free of a rule's product by its level; nothing where it never was.
///
/// Looked up rule by rule: a join would tempt an engine to read all levels and all products up to
/// the place where the page begins.
const FREE: &str = "COALESCE((SELECT stock_levels.on_hand_millionths \
     - stock_levels.reserved_millionths FROM stock_levels \
     WHERE stock_levels.product_id = product_reorder_rules.product_id \
     AND stock_levels.warehouse_id = product_reorder_rules.warehouse_id), 0)";

/// Spelled as the partial index spells it: a parameter would keep both engines from using it.
const ACTIVE: &str = "reservations.status = 'active'";

/// What the engine marks; spelled as the partial indexes spell it.
///
/// By the level that is stored less is free than there is, so this finds every shortage, and the few
/// others that an overdue reservation makes. What is archived is never marked.
const SHORT: &str = "product_reorder_rules.is_short";

/// Selects the rules that less is free than. A product that is archived is not ordered.
pub(super) fn reorder_query(filter: &ReorderFilter, now: Timestamp) -> SelectStatement {
    let free = Expr::cust(FREE).add(overdue(now));
    let minimum = Expr::col(Column::MinimumMillionths.as_column_ref());
    let mut query = Entity::find().filter(Expr::cust(SHORT)).filter(free.lt(minimum)).into_query();
    if let Some(warehouse) = filter.warehouse {
        query.and_where(Column::WarehouseId.eq(warehouse.as_uuid()));
    }
    query
}

/// What reservations of a rule's level hold that are overdue but were not ended yet.
fn overdue(now: Timestamp) -> Expr {
    use reservation::Column as Held;
    let same =
        |held: Held, rule: Column| Expr::col(held.as_column_ref()).equals(rule.as_column_ref());
    let sum = Query::select()
        .expr(Func::sum(Expr::col(Held::QuantityMillionths.as_column_ref())))
        .from(reservation::Entity)
        .and_where(same(Held::ProductId, Column::ProductId))
        .and_where(same(Held::WarehouseId, Column::WarehouseId))
        .and_where(Expr::cust(ACTIVE))
        .and_where(Held::ExpiresAtMs.lte(now.as_millis()))
        .take();
    Func::coalesce([Expr::SubQuery(None, Box::new(sum.into())), 0.into()]).into()
}

/// Puts levels and names beside the rules of one page.
pub(super) async fn with_levels(
    connection: &Session,
    rules: Vec<Model>,
    now: Timestamp,
) -> Result<Vec<ReorderView>, StoreError> {
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<StockKey> = rules.iter().map(key).collect();
    let mut levels = levels_of(connection, &keys).await?;
    free_overdue(connection, &mut levels, now).await?;
    let levels: HashMap<StockKey, StockLevel> =
        levels.into_iter().map(|level| (level.key(), level)).collect();
    let names = Names::of(connection, &keys).await?;
    let stored = Stored("product");
    let books = stored.some(organization::find(connection).await?)?;
    let view = |rule: Model| {
        let key = key(&rule);
        let level = levels.get(&key).copied();
        Ok(ReorderView {
            level: level.unwrap_or_else(|| StockLevel::empty(key, books.currency)),
            minimum: stored.quantity(rule.minimum_millionths)?,
            maximum: stored.quantity(rule.maximum_millionths)?,
            names: names.get(key)?,
        })
    };
    rules.into_iter().map(view).collect()
}

fn key(rule: &Model) -> StockKey {
    StockKey {
        product: Id::from_uuid(rule.product_id),
        warehouse: Id::from_uuid(rule.warehouse_id),
    }
}

impl Listed for Model {
    type Field = ReorderSort;
    const KEY: &'static [Place] = &[
        place("product_reorder_rules", "product_id"),
        place("product_reorder_rules", "warehouse_id"),
    ];

    fn place(field: ReorderSort) -> Place {
        match field {
            ReorderSort::Minimum => place("product_reorder_rules", "minimum_millionths"),
        }
    }

    fn value(&self, field: ReorderSort) -> SortValue {
        match field {
            ReorderSort::Minimum => SortValue::Integer(self.minimum_millionths),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.product_id, self.warehouse_id]
    }
}
