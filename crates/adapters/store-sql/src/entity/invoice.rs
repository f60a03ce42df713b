//! A row of `invoices`; lines, adjustments, tax groups and tags are rows of their own.

mod details;
mod read;
mod snapshot;

use gaara_invoicing::details::{Period, Reference, TransactionKind, TypeCode};
use gaara_invoicing::totals::Totals;
use gaara_invoicing::{
    DocumentKind, DraftInvoice, InvoiceContent, InvoiceDetails, InvoiceStatus, IssuedInvoice,
    PaymentStatus,
};
use gaara_kernel::{BilingualText, Id};
use sea_orm::entity::prelude::*;
use serde::Serialize;

use self::details::DetailsRow;
use self::snapshot::SnapshotRow;
use super::no_relations;
use crate::convert::{Stored, date, text};

pub(crate) use self::read::{Contents, either, party, period};

const STORED: Stored = Stored("invoice");

/// The columns `issue_date_key` and `number_key` are left out: the database derives them.
#[derive(Clone, Debug, Default, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub document_type: String,
    pub status: String,
    pub payment_status: String,
    pub number: Option<String>,
    pub number_series: Option<String>,
    pub number_year: Option<i64>,
    pub number_sequence: Option<i64>,
    pub customer_id: Option<Uuid>,
    pub supplier_id: Option<Uuid>,
    pub supplier_reference: Option<String>,
    pub corrects_id: Option<Uuid>,
    pub corrects_number: Option<String>,
    pub corrects_issue_date: Option<TimeDate>,
    pub corrects_reason_code: Option<String>,
    pub corrects_reason: Option<String>,
    pub warehouse_id: Option<Uuid>,
    pub currency: String,
    pub prices_include_tax: bool,
    pub requested_issue_date: Option<TimeDate>,
    pub requested_due_date: Option<TimeDate>,
    pub issue_date: Option<TimeDate>,
    pub due_date: Option<TimeDate>,
    pub issued_at_ms: Option<i64>,
    pub voided_at_ms: Option<i64>,
    pub void_reason: Option<String>,
    pub type_code: Option<i64>,
    pub transaction_kind: String,
    pub period_from: Option<TimeDate>,
    pub period_to: Option<TimeDate>,
    pub tax_point_date: Option<TimeDate>,
    pub tax_currency: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub details: Json,
    pub note_ar: Option<String>,
    pub note_en: Option<String>,
    pub due_note_ar: Option<String>,
    pub due_note_en: Option<String>,
    pub party_name_ar: Option<String>,
    pub party_name_en: Option<String>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub snapshot: Option<Json>,
    pub digest: Option<Vec<u8>>,
    pub cost_currency: Option<String>,
    pub lines_net_minor: i64,
    pub allowances_minor: i64,
    pub charges_minor: i64,
    pub tax_exclusive_minor: i64,
    pub tax_minor: i64,
    pub tax_inclusive_minor: i64,
    pub prepaid_minor: i64,
    pub rounding_minor: i64,
    pub payable_minor: i64,
    pub paid_minor: i64,
    pub credited_minor: i64,
    pub credit_notes_minor: i64,
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
    pub version: i64,
    pub base_currency: Option<String>,
    pub base_rate_scaled: Option<i64>,
    pub base_net_minor: Option<i64>,
    pub base_tax_minor: Option<i64>,
    pub base_total_minor: Option<i64>,
    pub base_payable_minor: Option<i64>,
    pub base_paid_minor: Option<i64>,
}

no_relations!();

impl From<&DraftInvoice> for Model {
    fn from(draft: &DraftInvoice) -> Self {
        let written = &draft.content.written;
        let (issue_date, due_date) = (written.issue_date.map(date), written.due_date.map(date));
        Self {
            issue_date,
            due_date,
            created_at_ms: draft.created_at.as_millis(),
            updated_at_ms: draft.updated_at.as_millis(),
            version: draft.version.number().into(),
            ..Self::of(&draft.content)
        }
    }
}

impl From<&IssuedInvoice> for Model {
    fn from(issued: &IssuedInvoice) -> Self {
        let party = match issued.content.written.kind() {
            DocumentKind::Sale => &issued.snapshot.buyer.name,
            DocumentKind::Purchase => &issued.snapshot.seller.name,
        };
        let cost = issued.costs.iter().flatten().next();
        Self {
            status: InvoiceStatus::Issued.code().to_owned(),
            payment_status: issued.payment_status().code().to_owned(),
            number: Some(issued.number.text()),
            number_series: Some(issued.number.series.to_string()),
            number_year: Some(issued.number.year.into()),
            number_sequence: Some(issued.number.sequence.into()),
            issue_date: Some(date(issued.issue_date)),
            due_date: Some(date(issued.due_date)),
            issued_at_ms: Some(issued.issued_at.as_millis()),
            party_name_ar: text(party.ar()),
            party_name_en: text(party.en()),
            snapshot: Some(json(&SnapshotRow::from(&issued.snapshot))),
            digest: Some(issued.digest.as_bytes().to_vec()),
            cost_currency: cost.map(|cost| cost.currency().code().to_owned()),
            paid_minor: issued.paid.minor(),
            credited_minor: issued.credited.minor(),
            credit_notes_minor: issued.credit_notes.minor(),
            created_at_ms: issued.created_at.as_millis(),
            updated_at_ms: issued.updated_at.as_millis(),
            version: issued.version.number().into(),
            base_currency: Some(issued.base.currency().code().to_owned()),
            base_rate_scaled: Some(issued.base.rate.as_scaled()),
            base_net_minor: Some(issued.base.net.minor()),
            base_tax_minor: Some(issued.base.tax.minor()),
            base_total_minor: Some(issued.base.total.minor()),
            base_payable_minor: Some(issued.base.payable.minor()),
            base_paid_minor: Some(issued.base_paid.minor()),
            ..Self::of(&issued.content)
        }
    }
}

impl Model {
    /// What a document says, as a row of a draft.
    fn of(content: &InvoiceContent) -> Self {
        let written = &content.written;
        let corrects = written.corrects.as_ref();
        let notes = &written.annotations;
        let details = &written.details;
        Self {
            id: written.id.as_uuid(),
            kind: written.kind().code().to_owned(),
            document_type: written.document_type().code().to_owned(),
            status: InvoiceStatus::Draft.code().to_owned(),
            payment_status: PaymentStatus::None.code().to_owned(),
            customer_id: written.party.customer().map(Id::as_uuid),
            supplier_id: written.party.supplier().map(Id::as_uuid),
            supplier_reference: owned(written.supplier_reference.as_ref()),
            corrects_id: corrects.map(|it| it.invoice.as_uuid()),
            corrects_number: corrects.map(|it| it.number.clone()),
            corrects_issue_date: corrects.map(|it| date(it.issue_date)),
            corrects_reason_code: owned(corrects.and_then(|it| it.reason_code.as_ref())),
            corrects_reason: owned(corrects.and_then(|it| it.reason.as_ref())),
            warehouse_id: written.warehouse.map(Id::as_uuid),
            currency: written.currency.code().to_owned(),
            prices_include_tax: written.prices_include_tax,
            requested_issue_date: written.issue_date.map(date),
            requested_due_date: written.due_date.map(date),
            type_code: details.type_code.map(TypeCode::as_number).map(Into::into),
            transaction_kind: details.transaction.kind.code().to_owned(),
            period_from: details.period.map(Period::from).map(date),
            period_to: details.period.map(Period::to).map(date),
            tax_point_date: details.tax_point.map(date),
            tax_currency: details.tax_currency.map(|currency| currency.code().to_owned()),
            details: json(&DetailsRow::from(details)),
            note_ar: language(notes.note.as_ref(), BilingualText::ar),
            note_en: language(notes.note.as_ref(), BilingualText::en),
            due_note_ar: language(notes.due_note.as_ref(), BilingualText::ar),
            due_note_en: language(notes.due_note.as_ref(), BilingualText::en),
            ..Self::blank(&content.totals)
        }
    }

    /// A row that holds amounts and nothing else yet.
    fn blank(totals: &Totals) -> Self {
        Self {
            lines_net_minor: totals.lines_net.minor(),
            allowances_minor: totals.allowances.minor(),
            charges_minor: totals.charges.minor(),
            tax_exclusive_minor: totals.tax_exclusive.minor(),
            tax_minor: totals.tax.minor(),
            tax_inclusive_minor: totals.tax_inclusive.minor(),
            prepaid_minor: totals.prepaid.minor(),
            rounding_minor: totals.rounding.minor(),
            payable_minor: totals.payable.minor(),
            ..Self::default()
        }
    }
}

fn owned(reference: Option<&Reference>) -> Option<String> {
    reference.map(Reference::to_string)
}

/// A text in one of its languages, as a column holds it.
pub(crate) fn language(
    both: Option<&BilingualText>,
    pick: fn(&BilingualText) -> Option<&str>,
) -> Option<String> {
    both.and_then(pick).map(str::to_owned)
}

/// Row shapes are made of texts and lists, which always become JSON.
fn json(row: &impl Serialize) -> Json {
    serde_json::to_value(row).unwrap_or_default()
}
