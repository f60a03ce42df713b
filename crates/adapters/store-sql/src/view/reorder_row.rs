//! What is below its minimum, as a list reads it.

use gaara_inventory::{LevelView, ReorderFilter, ReorderSort, ReorderView};
use gaara_kernel::{SortValue, StoreError, Timestamp};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{ColumnTrait, FromQueryResult, QueryResult};

use super::level_row::{LevelRow, join_names, reserved_at};
use crate::convert::Stored;
use crate::entity::{organization, product, product_reorder_rule, stock_level};
use crate::keyset::{Listed, Place, place};

#[derive(Debug)]
pub(super) struct ReorderRow {
    level: LevelRow,
    minimum_millionths: i64,
    maximum_millionths: i64,
}

impl FromQueryResult for ReorderRow {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, sea_orm::DbErr> {
        Ok(Self {
            level: LevelRow::from_query_result(row, prefix)?,
            minimum_millionths: row.try_get(prefix, "minimum_millionths")?,
            maximum_millionths: row.try_get(prefix, "maximum_millionths")?,
        })
    }
}

/// Selects the rules that less is free than, joined to their levels and their names. A product
/// that never was in a warehouse has nothing there.
pub(super) fn reorder_query(filter: &ReorderFilter, now: Timestamp) -> SelectStatement {
    use product_reorder_rule::Column as Rule;
    use stock_level::Column as Level;
    let or_none = |value: Expr| Expr::from(Func::coalesce([value, 0.into()]));
    let on_hand = || or_none(Expr::col(Level::OnHandMillionths.as_column_ref()));
    let reserved = || or_none(reserved_at(now));
    let books =
        Query::select().column(organization::Column::Currency).from(organization::Entity).take();
    let currency = Func::coalesce([
        Expr::col(Level::Currency.as_column_ref()),
        Expr::SubQuery(None, Box::new(books.into())),
    ]);
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
        .expr_as(currency, "currency")
        .from(product_reorder_rule::Entity)
        .left_join(
            stock_level::Entity,
            Condition::all()
                .add(same(Rule::ProductId, Level::ProductId))
                .add(same(Rule::WarehouseId, Level::WarehouseId)),
        )
        .and_where(on_hand().sub(reserved()).lt(Expr::col(Rule::MinimumMillionths.as_column_ref())))
        .and_where(product::Column::ArchivedAtMs.is_null());
    join_names(&mut query, Rule::ProductId, Rule::WarehouseId);
    if let Some(warehouse) = filter.warehouse {
        query.and_where(Rule::WarehouseId.eq(gaara_kernel::Id::as_uuid(warehouse)));
    }
    query
}

impl TryFrom<ReorderRow> for ReorderView {
    type Error = StoreError;

    fn try_from(row: ReorderRow) -> Result<Self, StoreError> {
        let stored = Stored("product");
        let LevelView { level, names, .. } = row.level.try_into()?;
        Ok(Self {
            level,
            minimum: stored.quantity(row.minimum_millionths)?,
            maximum: stored.quantity(row.maximum_millionths)?,
            names,
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
        self.level.key()
    }
}
