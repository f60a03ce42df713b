//! What is to be declared.

use gaara_invoicing::report::{Period, TaxReturn, TaxReturnRow, TaxReturnSums};
use serde::Serialize;
use utoipa::ToSchema;

/// What falls under one tax.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaxReturnRowBody {
    /// `sales` or `purchases`.
    #[schema(example = "sales")]
    pub(crate) side: &'static str,
    /// The category of tax (UNCL5305).
    #[schema(example = "S")]
    pub(crate) category: &'static str,
    /// The rate, in percent.
    #[schema(example = "15")]
    pub(crate) rate: String,
    /// The taxable amount.
    #[schema(example = "100.00")]
    pub(crate) taxable: String,
    /// The tax.
    #[schema(example = "15.00")]
    pub(crate) tax: String,
    /// The currency of the books.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
}

/// What one side comes to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaxReturnSumsBody {
    /// The taxable amount.
    #[schema(example = "100.00")]
    pub(crate) taxable: String,
    /// The tax.
    #[schema(example = "15.00")]
    pub(crate) tax: String,
}

/// What is to be declared of a period; credit notes are taken off.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaxReturnBody {
    /// The first day.
    #[schema(example = "2026-11-01")]
    pub(crate) date_from: String,
    /// The last day.
    #[schema(example = "2026-11-30")]
    pub(crate) date_to: String,
    /// The currency of the books.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
    /// One row for each side, category and rate.
    pub(crate) data: Vec<TaxReturnRowBody>,
    /// What was sold.
    pub(crate) sales: TaxReturnSumsBody,
    /// What was bought.
    pub(crate) purchases: TaxReturnSumsBody,
    /// The tax on sales less the tax on purchases.
    #[schema(example = "15.00")]
    pub(crate) due: String,
}

impl TaxReturnBody {
    /// What the API shows of a tax return.
    #[must_use]
    pub(crate) fn new(period: Period, told: &TaxReturn) -> Self {
        Self {
            date_from: period.from().to_string(),
            date_to: period.to().to_string(),
            currency: told.due.currency().code(),
            data: told.rows.iter().map(TaxReturnRowBody::from).collect(),
            sales: (&told.sales).into(),
            purchases: (&told.purchases).into(),
            due: told.due.amount(),
        }
    }
}

impl From<&TaxReturnRow> for TaxReturnRowBody {
    fn from(row: &TaxReturnRow) -> Self {
        Self {
            side: row.side.code(),
            category: row.tax.category().code(),
            rate: row.tax.rate().to_string(),
            taxable: row.taxable.amount(),
            tax: row.tax_amount.amount(),
            currency: row.taxable.currency().code(),
        }
    }
}

impl From<&TaxReturnSums> for TaxReturnSumsBody {
    fn from(sums: &TaxReturnSums) -> Self {
        Self { taxable: sums.taxable.amount(), tax: sums.tax_amount.amount() }
    }
}
