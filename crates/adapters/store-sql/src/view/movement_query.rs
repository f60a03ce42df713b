//! Which movements a list shows.

use gaara_inventory::{MovementFilter, MovementKind, MovementSort, MovementStatus};
use gaara_kernel::{Id, Sort, Timestamp, WarehouseId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryTrait};

use super::days::are_apart;
use crate::convert::date;
use crate::entity::stock_movement::{Column, Entity};
use crate::entity::stock_movement_line;

/// Spelled as the partial index spells it: a parameter would keep both engines from using it.
const UNPOSTED: &str = "status <> 'posted'";

/// Selects the movements that match, wherever they are from and wherever they go.
pub(super) fn movement_query(filter: &MovementFilter) -> SelectStatement {
    Entity::find().filter(condition(filter)).into_query()
}

/// The same, once from this warehouse and once to it: each by an index of its own, and none both,
/// because no transfer goes where it comes from.
pub(super) fn of_warehouse(
    query: &SelectStatement,
    warehouse: WarehouseId,
) -> Vec<SelectStatement> {
    [Column::WarehouseId, Column::ToWarehouseId]
        .map(|column| query.clone().and_where(column.eq(warehouse.as_uuid())).to_owned())
        .to_vec()
}

/// Whether the movements that match are better found first, by their day or by when they were
/// saved, and then sorted; a product or an invoice has few, which are found by it.
pub(super) fn is_sorted_afterwards(filter: &MovementFilter, sort: &Sort<MovementSort>) -> bool {
    let has_few = filter.product.is_some() || filter.invoice.is_some();
    let first = sort.keys().first().map(|key| key.field);
    let is_by_saving = first == Some(MovementSort::UpdatedAt);
    let is_recent = filter.updated_since.is_some() && !is_by_saving;
    !has_few && (is_recent || are_apart((filter.date_from, filter.date_to), sort))
}

fn condition(filter: &MovementFilter) -> Condition {
    let kinds = filter.kinds.iter().copied().map(MovementKind::code);
    let statuses = filter.statuses.iter().copied().map(MovementStatus::code);
    let has_statuses = !filter.statuses.is_empty();
    let is_unposted = has_statuses && !filter.statuses.contains(&MovementStatus::Posted);
    let since = filter.updated_since.map(Timestamp::as_millis);
    let updated = || Expr::col((Entity, Alias::new("updated_key")));
    Condition::all()
        .add_option((!filter.kinds.is_empty()).then(|| Column::Kind.is_in(kinds)))
        .add_option(has_statuses.then(|| Column::Status.is_in(statuses)))
        .add_option(is_unposted.then(|| Expr::cust(UNPOSTED)))
        .add_option(filter.product.map(|product| Column::Id.in_subquery(naming(product))))
        .add_option(filter.invoice.map(|invoice| Column::InvoiceId.eq(invoice.as_uuid())))
        .add_option(filter.date_from.map(|from| Column::EffectiveDate.gte(date(from))))
        .add_option(filter.date_to.map(|to| Column::EffectiveDate.lte(date(to))))
        .add_option(since.map(|since| updated().gte(since)))
}

/// The movements that name a product.
fn naming(product: impl Id) -> SelectStatement {
    Query::select()
        .column(stock_movement_line::Column::MovementId)
        .from(stock_movement_line::Entity)
        .and_where(stock_movement_line::Column::ProductId.eq(product.as_uuid()))
        .to_owned()
}
