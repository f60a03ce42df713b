//! A ledger entry with what it belongs to, as a list reads it.

use gaara_inventory::{LedgerEntry, LedgerFilter, LedgerSort, LedgerView, MovementKind};
use gaara_kernel::{Id, SortValue, StoreError, Timestamp};
use sea_orm::prelude::{TimeDate, Uuid};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, FromQueryResult, Iterable};

use crate::convert::{Stored, date};
use crate::entity::{stock_ledger, stock_movement};
use crate::keyset::{Listed, Place, sequence, sequence_tie};

#[derive(Debug, FromQueryResult)]
pub(super) struct LedgerRow {
    sequence: i64,
    movement_id: Uuid,
    position: i64,
    product_id: Uuid,
    warehouse_id: Uuid,
    quantity_millionths: i64,
    value_minor: i64,
    variance_minor: i64,
    currency: String,
    effective_date: TimeDate,
    posted_at_ms: i64,
    kind: String,
}

/// Selects the entries that match, joined to the kinds of their movements.
pub(super) fn ledger_query(filter: &LedgerFilter) -> SelectStatement {
    use stock_ledger::Column;
    let mut query = Query::select();
    query
        .columns(Column::iter().map(|column| column.as_column_ref()))
        .column(stock_movement::Column::Kind.as_column_ref())
        .from(stock_ledger::Entity)
        .inner_join(
            stock_movement::Entity,
            Expr::col(stock_movement::Column::Id.as_column_ref())
                .equals(Column::MovementId.as_column_ref()),
        )
        .cond_where(condition(filter));
    query
}

fn condition(filter: &LedgerFilter) -> Condition {
    use stock_ledger::Column;
    Condition::all()
        .add_option(filter.product.map(|product| Column::ProductId.eq(product.as_uuid())))
        .add_option(filter.warehouse.map(|warehouse| Column::WarehouseId.eq(warehouse.as_uuid())))
        .add_option(filter.movement.map(|movement| Column::MovementId.eq(movement.as_uuid())))
        .add_option(filter.date_from.map(|from| Column::EffectiveDate.gte(date(from))))
        .add_option(filter.date_to.map(|to| Column::EffectiveDate.lte(date(to))))
}

impl TryFrom<LedgerRow> for LedgerView {
    type Error = StoreError;

    fn try_from(row: LedgerRow) -> Result<Self, StoreError> {
        let stored = Stored("stock_ledger");
        let entry = stock_ledger::Model {
            sequence: row.sequence,
            movement_id: row.movement_id,
            position: row.position,
            product_id: row.product_id,
            warehouse_id: row.warehouse_id,
            quantity_millionths: row.quantity_millionths,
            value_minor: row.value_minor,
            variance_minor: row.variance_minor,
            currency: row.currency,
            effective_date: row.effective_date,
            posted_at_ms: row.posted_at_ms,
        };
        Ok(Self {
            sequence: row.sequence,
            entry: LedgerEntry::try_from(entry)?,
            movement: Id::from_uuid(row.movement_id),
            kind: stored.some(MovementKind::from_code(&row.kind))?,
            effective_date: stored.date(row.effective_date)?,
            posted_at: Timestamp::from_millis(row.posted_at_ms),
        })
    }
}

impl Listed for LedgerRow {
    type Field = LedgerSort;
    const KEY: &'static [Place] = &[sequence("stock_ledger", "sequence")];

    fn place(field: LedgerSort) -> Place {
        match field {
            LedgerSort::Sequence => sequence("stock_ledger", "sequence"),
        }
    }

    fn value(&self, field: LedgerSort) -> SortValue {
        match field {
            LedgerSort::Sequence => SortValue::Integer(self.sequence),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![sequence_tie(self.sequence)]
    }
}
