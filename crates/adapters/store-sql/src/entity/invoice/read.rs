//! Putting a document together from its rows.

use gaara_invoicing::details::{Period, Reference, TransactionFlags, TypeCode};
use gaara_invoicing::totals::{AdjustmentPart, DocumentAdjustment, LineTotals, TaxGroup, Totals};
use gaara_invoicing::{
    Annotations, BaseTotals, ContentDigest, Correction, DocumentKind, DocumentType, DraftInvoice,
    ExchangeRate, Invoice, InvoiceContent, InvoiceNumber, InvoiceStatus, IssuedInvoice, NewInvoice,
    NewLine, PartyId, Snapshot, VoidedInvoice,
};
use gaara_kernel::{BilingualText, Currency, DuePart, Id, Money, StoreError, Timestamp};
use sea_orm::prelude::TimeDate;

use super::details::{DetailsRow, reference};
use super::snapshot::SnapshotRow;
use super::{InvoiceDetails, Model, STORED, TransactionKind};

/// What the other tables hold of a document, in its order.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    pub(crate) lines: Vec<NewLine>,
    pub(crate) line_totals: Vec<LineTotals>,
    /// What the goods of each line cost, in minor units of the books' currency.
    pub(crate) costs_minor: Vec<Option<i64>>,
    pub(crate) tax_groups: Vec<TaxGroup>,
    pub(crate) allowances: Vec<DocumentAdjustment>,
    pub(crate) charges: Vec<DocumentAdjustment>,
    pub(crate) allowance_parts: Vec<AdjustmentPart>,
    pub(crate) charge_parts: Vec<AdjustmentPart>,
    pub(crate) tags: Vec<Reference>,
    /// None where all is due on one day.
    pub(crate) instalments: Vec<DuePart>,
}

impl Model {
    /// Puts the document together again.
    pub(crate) fn with_contents(self, mut contents: Contents) -> Result<Invoice, StoreError> {
        let costs_minor = std::mem::take(&mut contents.costs_minor);
        let instalments = std::mem::take(&mut contents.instalments);
        let content = self.content(contents)?;
        let status = STORED.some(InvoiceStatus::from_code(&self.status))?;
        match status {
            InvoiceStatus::Draft => Ok(Invoice::Draft(Box::new(DraftInvoice {
                content,
                created_at: Timestamp::from_millis(self.created_at_ms),
                updated_at: Timestamp::from_millis(self.updated_at_ms),
                version: STORED.version(self.version)?,
            }))),
            InvoiceStatus::Issued => {
                self.issued(content, &costs_minor, instalments).map(Box::new).map(Invoice::Issued)
            }
            InvoiceStatus::Void => {
                let reason = reference(self.void_reason.as_deref())?;
                let voided_at = Timestamp::from_millis(STORED.some(self.voided_at_ms)?);
                let issued = self.issued(content, &costs_minor, instalments)?;
                Ok(Invoice::Void(Box::new(VoidedInvoice { issued, reason, voided_at })))
            }
        }
    }

    fn issued(
        self,
        content: InvoiceContent,
        costs_minor: &[Option<i64>],
        mut instalments: Vec<DuePart>,
    ) -> Result<IssuedInvoice, StoreError> {
        let currency = content.written.currency;
        let due_date = STORED.date(STORED.some(self.due_date)?)?;
        if instalments.is_empty() {
            instalments.push(DuePart { due_date, amount: content.totals.payable });
        }
        let base_currency = self.base_currency.as_ref().unwrap_or(&self.currency);
        let base_currency = STORED.currency(base_currency)?;
        // At par both are one number, and the program before writes only the first.
        let base_paid = self.base_paid_minor.filter(|_| base_currency != currency);
        let base_paid = STORED.money(base_paid.unwrap_or(self.paid_minor), base_currency)?;
        let base = self.base(base_currency)?;
        let books = self.cost_currency.as_deref().map(|code| STORED.currency(code)).transpose()?;
        let cost = |minor: &Option<i64>| {
            let Some(minor) = minor else { return Ok(None) };
            STORED.money(*minor, STORED.some(books)?).map(Some)
        };
        let snapshot: SnapshotRow =
            STORED.good(serde_json::from_value(STORED.some(self.snapshot)?))?;
        let digest = STORED.good(STORED.some(self.digest)?.try_into())?;
        Ok(IssuedInvoice {
            content,
            snapshot: Snapshot::try_from(snapshot)?,
            digest: ContentDigest::new(digest),
            number: InvoiceNumber {
                series: STORED.code(&STORED.some(self.number_series)?)?,
                year: STORED.number(STORED.some(self.number_year)?)?,
                sequence: STORED.number(STORED.some(self.number_sequence)?)?,
                written: STORED.some(self.number)?,
            },
            issue_date: STORED.date(STORED.some(self.issue_date)?)?,
            due_date,
            instalments,
            base,
            base_paid,
            issued_at: Timestamp::from_millis(STORED.some(self.issued_at_ms)?),
            costs: costs_minor.iter().map(cost).collect::<Result<Vec<Option<Money>>, _>>()?,
            paid: STORED.money(self.paid_minor, currency)?,
            credited: STORED.money(self.credited_minor, currency)?,
            credit_notes: STORED.money(self.credit_notes_minor, currency)?,
            created_at: Timestamp::from_millis(self.created_at_ms),
            updated_at: Timestamp::from_millis(self.updated_at_ms),
            version: STORED.version(self.version)?,
        })
    }

    /// What it comes to in the books; at par where the program before wrote nothing.
    fn base(&self, books: Currency) -> Result<BaseTotals, StoreError> {
        let money = |base: Option<i64>, par: i64| STORED.money(base.unwrap_or(par), books);
        let rate = self.base_rate_scaled.map(ExchangeRate::from_scaled).transpose();
        Ok(BaseTotals {
            rate: STORED.good(rate)?.unwrap_or(ExchangeRate::ONE),
            net: money(self.base_net_minor, self.tax_exclusive_minor)?,
            tax: money(self.base_tax_minor, self.tax_minor)?,
            total: money(self.base_total_minor, self.tax_inclusive_minor)?,
            payable: money(self.base_payable_minor, self.payable_minor)?,
        })
    }

    fn content(&self, contents: Contents) -> Result<InvoiceContent, StoreError> {
        let currency = STORED.currency(&self.currency)?;
        let totals = Totals {
            lines: contents.line_totals,
            tax_groups: contents.tax_groups,
            allowance_parts: contents.allowance_parts,
            charge_parts: contents.charge_parts,
            ..self.totals(currency)?
        };
        let written = NewInvoice {
            id: Id::from_uuid(self.id),
            party: self.party()?,
            corrects: self.correction()?,
            supplier_reference: reference(self.supplier_reference.as_deref())?,
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
            details: self.details()?,
            annotations: Annotations {
                note: either(self.note_ar.as_ref(), self.note_en.as_ref())?,
                tags: contents.tags,
                due_note: either(self.due_note_ar.as_ref(), self.due_note_en.as_ref())?,
            },
        };
        Ok(InvoiceContent { written, totals })
    }

    /// The amounts of the row itself.
    fn totals(&self, currency: Currency) -> Result<Totals, StoreError> {
        let money = |minor| STORED.money(minor, currency);
        Ok(Totals {
            lines: Vec::new(),
            tax_groups: Vec::new(),
            allowance_parts: Vec::new(),
            charge_parts: Vec::new(),
            lines_net: money(self.lines_net_minor)?,
            allowances: money(self.allowances_minor)?,
            charges: money(self.charges_minor)?,
            tax_exclusive: money(self.tax_exclusive_minor)?,
            tax: money(self.tax_minor)?,
            tax_inclusive: money(self.tax_inclusive_minor)?,
            prepaid: money(self.prepaid_minor)?,
            rounding: money(self.rounding_minor)?,
            payable: money(self.payable_minor)?,
        })
    }

    fn party(&self) -> Result<PartyId, StoreError> {
        party(&self.kind, self.customer_id, self.supplier_id)
    }

    fn correction(&self) -> Result<Option<Correction>, StoreError> {
        let Some(invoice) = self.corrects_id else { return Ok(None) };
        Ok(Some(Correction {
            invoice: Id::from_uuid(invoice),
            number: STORED.some(self.corrects_number.clone())?,
            issue_date: STORED.date(STORED.some(self.corrects_issue_date)?)?,
            reason_code: reference(self.corrects_reason_code.as_deref())?,
            reason: reference(self.corrects_reason.as_deref())?,
        }))
    }

    fn details(&self) -> Result<InvoiceDetails, StoreError> {
        let document = STORED.some(DocumentType::from_code(&self.document_type))?;
        let type_code = |code| STORED.good(TypeCode::try_new(STORED.number(code)?, document));
        let kind = STORED.some(TransactionKind::from_code(&self.transaction_kind))?;
        let tax_currency = self.tax_currency.as_deref();
        let mut details = InvoiceDetails {
            type_code: self.type_code.map(type_code).transpose()?,
            transaction: TransactionFlags { kind, ..TransactionFlags::default() },
            period: period(self.period_from, self.period_to)?,
            tax_point: STORED.date_if_any(self.tax_point_date)?,
            tax_currency: tax_currency.map(|code| STORED.currency(code)).transpose()?,
            ..InvoiceDetails::default()
        };
        let rest: DetailsRow = STORED.good(serde_json::from_value(self.details.clone()))?;
        rest.complete(&mut details)?;
        Ok(details)
    }
}

/// The other side of a document.
pub(crate) fn party(
    kind: &str,
    customer: Option<sea_orm::prelude::Uuid>,
    supplier: Option<sea_orm::prelude::Uuid>,
) -> Result<PartyId, StoreError> {
    Ok(match STORED.some(DocumentKind::from_code(kind))? {
        DocumentKind::Sale => PartyId::Customer(Id::from_uuid(STORED.some(customer)?)),
        DocumentKind::Purchase => PartyId::Supplier(Id::from_uuid(STORED.some(supplier)?)),
    })
}

/// A period of two columns; absent where both are.
pub(crate) fn period(
    from: Option<TimeDate>,
    to: Option<TimeDate>,
) -> Result<Option<Period>, StoreError> {
    let days = STORED.date_if_any(from)?.zip(STORED.date_if_any(to)?);
    days.map(|(from, to)| STORED.good(Period::try_new(from, to))).transpose()
}

/// A text of two columns; absent where both are.
pub(crate) fn either(
    ar: Option<&String>,
    en: Option<&String>,
) -> Result<Option<BilingualText>, StoreError> {
    if ar.is_none() && en.is_none() { Ok(None) } else { STORED.name(ar, en).map(Some) }
}
