//! Ledger entries with what they belong to.

use std::collections::{BTreeSet, HashMap};

use gaara_inventory::{LedgerEntry, LedgerFilter, LedgerSort, LedgerView, MovementKind};
use gaara_kernel::{Id, Sort, SortValue, StoreError, Timestamp};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::days::are_apart;
use crate::convert::{Stored, date};
use crate::entity::stock_ledger::{Column, Entity, Model};
use crate::entity::stock_movement;
use crate::error::failure;
use crate::keyset::{Listed, Place, sequence, sequence_tie};
use crate::session::Session;

/// Selects the entries that match.
pub(super) fn ledger_query(filter: &LedgerFilter) -> SelectStatement {
    let condition = Condition::all()
        .add_option(filter.product.map(|product| Column::ProductId.eq(product.as_uuid())))
        .add_option(filter.warehouse.map(|warehouse| Column::WarehouseId.eq(warehouse.as_uuid())))
        .add_option(filter.movement.map(|movement| Column::MovementId.eq(movement.as_uuid())))
        .add_option(filter.date_from.map(|from| Column::EffectiveDate.gte(date(from))))
        .add_option(filter.date_to.map(|to| Column::EffectiveDate.lte(date(to))));
    Entity::find().filter(condition).into_query()
}

/// Whether the entries that match are better found by their day, and then sorted; a product or a
/// movement has few, which are found by it.
pub(super) fn is_found_by_day(filter: &LedgerFilter, sort: &Sort<LedgerSort>) -> bool {
    let has_few = filter.product.is_some() || filter.movement.is_some();
    !has_few && are_apart((filter.date_from, filter.date_to), sort)
}

/// Puts the kinds of their movements beside the entries of one page.
pub(super) async fn with_kinds(
    connection: &Session,
    rows: Vec<Model>,
) -> Result<Vec<LedgerView>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let stored = Stored("stock_ledger");
    let movements: BTreeSet<Uuid> = rows.iter().map(|row| row.movement_id).collect();
    let kinds: Vec<(Uuid, String)> = stock_movement::Entity::find()
        .select_only()
        .columns([stock_movement::Column::Id, stock_movement::Column::Kind])
        .filter(stock_movement::Column::Id.is_in(movements))
        .into_tuple()
        .all(connection)
        .await
        .map_err(failure)?;
    let kinds: HashMap<Uuid, String> = kinds.into_iter().collect();
    rows.into_iter()
        .map(|row| {
            let kind = stored.some(kinds.get(&row.movement_id))?;
            Ok(LedgerView {
                sequence: row.sequence,
                movement: Id::from_uuid(row.movement_id),
                kind: stored.some(MovementKind::from_code(kind))?,
                effective_date: stored.date(row.effective_date)?,
                posted_at: Timestamp::from_millis(row.posted_at_ms),
                entry: LedgerEntry::try_from(row)?,
            })
        })
        .collect()
}

impl Listed for Model {
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
