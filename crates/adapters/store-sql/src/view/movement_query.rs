//! Which movements a list shows.

use gaara_inventory::{MovementFilter, MovementKind, MovementStatus};
use gaara_kernel::{Id, Timestamp, WarehouseId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryTrait};

use crate::convert::date;
use crate::entity::stock_movement::{Column, Entity};
use crate::entity::stock_movement_line;

/// Spelled as the partial index spells it: a parameter would keep both engines from using it.
const UNPOSTED: &str = "status <> 'posted'";

/// Selects the movements that match.
pub(super) fn movement_query(filter: &MovementFilter) -> SelectStatement {
    Entity::find().filter(condition(filter)).into_query()
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
        .add_option(filter.warehouse.map(touches))
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

/// From this warehouse or to it.
fn touches(warehouse: WarehouseId) -> Condition {
    Condition::any()
        .add(Column::WarehouseId.eq(warehouse.as_uuid()))
        .add(Column::ToWarehouseId.eq(warehouse.as_uuid()))
}
