//! An invoice with its customer's name, as a list reads it.

use gaara_invoicing::{InvoiceFilter, InvoiceSort, InvoiceStatus, InvoiceSummary, PaymentStatus};
use gaara_kernel::{Id, SortValue, StoreError, Timestamp};
use sea_orm::prelude::{TimeDate, Uuid};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, FromQueryResult};

use crate::convert::{Stored, date};
use crate::entity::{customer, invoice};
use crate::keyset::{Listed, Place, date_value, day, place};

#[derive(Debug, FromQueryResult)]
pub(super) struct InvoiceRow {
    id: Uuid,
    status: String,
    payment_status: String,
    number: Option<String>,
    customer_id: Uuid,
    customer_name_ar: Option<String>,
    customer_name_en: Option<String>,
    currency: String,
    issue_date: Option<TimeDate>,
    due_date: Option<TimeDate>,
    tax_inclusive_minor: i64,
    payable_minor: i64,
    paid_minor: i64,
    credited_minor: i64,
    created_at_ms: i64,
    updated_at_ms: i64,
    version: i64,
}

/// Selects the invoices that match, joined to their customers' names.
pub(super) fn invoice_query(filter: &InvoiceFilter) -> SelectStatement {
    use invoice::Column;
    let mut query = Query::select();
    query
        .columns(
            [
                Column::Id,
                Column::Status,
                Column::PaymentStatus,
                Column::Number,
                Column::CustomerId,
                Column::Currency,
                Column::IssueDate,
                Column::DueDate,
                Column::TaxInclusiveMinor,
                Column::PayableMinor,
                Column::PaidMinor,
                Column::CreditedMinor,
                Column::CreatedAtMs,
                Column::UpdatedAtMs,
                Column::Version,
            ]
            .map(|column| column.as_column_ref()),
        )
        .expr_as(Expr::col(customer::Column::NameAr.as_column_ref()), "customer_name_ar")
        .expr_as(Expr::col(customer::Column::NameEn.as_column_ref()), "customer_name_en")
        .from(invoice::Entity)
        .inner_join(
            customer::Entity,
            Expr::col(customer::Column::Id.as_column_ref())
                .equals(Column::CustomerId.as_column_ref()),
        )
        .cond_where(condition(filter));
    query
}

fn condition(filter: &InvoiceFilter) -> Condition {
    use invoice::Column;
    let statuses = filter.statuses.iter().copied().map(InvoiceStatus::code);
    let payment_statuses = filter.payment_statuses.iter().copied().map(PaymentStatus::code);
    let since = filter.updated_since.map(Timestamp::as_millis);
    // The bounds stand on the column that the indexes hold, which gives the undated a date.
    let key = || Expr::col((invoice::Entity, Alias::new("issue_date_key")));
    let dated = filter.issued_from.or(filter.issued_to).map(|_| Column::IssueDate.is_not_null());
    Condition::all()
        .add_option((!filter.statuses.is_empty()).then(|| Column::Status.is_in(statuses)))
        .add_option(
            (!filter.payment_statuses.is_empty())
                .then(|| Column::PaymentStatus.is_in(payment_statuses)),
        )
        .add_option(filter.customer.map(|customer| Column::CustomerId.eq(customer.as_uuid())))
        .add_option(dated)
        .add_option(filter.issued_from.map(|from| key().gte(date(from))))
        .add_option(filter.issued_to.map(|to| key().lte(date(to))))
        .add_option(since.map(|since| Column::UpdatedAtMs.gte(since)))
}

impl TryFrom<InvoiceRow> for InvoiceSummary {
    type Error = StoreError;

    fn try_from(row: InvoiceRow) -> Result<Self, StoreError> {
        let stored = Stored("invoice");
        let currency = stored.currency(&row.currency)?;
        let money = |minor| stored.money(minor, currency);
        Ok(Self {
            id: Id::from_uuid(row.id),
            status: stored.some(InvoiceStatus::from_code(&row.status))?,
            payment_status: stored.some(PaymentStatus::from_code(&row.payment_status))?,
            number: row.number,
            customer: Id::from_uuid(row.customer_id),
            customer_name: stored
                .name(row.customer_name_ar.as_ref(), row.customer_name_en.as_ref())?,
            issue_date: stored.date_if_any(row.issue_date)?,
            due_date: stored.date_if_any(row.due_date)?,
            tax_inclusive: money(row.tax_inclusive_minor)?,
            payable: money(row.payable_minor)?,
            paid: money(row.paid_minor)?,
            credited: money(row.credited_minor)?,
            created_at: Timestamp::from_millis(row.created_at_ms),
            updated_at: Timestamp::from_millis(row.updated_at_ms),
            version: stored.version(row.version)?,
        })
    }
}

impl Listed for InvoiceRow {
    type Field = InvoiceSort;
    const KEY: &'static [Place] = &[place("invoices", "id")];

    fn place(field: InvoiceSort) -> Place {
        match field {
            InvoiceSort::IssueDate => day("invoices", "issue_date_key"),
            InvoiceSort::Number => place("invoices", "number_key"),
            InvoiceSort::CreatedAt => place("invoices", "created_at_ms"),
            InvoiceSort::UpdatedAt => place("invoices", "updated_at_ms"),
        }
    }

    fn value(&self, field: InvoiceSort) -> SortValue {
        match field {
            InvoiceSort::IssueDate => date_value(self.issue_date),
            InvoiceSort::Number => SortValue::Text(self.number.clone().unwrap_or_default()),
            InvoiceSort::CreatedAt => SortValue::Integer(self.created_at_ms),
            InvoiceSort::UpdatedAt => SortValue::Integer(self.updated_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
