//! What was sold and taxed in a period.

use std::collections::BTreeMap;

use gaara_invoicing::report::{
    Period, SalesBy, SalesGroup, SalesRow, SalesSums, Side, TaxReturnRow, in_books,
};
use gaara_invoicing::totals::Tax;
use gaara_kernel::{Currency, Id, Money, StoreError};
use sea_orm::FromQueryResult;
use sea_orm::prelude::{TimeDate, Uuid};

use crate::convert::{Stored, date};
use crate::session::Session;
use crate::view::clauses::Clauses;

const STORED: Stored = Stored("invoice");

#[derive(Debug, FromQueryResult)]
struct SoldRow {
    id: Option<Uuid>,
    day: Option<TimeDate>,
    code: Option<String>,
    name_ar: Option<String>,
    name_en: Option<String>,
    net: i64,
    tax: i64,
    cost: Option<i64>,
}

/// Whether a document is in the currency of the books.
const AT_PAR: &str = "CASE WHEN COALESCE(invoices.base_currency, invoices.currency) \
     = invoices.currency THEN 1 ELSE 0 END";

/// Credit notes are taken off.
const SIGN: &str = "CASE WHEN invoices.document_type = 'invoice' THEN 1 ELSE -1 END";

#[derive(Debug, FromQueryResult)]
struct TaxedRow {
    /// The document, where it is in another currency than the books.
    document: Option<Uuid>,
    kind: String,
    category: String,
    rate: i64,
    taxable: i64,
    tax: i64,
    base_net: i64,
    base_tax: i64,
}

/// The documents of the period, and what the goods of each cost: what left the stock with it, less
/// what came back.
fn sold(clauses: &mut Clauses, period: Period) -> String {
    let (from, to) = (clauses.parameter(date(period.from())), clauses.parameter(date(period.to())));
    format!(
        "WITH sold AS (SELECT invoices.id, invoices.customer_id, invoices.issue_date AS day, \
         {SIGN} AS sign, \
         {SIGN} * COALESCE(invoices.base_net_minor, invoices.tax_exclusive_minor) AS net, \
         {SIGN} * COALESCE(invoices.base_tax_minor, invoices.tax_minor) AS tax, \
         {AT_PAR} AS at_par FROM invoices \
         WHERE invoices.status = 'issued' AND invoices.kind = 'sale' \
         AND invoices.issue_date_key BETWEEN {from} AND {to}), \
         moved AS (SELECT sold.id, stock_ledger.product_id, \
         -SUM(stock_ledger.value_minor) AS cost FROM sold \
         JOIN stock_movements ON stock_movements.invoice_id = sold.id \
         JOIN stock_ledger ON stock_ledger.movement_id = stock_movements.id \
         GROUP BY sold.id, stock_ledger.product_id)"
    )
}

/// Whole documents, with the cost of each.
const DOCUMENTS: &str = "whole AS (SELECT sold.*, costs.cost FROM sold LEFT JOIN \
     (SELECT moved.id, SUM(moved.cost) AS cost FROM moved GROUP BY moved.id) AS costs \
     ON costs.id = sold.id)";

/// Lines by product; those of documents in other currencies count without one. What a document comes to beyond its lines stands without a product: documents
/// are added whole, and their lines are taken off again.
const LINES: &str = "parts AS (SELECT invoice_lines.product_id, \
     sold.sign * invoice_lines.net_minor AS net, \
     sold.sign * invoice_lines.tax_amount_minor AS tax, \
     CAST(NULL AS bigint) AS cost FROM sold JOIN invoice_lines ON invoice_lines.invoice_id = sold.id \
     AND sold.at_par = 1 \
     UNION ALL SELECT NULL, sold.net, sold.tax, NULL FROM sold \
     UNION ALL SELECT NULL, -sold.sign * invoice_lines.net_minor, \
     -sold.sign * invoice_lines.tax_amount_minor, NULL \
     FROM sold JOIN invoice_lines ON invoice_lines.invoice_id = sold.id \
     AND sold.at_par = 1 \
     UNION ALL SELECT moved.product_id, 0, 0, CAST(moved.cost AS bigint) FROM moved)";

/// The sums of a group, as every list of sales selects them.
const SUMS: &str = "CAST(SUM(net) AS bigint) AS net, CAST(SUM(tax) AS bigint) AS tax, \
     CAST(SUM(cost) AS bigint) AS cost";

pub(super) async fn sales(
    connection: &Session,
    books: Currency,
    by: SalesBy,
    period: Period,
) -> Result<Vec<SalesRow>, StoreError> {
    let mut clauses = Clauses::default();
    let sold = sold(&mut clauses, period);
    let text = match by {
        SalesBy::Day | SalesBy::Month => format!(
            "{sold}, {DOCUMENTS} SELECT CAST(NULL AS {uuid}) AS id, whole.day, \
             CAST(NULL AS text) AS code, CAST(NULL AS text) AS name_ar, \
             CAST(NULL AS text) AS name_en, {SUMS} FROM whole GROUP BY whole.day \
             ORDER BY whole.day",
            uuid = uuid(connection),
        ),
        SalesBy::Customer => format!(
            "{sold}, {DOCUMENTS} SELECT customers.id, CAST(NULL AS date) AS day, \
             CAST(NULL AS text) AS code, customers.name_ar, customers.name_en, {SUMS} \
             FROM whole JOIN customers ON customers.id = whole.customer_id \
             GROUP BY customers.id, customers.name_ar, customers.name_en \
             ORDER BY net DESC, customers.id"
        ),
        SalesBy::Product => format!(
            "{sold}, {LINES} SELECT products.id, CAST(NULL AS date) AS day, \
             CAST(products.sku AS text) AS code, products.name_ar, products.name_en, {SUMS} \
             FROM parts LEFT JOIN products ON products.id = parts.product_id \
             GROUP BY products.id, products.sku, products.name_ar, products.name_en \
             ORDER BY CASE WHEN products.id IS NULL THEN 1 ELSE 0 END, net DESC, products.id"
        ),
    };
    let rows: Vec<SoldRow> = clauses.read(connection, text).await?;
    let is_something =
        |row: &SoldRow| row.id.is_some() || row.day.is_some() || row.net != 0 || row.tax != 0;
    rows.into_iter().filter(is_something).map(|row| sales_row(by, books, &row)).collect()
}

/// How the engine names the type of ids.
fn uuid(connection: &Session) -> &'static str {
    use sea_orm::{ConnectionTrait, DbBackend};
    match connection.get_database_backend() {
        DbBackend::Sqlite => "blob",
        _ => "uuid",
    }
}

fn sales_row(by: SalesBy, books: Currency, row: &SoldRow) -> Result<SalesRow, StoreError> {
    let money = |minor| STORED.money(minor, books);
    let sums = SalesSums {
        net: money(row.net)?,
        tax: money(row.tax)?,
        cost: row.cost.map(money).transpose()?,
    };
    let name = || STORED.name(row.name_ar.as_ref(), row.name_en.as_ref());
    let group = match (by, row.id) {
        (SalesBy::Day | SalesBy::Month, _) => SalesGroup::Day(STORED.date(STORED.some(row.day)?)?),
        (SalesBy::Customer, id) => {
            SalesGroup::Customer { id: Id::from_uuid(STORED.some(id)?), name: name()? }
        }
        (SalesBy::Product, None) => SalesGroup::WithoutProduct,
        (SalesBy::Product, Some(id)) => SalesGroup::Product {
            id: Id::from_uuid(id),
            sku: STORED.code(&STORED.some(row.code.clone())?)?,
            name: name()?,
        },
    };
    Ok(SalesRow { group, sums })
}

pub(super) async fn taxed(
    connection: &Session,
    books: Currency,
    period: Period,
) -> Result<Vec<TaxReturnRow>, StoreError> {
    let mut clauses = Clauses::default();
    let (from, to) = (clauses.parameter(date(period.from())), clauses.parameter(date(period.to())));
    let text = format!(
        "SELECT CASE WHEN {AT_PAR} = 1 THEN NULL ELSE invoices.id END AS document, \
         invoices.kind, invoice_tax_groups.tax_category AS category, \
         invoice_tax_groups.tax_rate_millionths AS rate, \
         CAST(SUM({SIGN} * invoice_tax_groups.taxable_minor) AS bigint) AS taxable, \
         CAST(SUM({SIGN} * invoice_tax_groups.tax_amount_minor) AS bigint) AS tax, \
         MAX({SIGN} * COALESCE(invoices.base_net_minor, 0)) AS base_net, \
         MAX({SIGN} * COALESCE(invoices.base_tax_minor, 0)) AS base_tax \
         FROM invoices JOIN invoice_tax_groups ON invoice_tax_groups.invoice_id = invoices.id \
         WHERE invoices.status = 'issued' \
         AND invoices.issue_date_key BETWEEN {from} AND {to} \
         GROUP BY CASE WHEN {AT_PAR} = 1 THEN NULL ELSE invoices.id END, invoices.kind, \
         invoice_tax_groups.tax_category, invoice_tax_groups.tax_rate_millionths"
    );
    let rows: Vec<TaxedRow> = clauses.read(connection, text).await?;
    let (at_par, foreign): (Vec<TaxedRow>, Vec<TaxedRow>) =
        rows.into_iter().partition(|row| row.document.is_none());
    let mut sums = TaxSums::new();
    for row in &at_par {
        let taxable = STORED.money(row.taxable, books)?;
        add(&mut sums, row, taxable, STORED.money(row.tax, books)?)?;
    }
    let mut documents: BTreeMap<Option<Uuid>, Vec<TaxedRow>> = BTreeMap::new();
    for row in foreign {
        documents.entry(row.document).or_default().push(row);
    }
    for rows in documents.into_values() {
        add_foreign(&mut sums, &rows, books)?;
    }
    let row = |((side, tax), [taxable, tax_amount]): ((Side, Tax), [Money; 2])| TaxReturnRow {
        side,
        tax,
        taxable,
        tax_amount,
    };
    Ok(sums.into_iter().map(row).collect())
}

type TaxSums = BTreeMap<(Side, Tax), [Money; 2]>;

fn add(
    sums: &mut TaxSums,
    row: &TaxedRow,
    taxable: Money,
    tax_amount: Money,
) -> Result<(), StoreError> {
    let side = if row.kind == "sale" { Side::Sales } else { Side::Purchases };
    let tax = STORED.tax(&row.category, row.rate)?;
    let sum = sums.entry((side, tax)).or_insert([Money::zero(taxable.currency()); 2]);
    let [before, tax_before] = *sum;
    *sum = [STORED.good(before.plus(taxable))?, STORED.good(tax_before.plus(tax_amount))?];
    Ok(())
}

/// Adds the tax groups of one document in another currency: each its share of what the document
/// comes to in the books.
fn add_foreign(sums: &mut TaxSums, rows: &[TaxedRow], books: Currency) -> Result<(), StoreError> {
    let Some(first) = rows.first() else { return Ok(()) };
    // Shares go by size alone, so the currency of the parts makes no difference.
    let parts = |pick: fn(&TaxedRow) -> i64| -> Result<Vec<Money>, StoreError> {
        rows.iter().map(|row| STORED.money(pick(row), books)).collect()
    };
    let taxables = in_books(STORED.money(first.base_net, books)?, &parts(|row| row.taxable)?);
    let taxes = in_books(STORED.money(first.base_tax, books)?, &parts(|row| row.tax)?);
    let (taxables, taxes) = (STORED.good(taxables)?, STORED.good(taxes)?);
    for ((row, taxable), tax) in rows.iter().zip(taxables).zip(taxes) {
        add(sums, row, taxable, tax)?;
    }
    Ok(())
}
