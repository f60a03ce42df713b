//! Which payments a list shows.

use gaara_invoicing::{PaymentFilter, PaymentSort, PaymentState};
use gaara_kernel::{Id, InvoiceId, Sort, Timestamp};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryTrait};

use super::days::are_apart;
use super::words::found_by;
use crate::convert::date;
use crate::entity::payment::{Column, Entity};
use crate::entity::{payment_allocation, payment_word};
use crate::keyset::Found;

/// Selects the payments that match, and tells how they are found.
pub(super) fn payment_query(
    filter: &PaymentFilter,
    sort: &Sort<PaymentSort>,
) -> (Vec<SelectStatement>, Found) {
    let query = Entity::find().filter(condition(filter)).into_query();
    let found = if is_sorted_afterwards(filter, sort) { Found::Few } else { Found::Along };
    (vec![query], found)
}

/// Whether the payments that match are better found first and then sorted: those of an invoice or
/// of some words always, those of a party unless its index is in the order of the list, and those
/// of some days or since an instant unless the list begins with them.
fn is_sorted_afterwards(filter: &PaymentFilter, sort: &Sort<PaymentSort>) -> bool {
    let first = sort.keys().first().map(|key| key.field);
    let is_by_day = first == Some(PaymentSort::PaymentDate);
    let is_of_few = filter.invoice.is_some() || filter.query.is_some();
    let is_of_party = filter.customer.is_some() || filter.supplier.is_some();
    let is_recent = filter.updated_since.is_some() && first != Some(PaymentSort::UpdatedAt);
    is_of_few
        || (is_of_party && !is_by_day)
        || (!is_of_party && is_recent)
        || (!is_by_day && are_apart((filter.paid_from, filter.paid_to), sort))
}

fn condition(filter: &PaymentFilter) -> Condition {
    let states = filter.states.iter().copied().map(PaymentState::code);
    let since = filter.updated_since.map(Timestamp::as_millis);
    Condition::all()
        .add_option(filter.direction.map(|direction| Column::Direction.eq(direction.code())))
        .add_option(filter.customer.map(|customer| Column::CustomerId.eq(customer.as_uuid())))
        .add_option(filter.supplier.map(|supplier| Column::SupplierId.eq(supplier.as_uuid())))
        .add_option(filter.invoice.map(of_invoice))
        .add_option((!filter.states.is_empty()).then(|| Column::State.is_in(states)))
        .add_option(filter.paid_from.map(|from| Column::PaymentDate.gte(date(from))))
        .add_option(filter.paid_to.map(|to| Column::PaymentDate.lte(date(to))))
        .add_option(since.map(|since| Column::UpdatedAtMs.gte(since)))
        .add_option(filter.query.as_ref().map(|query| {
            use payment_word::Column as Word;
            found_by(query, Column::Id, Word::Word, Word::PaymentId)
        }))
}

/// The payments that settle an invoice.
fn of_invoice(invoice: InvoiceId) -> sea_orm::sea_query::Expr {
    let mut payments = Query::select();
    payments
        .column(payment_allocation::Column::PaymentId)
        .from(payment_allocation::Entity)
        .and_where(payment_allocation::Column::InvoiceId.eq(invoice.as_uuid()));
    Column::Id.in_subquery(payments)
}
