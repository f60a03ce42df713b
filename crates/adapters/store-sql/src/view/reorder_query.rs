//! What is below its minimum.

use gaara_inventory::{ReorderFilter, ReorderSort, ReorderView, StockLevel};
use gaara_kernel::{Id, SortValue, StoreError, Timestamp};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{ColumnTrait, FromQueryResult};

use super::stock_names::Names;
use crate::convert::Stored;
use crate::entity::{organization, product, product_reorder_rule, reservation, stock_level};
use crate::keyset::{Listed, Place, place};

/// Spelled as the partial index spells it: a parameter would keep both engines from using it.
const ACTIVE: &str = "reservations.status = 'active'";

#[derive(Debug, FromQueryResult)]
pub(super) struct ReorderRow {
    product_id: Uuid,
    warehouse_id: Uuid,
    minimum_millionths: i64,
    maximum_millionths: i64,
    on_hand_millionths: i64,
    reserved_millionths: i64,
    value_minor: i64,
    currency: String,
    last_cost_millionths: Option<i64>,
}

/// Selects the rules that less is free than, joined to their levels. A product that never was in
/// a warehouse has nothing there.
pub(super) fn reorder_query(filter: &ReorderFilter, now: Timestamp) -> SelectStatement {
    use product_reorder_rule::Column as Rule;
    use stock_level::Column as Level;
    let or_none = |value: Expr| Expr::from(Func::coalesce([value, 0.into()]));
    let on_hand = || or_none(Expr::col(Level::OnHandMillionths.as_column_ref()));
    let reserved = || {
        let held = or_none(Expr::col(Level::ReservedMillionths.as_column_ref()));
        held.sub(or_none(overdue(now))).cast_as("bigint")
    };
    let same =
        |rule: Rule, level: Level| Expr::col(rule.as_column_ref()).equals(level.as_column_ref());
    let mut query = Query::select();
    query
        .columns([
            Rule::ProductId.as_column_ref(),
            Rule::WarehouseId.as_column_ref(),
            Rule::MinimumMillionths.as_column_ref(),
            Rule::MaximumMillionths.as_column_ref(),
            Level::LastCostMillionths.as_column_ref(),
        ])
        .expr_as(on_hand(), "on_hand_millionths")
        .expr_as(reserved(), "reserved_millionths")
        .expr_as(or_none(Expr::col(Level::ValueMinor.as_column_ref())), "value_minor")
        .expr_as(currency(), "currency")
        .from(product_reorder_rule::Entity)
        .left_join(
            stock_level::Entity,
            Condition::all()
                .add(same(Rule::ProductId, Level::ProductId))
                .add(same(Rule::WarehouseId, Level::WarehouseId)),
        )
        .inner_join(
            product::Entity,
            Expr::col(product::Column::Id.as_column_ref()).equals(Rule::ProductId.as_column_ref()),
        )
        .and_where(product::Column::ArchivedAtMs.is_null())
        .and_where(
            on_hand().sub(reserved()).lt(Expr::col(Rule::MinimumMillionths.as_column_ref())),
        );
    if let Some(warehouse) = filter.warehouse {
        query.and_where(Rule::WarehouseId.eq(warehouse.as_uuid()));
    }
    query
}

/// The currency of the books, where no level says it.
fn currency() -> Expr {
    let books =
        Query::select().column(organization::Column::Currency).from(organization::Entity).take();
    let books = Expr::SubQuery(None, Box::new(books.into()));
    Func::coalesce([Expr::col(stock_level::Column::Currency.as_column_ref()), books]).into()
}

/// What reservations of a level hold that are overdue but were not ended yet.
fn overdue(now: Timestamp) -> Expr {
    use reservation::Column;
    let same = |own: Column, level: stock_level::Column| {
        Expr::col(own.as_column_ref()).equals(level.as_column_ref())
    };
    let sum = Query::select()
        .expr(Func::sum(Expr::col(Column::QuantityMillionths.as_column_ref())))
        .from(reservation::Entity)
        .and_where(same(Column::ProductId, stock_level::Column::ProductId))
        .and_where(same(Column::WarehouseId, stock_level::Column::WarehouseId))
        .and_where(Expr::cust(ACTIVE))
        .and_where(Column::ExpiresAtMs.lte(now.as_millis()))
        .take();
    Expr::SubQuery(None, Box::new(sum.into()))
}

impl ReorderRow {
    /// The level that the row tells of.
    pub(super) fn level(&self) -> Result<StockLevel, StoreError> {
        StockLevel::try_from(stock_level::Model {
            product_id: self.product_id,
            warehouse_id: self.warehouse_id,
            on_hand_millionths: self.on_hand_millionths,
            reserved_millionths: self.reserved_millionths,
            value_minor: self.value_minor,
            currency: self.currency.clone(),
            last_cost_millionths: self.last_cost_millionths,
        })
    }

    /// The row with the names beside it.
    pub(super) fn named(&self, names: &Names) -> Result<ReorderView, StoreError> {
        let stored = Stored("product");
        let level = self.level()?;
        Ok(ReorderView {
            level,
            minimum: stored.quantity(self.minimum_millionths)?,
            maximum: stored.quantity(self.maximum_millionths)?,
            names: names.get(level.key())?,
        })
    }
}

impl Listed for ReorderRow {
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
