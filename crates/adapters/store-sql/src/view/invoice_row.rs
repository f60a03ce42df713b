//! A document with the name of its other side, as a list reads it.

use gaara_invoicing::details::Reference;
use gaara_invoicing::{
    DocumentType, InvoiceFilter, InvoiceSort, InvoiceStatus, InvoiceSummary, PaymentStatus,
};
use gaara_kernel::{
    CreditNoteId, Date, DocumentId, Id, InvoiceId, Sort, SortValue, StoreError, Timestamp,
};
use sea_orm::prelude::{TimeDate, Uuid};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, FromQueryResult};

use super::days::are_apart;
use super::words::found_by;
use crate::convert::{Stored, date};
use crate::entity::invoice::party;
use crate::entity::{customer, invoice, invoice_tag, invoice_word, supplier};
use crate::keyset::{Listed, Place, date_value, day, place};
use crate::repository::invoice::OPEN;

#[derive(Debug, FromQueryResult)]
pub(super) struct InvoiceRow {
    id: Uuid,
    kind: String,
    document_type: String,
    status: String,
    payment_status: String,
    number: Option<String>,
    supplier_reference: Option<String>,
    corrects_id: Option<Uuid>,
    customer_id: Option<Uuid>,
    supplier_id: Option<Uuid>,
    party_name_ar: Option<String>,
    party_name_en: Option<String>,
    customer_name_ar: Option<String>,
    customer_name_en: Option<String>,
    supplier_name_ar: Option<String>,
    supplier_name_en: Option<String>,
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

/// Whether the documents that match are better found first and then sorted: those of some days or
/// since an instant, unless the list begins with them or something else finds fewer.
pub(super) fn is_sorted_afterwards(filter: &InvoiceFilter, sort: &Sort<InvoiceSort>) -> bool {
    let InvoiceFilter { customer, supplier, corrects, tag, number, query, .. } = filter;
    let has_few = customer.is_some()
        || supplier.is_some()
        || corrects.is_some()
        || tag.is_some()
        || number.is_some()
        || query.is_some();
    let first = sort.keys().first().map(|key| key.field);
    let is_recent = filter.updated_since.is_some() && first != Some(InvoiceSort::UpdatedAt);
    let is_by_day = first == Some(InvoiceSort::IssueDate);
    !has_few
        && (is_recent || (!is_by_day && are_apart((filter.issued_from, filter.issued_to), sort)))
}

/// Selects the documents that match, joined to the names of their other sides.
pub(super) fn invoice_query(filter: &InvoiceFilter) -> SelectStatement {
    use invoice::Column;
    let mut query = Query::select();
    query
        .columns(
            [
                Column::Id,
                Column::Kind,
                Column::DocumentType,
                Column::Status,
                Column::PaymentStatus,
                Column::Number,
                Column::SupplierReference,
                Column::CorrectsId,
                Column::CustomerId,
                Column::SupplierId,
                Column::PartyNameAr,
                Column::PartyNameEn,
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
        .expr_as(Expr::col(supplier::Column::NameAr.as_column_ref()), "supplier_name_ar")
        .expr_as(Expr::col(supplier::Column::NameEn.as_column_ref()), "supplier_name_en")
        .from(invoice::Entity)
        .left_join(
            customer::Entity,
            Expr::col(customer::Column::Id.as_column_ref())
                .equals(Column::CustomerId.as_column_ref()),
        )
        .left_join(
            supplier::Entity,
            Expr::col(supplier::Column::Id.as_column_ref())
                .equals(Column::SupplierId.as_column_ref()),
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
        .add_option(filter.kind.map(|kind| Column::Kind.eq(kind.code())))
        .add_option(filter.document_type.map(|of| Column::DocumentType.eq(of.code())))
        .add_option(filter.customer.map(|customer| Column::CustomerId.eq(customer.as_uuid())))
        .add_option(filter.supplier.map(|supplier| Column::SupplierId.eq(supplier.as_uuid())))
        .add_option(filter.corrects.map(|invoice| Column::CorrectsId.eq(invoice.as_uuid())))
        .add_option(filter.number.as_ref().map(|number| Column::Number.eq(number.as_str())))
        .add_option(filter.tag.as_ref().map(tagged))
        .add_option(dated)
        .add_option(filter.issued_from.map(|from| key().gte(date(from))))
        .add_option(filter.issued_to.map(|to| key().lte(date(to))))
        .add_option(filter.due_from.map(|from| Column::DueDate.gte(date(from))))
        .add_option(filter.due_to.map(|to| Column::DueDate.lte(date(to))))
        .add_option(filter.overdue_on.map(overdue))
        .add_option(since.map(|since| Column::UpdatedAtMs.gte(since)))
        .add_option(filter.query.as_ref().map(|query| {
            use invoice_word::Column as Word;
            found_by(query, Column::Id, Word::Word, Word::InvoiceId)
        }))
}

/// Whether a document bears a tag.
fn tagged(tag: &Reference) -> Expr {
    let mut documents = Query::select();
    documents
        .column(invoice_tag::Column::InvoiceId)
        .from(invoice_tag::Entity)
        .and_where(invoice_tag::Column::Tag.eq(tag.as_str()));
    invoice::Column::Id.in_subquery(documents)
}

/// Whether something is open on an invoice that was to be paid before a day.
fn overdue(today: Date) -> Condition {
    Condition::all()
        .add(Expr::cust(OPEN))
        .add(invoice::Column::DocumentType.eq(DocumentType::Invoice.code()))
        .add(invoice::Column::DueDate.lt(date(today)))
}

impl TryFrom<InvoiceRow> for InvoiceSummary {
    type Error = StoreError;

    fn try_from(row: InvoiceRow) -> Result<Self, StoreError> {
        let stored = Stored("invoice");
        let currency = stored.currency(&row.currency)?;
        let money = |minor| stored.money(minor, currency);
        let key = InvoiceId::from_uuid(row.id);
        let id = match stored.some(DocumentType::from_code(&row.document_type))? {
            DocumentType::Invoice => DocumentId::Invoice(key),
            DocumentType::CreditNote => DocumentId::CreditNote(CreditNoteId::from_uuid(row.id)),
        };
        let status = stored.some(InvoiceStatus::from_code(&row.status))?;
        let (party_ar, party_en) = match (status, row.customer_id) {
            (InvoiceStatus::Issued | InvoiceStatus::Void, _) => {
                (&row.party_name_ar, &row.party_name_en)
            }
            (InvoiceStatus::Draft, Some(_)) => (&row.customer_name_ar, &row.customer_name_en),
            (InvoiceStatus::Draft, None) => (&row.supplier_name_ar, &row.supplier_name_en),
        };
        let reference = row.supplier_reference.as_deref().map(Reference::parse);
        Ok(Self {
            id,
            status,
            payment_status: stored.some(PaymentStatus::from_code(&row.payment_status))?,
            party: party(&row.kind, row.customer_id, row.supplier_id)?,
            party_name: stored.name(party_ar.as_ref(), party_en.as_ref())?,
            number: row.number,
            supplier_reference: reference.transpose().map_err(|_| stored.corrupt())?,
            corrects: row.corrects_id.map(Id::from_uuid),
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
