//! A row of `invoices`; lines, adjustments and tax groups are rows of their own.

use gaara_invoicing::totals::{AdjustmentPart, DocumentAdjustment, LineTotals, TaxGroup, Totals};
use gaara_invoicing::{
    DraftInvoice, Invoice, InvoiceContent, InvoiceNumber, InvoiceStatus, IssuedInvoice, NewInvoice,
    NewLine, PaymentStatus,
};
use gaara_kernel::{Id, StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, date};

const STORED: Stored = Stored("invoice");

/// The columns `issue_date_key` and `number_key` are left out: the database derives them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub status: String,
    pub payment_status: String,
    pub number: Option<String>,
    pub number_series: Option<String>,
    pub number_year: Option<i64>,
    pub number_sequence: Option<i64>,
    pub customer_id: Uuid,
    pub warehouse_id: Option<Uuid>,
    pub currency: String,
    pub prices_include_tax: bool,
    pub requested_issue_date: Option<TimeDate>,
    pub requested_due_date: Option<TimeDate>,
    pub issue_date: Option<TimeDate>,
    pub due_date: Option<TimeDate>,
    pub issued_at_ms: Option<i64>,
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
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
    pub version: i64,
}

no_relations!();

/// What the other tables hold of a document, in its order.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    pub(crate) lines: Vec<NewLine>,
    pub(crate) line_totals: Vec<LineTotals>,
    pub(crate) tax_groups: Vec<TaxGroup>,
    pub(crate) allowances: Vec<DocumentAdjustment>,
    pub(crate) charges: Vec<DocumentAdjustment>,
    pub(crate) allowance_parts: Vec<AdjustmentPart>,
    pub(crate) charge_parts: Vec<AdjustmentPart>,
}

impl From<&DraftInvoice> for Model {
    fn from(draft: &DraftInvoice) -> Self {
        let InvoiceContent { written, totals } = &draft.content;
        let issue_date = written.issue_date.map(date);
        let due_date = written.due_date.map(date);
        Self {
            id: written.id.as_uuid(),
            status: InvoiceStatus::Draft.code().to_owned(),
            payment_status: PaymentStatus::None.code().to_owned(),
            number: None,
            number_series: None,
            number_year: None,
            number_sequence: None,
            customer_id: written.customer.as_uuid(),
            warehouse_id: written.warehouse.map(Id::as_uuid),
            currency: written.currency.code().to_owned(),
            prices_include_tax: written.prices_include_tax,
            requested_issue_date: issue_date,
            requested_due_date: due_date,
            issue_date,
            due_date,
            issued_at_ms: None,
            lines_net_minor: totals.lines_net.minor(),
            allowances_minor: totals.allowances.minor(),
            charges_minor: totals.charges.minor(),
            tax_exclusive_minor: totals.tax_exclusive.minor(),
            tax_minor: totals.tax.minor(),
            tax_inclusive_minor: totals.tax_inclusive.minor(),
            prepaid_minor: totals.prepaid.minor(),
            rounding_minor: totals.rounding.minor(),
            payable_minor: totals.payable.minor(),
            paid_minor: 0,
            credited_minor: 0,
            created_at_ms: draft.created_at.as_millis(),
            updated_at_ms: draft.updated_at.as_millis(),
            version: draft.version.number().into(),
        }
    }
}

impl Model {
    /// Puts the document together again.
    pub(crate) fn with_contents(self, contents: Contents) -> Result<Invoice, StoreError> {
        let content = self.content(contents)?;
        let status = STORED.some(InvoiceStatus::from_code(&self.status))?;
        match status {
            InvoiceStatus::Draft => Ok(Invoice::Draft(Box::new(DraftInvoice {
                content,
                created_at: Timestamp::from_millis(self.created_at_ms),
                updated_at: Timestamp::from_millis(self.updated_at_ms),
                version: STORED.version(self.version)?,
            }))),
            InvoiceStatus::Issued => self.issued(content).map(Box::new).map(Invoice::Issued),
        }
    }

    fn issued(self, content: InvoiceContent) -> Result<IssuedInvoice, StoreError> {
        let currency = content.written.currency;
        Ok(IssuedInvoice {
            content,
            number: InvoiceNumber {
                series: STORED.code(&STORED.some(self.number_series)?)?,
                year: STORED.number(STORED.some(self.number_year)?)?,
                sequence: STORED.number(STORED.some(self.number_sequence)?)?,
                written: STORED.some(self.number)?,
            },
            issue_date: STORED.date(STORED.some(self.issue_date)?)?,
            due_date: STORED.date(STORED.some(self.due_date)?)?,
            issued_at: Timestamp::from_millis(STORED.some(self.issued_at_ms)?),
            paid: STORED.money(self.paid_minor, currency)?,
            credited: STORED.money(self.credited_minor, currency)?,
            created_at: Timestamp::from_millis(self.created_at_ms),
            updated_at: Timestamp::from_millis(self.updated_at_ms),
            version: STORED.version(self.version)?,
        })
    }

    fn content(&self, contents: Contents) -> Result<InvoiceContent, StoreError> {
        let currency = STORED.currency(&self.currency)?;
        let money = |minor| STORED.money(minor, currency);
        let totals = Totals {
            lines: contents.line_totals,
            tax_groups: contents.tax_groups,
            allowance_parts: contents.allowance_parts,
            charge_parts: contents.charge_parts,
            lines_net: money(self.lines_net_minor)?,
            allowances: money(self.allowances_minor)?,
            charges: money(self.charges_minor)?,
            tax_exclusive: money(self.tax_exclusive_minor)?,
            tax: money(self.tax_minor)?,
            tax_inclusive: money(self.tax_inclusive_minor)?,
            prepaid: money(self.prepaid_minor)?,
            rounding: money(self.rounding_minor)?,
            payable: money(self.payable_minor)?,
        };
        let written = NewInvoice {
            id: Id::from_uuid(self.id),
            customer: Id::from_uuid(self.customer_id),
            warehouse: self.warehouse_id.map(Id::from_uuid),
            currency,
            issue_date: STORED.date_if_any(self.requested_issue_date)?,
            due_date: STORED.date_if_any(self.requested_due_date)?,
            prices_include_tax: self.prices_include_tax,
            lines: contents.lines,
            allowances: contents.allowances,
            charges: contents.charges,
            prepaid: totals.prepaid,
            rounding: totals.rounding,
        };
        Ok(InvoiceContent { written, totals })
    }
}
