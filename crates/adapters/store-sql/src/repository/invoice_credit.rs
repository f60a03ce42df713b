//! What credit notes took back of an invoice, added up by the database.

use gaara_invoicing::totals::TaxGroup;
use gaara_invoicing::{CreditedBase, CreditedLine, CreditedSoFar};
use gaara_kernel::{Id, InvoiceId, StoreError};
use sea_orm::FromQueryResult;

use crate::bulk::select;
use crate::convert::Stored;
use crate::session::Session;

const STORED: Stored = Stored("invoice");

#[derive(Debug, FromQueryResult)]
struct LineRow {
    line: i64,
    currency: String,
    quantity: i64,
    amount: i64,
}

#[derive(Debug, FromQueryResult)]
struct SumsRow {
    currency: String,
    rounding: i64,
    base_currency: String,
    base_tax: i64,
    base_total: i64,
    base_payable: i64,
}

#[derive(Debug, FromQueryResult)]
struct GroupRow {
    tax_category: String,
    tax_rate: i64,
    currency: String,
    taxable: i64,
    tax_amount: i64,
}

/// What issued credit notes took back of an invoice.
pub(super) async fn credited(
    connection: &Session,
    invoice: InvoiceId,
) -> Result<CreditedSoFar, StoreError> {
    let id = invoice.as_uuid();
    let lines: Vec<LineRow> = select(
        connection,
        "SELECT invoice_lines.corrects_line AS line, notes.currency, \
             CAST(SUM(invoice_lines.quantity_millionths) AS bigint) AS quantity, \
             CAST(SUM(invoice_lines.gross_minor) AS bigint) AS amount \
             FROM invoices AS notes JOIN invoice_lines ON invoice_lines.invoice_id = notes.id \
             WHERE notes.corrects_id = $1 AND notes.status = 'issued' \
             AND invoice_lines.corrects_line IS NOT NULL \
             GROUP BY invoice_lines.corrects_line, notes.currency \
             ORDER BY invoice_lines.corrects_line",
        [id.into()],
    )
    .await?;
    let sums: Vec<SumsRow> = select(
        connection,
        "SELECT notes.currency, CAST(SUM(notes.rounding_minor) AS bigint) AS rounding, \
             notes.base_currency, CAST(SUM(notes.base_tax_minor) AS bigint) AS base_tax, \
             CAST(SUM(notes.base_total_minor) AS bigint) AS base_total, \
             CAST(SUM(notes.base_payable_minor) AS bigint) AS base_payable \
             FROM invoices AS notes \
             WHERE notes.corrects_id = $1 AND notes.status = 'issued' \
             GROUP BY notes.currency, notes.base_currency",
        [id.into()],
    )
    .await?;
    let groups: Vec<GroupRow> = select(
        connection,
        "SELECT parts.tax_category, parts.tax_rate_millionths AS tax_rate, notes.currency, \
             CAST(SUM(parts.taxable_minor) AS bigint) AS taxable, \
             CAST(SUM(parts.tax_amount_minor) AS bigint) AS tax_amount \
             FROM invoices AS notes \
             JOIN invoice_tax_groups AS parts ON parts.invoice_id = notes.id \
             WHERE notes.corrects_id = $1 AND notes.status = 'issued' \
             GROUP BY parts.tax_category, parts.tax_rate_millionths, notes.currency \
             ORDER BY parts.tax_category, parts.tax_rate_millionths",
        [id.into()],
    )
    .await?;
    let sums = sums.first();
    let rounding = sums.map(|row| STORED.money(row.rounding, STORED.currency(&row.currency)?));
    Ok(CreditedSoFar {
        rounding: rounding.transpose()?,
        base: sums.map(CreditedBase::try_from).transpose()?,
        lines: lines.into_iter().map(CreditedLine::try_from).collect::<Result<_, _>>()?,
        groups: groups.into_iter().map(TaxGroup::try_from).collect::<Result<_, _>>()?,
    })
}

impl TryFrom<&SumsRow> for CreditedBase {
    type Error = StoreError;

    fn try_from(row: &SumsRow) -> Result<Self, StoreError> {
        let currency = STORED.currency(&row.base_currency)?;
        Ok(Self {
            tax: STORED.money(row.base_tax, currency)?,
            total: STORED.money(row.base_total, currency)?,
            payable: STORED.money(row.base_payable, currency)?,
        })
    }
}

impl TryFrom<LineRow> for CreditedLine {
    type Error = StoreError;

    fn try_from(row: LineRow) -> Result<Self, StoreError> {
        Ok(Self {
            line: STORED.number(row.line)?,
            quantity: STORED.quantity(row.quantity)?,
            amount: STORED.money(row.amount, STORED.currency(&row.currency)?)?,
        })
    }
}

impl TryFrom<GroupRow> for TaxGroup {
    type Error = StoreError;

    fn try_from(row: GroupRow) -> Result<Self, StoreError> {
        let currency = STORED.currency(&row.currency)?;
        Ok(Self {
            tax: STORED.tax(&row.tax_category, row.tax_rate)?,
            taxable: STORED.money(row.taxable, currency)?,
            tax_amount: STORED.money(row.tax_amount, currency)?,
        })
    }
}
