//! What was sold and taxed in a period.

use gaara_invoicing::report::{
    Period, SalesBy, SalesGroup, SalesRow, SalesSums, Side, TaxReturnRow,
};
use gaara_kernel::{Currency, Id, StoreError};
use sea_orm::prelude::{TimeDate, Uuid};
use sea_orm::{DatabaseTransaction, FromQueryResult};

use crate::convert::{Stored, date};
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

#[derive(Debug, FromQueryResult)]
struct TaxedRow {
    category: String,
    rate: i64,
    taxable: i64,
    tax: i64,
}

/// The documents of the period, and what the goods of each cost: what left the stock with it, less
/// what came back.
fn sold(clauses: &mut Clauses, period: Period) -> String {
    let (from, to) = (clauses.parameter(date(period.from())), clauses.parameter(date(period.to())));
    format!(
        "WITH sold AS (SELECT invoices.id, invoices.customer_id, invoices.issue_date AS day, \
         invoices.tax_exclusive_minor AS net, invoices.tax_minor AS tax FROM invoices \
         WHERE invoices.status = 'issued' \
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

/// Lines by product. What a document comes to beyond its lines stands without a product: documents
/// are added whole, and their lines are taken off again.
const LINES: &str = "parts AS (SELECT invoice_lines.product_id, \
     invoice_lines.net_minor AS net, invoice_lines.tax_amount_minor AS tax, \
     CAST(NULL AS bigint) AS cost FROM sold JOIN invoice_lines ON invoice_lines.invoice_id = sold.id \
     UNION ALL SELECT NULL, sold.net, sold.tax, NULL FROM sold \
     UNION ALL SELECT NULL, -invoice_lines.net_minor, -invoice_lines.tax_amount_minor, NULL \
     FROM sold JOIN invoice_lines ON invoice_lines.invoice_id = sold.id \
     UNION ALL SELECT moved.product_id, 0, 0, CAST(moved.cost AS bigint) FROM moved)";

/// The sums of a group, as every list of sales selects them.
const SUMS: &str = "CAST(SUM(net) AS bigint) AS net, CAST(SUM(tax) AS bigint) AS tax, \
     CAST(SUM(cost) AS bigint) AS cost";

pub(super) async fn sales(
    connection: &DatabaseTransaction,
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
fn uuid(connection: &DatabaseTransaction) -> &'static str {
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
    connection: &DatabaseTransaction,
    books: Currency,
    period: Period,
) -> Result<Vec<TaxReturnRow>, StoreError> {
    let mut clauses = Clauses::default();
    let (from, to) = (clauses.parameter(date(period.from())), clauses.parameter(date(period.to())));
    let text = format!(
        "SELECT invoice_tax_groups.tax_category AS category, \
         invoice_tax_groups.tax_rate_millionths AS rate, \
         CAST(SUM(invoice_tax_groups.taxable_minor) AS bigint) AS taxable, \
         CAST(SUM(invoice_tax_groups.tax_amount_minor) AS bigint) AS tax \
         FROM invoices JOIN invoice_tax_groups ON invoice_tax_groups.invoice_id = invoices.id \
         WHERE invoices.status = 'issued' \
         AND invoices.issue_date_key BETWEEN {from} AND {to} \
         GROUP BY invoice_tax_groups.tax_category, invoice_tax_groups.tax_rate_millionths"
    );
    let rows: Vec<TaxedRow> = clauses.read(connection, text).await?;
    let row = |row: TaxedRow| {
        Ok(TaxReturnRow {
            side: Side::Sales,
            tax: STORED.tax(&row.category, row.rate)?,
            taxable: STORED.money(row.taxable, books)?,
            tax_amount: STORED.money(row.tax, books)?,
        })
    };
    rows.into_iter().map(row).collect()
}
