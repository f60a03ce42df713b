//! What was sold.

use gaara_invoicing::report::{Period, SalesBy, SalesGroup, SalesReport, SalesRow, SalesSums};
use gaara_kernel::{BilingualText, Language, Money, MoneyError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::views::BilingualBody;

/// What was sold, in the currency of the books; credit notes are taken off.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SalesSumsBody {
    /// Before tax.
    #[schema(example = "100.00")]
    pub(crate) net: String,
    /// The tax.
    #[schema(example = "15.00")]
    pub(crate) tax: String,
    /// With tax.
    #[schema(example = "115.00")]
    pub(crate) gross: String,
    /// What the goods cost; null where nothing left the stock.
    #[schema(example = "60.00", required = true)]
    pub(crate) cost: Option<String>,
    /// The net less the cost; null where no cost is known.
    #[schema(example = "40.00", required = true)]
    pub(crate) margin: Option<String>,
    /// The currency of the books.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
}

/// What was sold on a day, in a month, to a customer or of a product.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SalesRowBody {
    /// The day, or the month as `YYYY-MM`.
    #[schema(example = "2026-11", required = true)]
    pub(crate) period: Option<String>,
    /// The id of the customer or the product; null for what has no product.
    #[schema(required = true)]
    pub(crate) id: Option<String>,
    /// The SKU of the product.
    #[schema(required = true)]
    pub(crate) code: Option<String>,
    /// The name of the customer or the product.
    #[schema(required = true)]
    pub(crate) name: Option<BilingualBody>,
    /// The name in the language asked for.
    #[schema(required = true)]
    pub(crate) display_name: Option<String>,
    /// How much.
    #[serde(flatten)]
    pub(crate) sums: SalesSumsBody,
}

/// What was sold in a period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SalesBody {
    /// `day`, `month`, `customer` or `product`.
    #[schema(example = "month")]
    pub(crate) group_by: &'static str,
    /// The first day.
    #[schema(example = "2026-11-01")]
    pub(crate) date_from: String,
    /// The last day.
    #[schema(example = "2026-11-30")]
    pub(crate) date_to: String,
    /// The rows: days and months in their order, customers and products by net, the most first.
    pub(crate) data: Vec<SalesRowBody>,
    /// The sum of the rows.
    pub(crate) total: SalesSumsBody,
}

impl SalesBody {
    /// What the API shows of sales.
    ///
    /// # Errors
    /// [`Problem`] when a sum is beyond an amount.
    pub(crate) fn new(
        by: SalesBy,
        period: Period,
        report: &SalesReport,
        language: Language,
    ) -> Result<Self, Problem> {
        let row = |row| SalesRowBody::new(row, language);
        let data =
            report.rows.iter().map(row).collect::<Result<_, _>>().map_err(Problem::internal)?;
        Ok(Self {
            group_by: by.code(),
            date_from: period.from().to_string(),
            date_to: period.to().to_string(),
            data,
            total: SalesSumsBody::new(&report.total).map_err(Problem::internal)?,
        })
    }
}

impl SalesRowBody {
    fn new(row: &SalesRow, language: Language) -> Result<Self, MoneyError> {
        let nameless = Self {
            period: None,
            id: None,
            code: None,
            name: None,
            display_name: None,
            sums: SalesSumsBody::new(&row.sums)?,
        };
        Ok(match &row.group {
            SalesGroup::Day(day) => Self { period: Some(day.to_string()), ..nameless },
            SalesGroup::Month(first) => {
                let month = format!("{:04}-{:02}", first.year(), first.month());
                Self { period: Some(month), ..nameless }
            }
            SalesGroup::Customer { id, name } => nameless.named(id.to_string(), name, language),
            SalesGroup::Product { id, sku, name } => Self {
                code: Some(sku.to_string()),
                ..nameless.named(id.to_string(), name, language)
            },
            SalesGroup::WithoutProduct => nameless,
        })
    }

    fn named(self, id: String, name: &BilingualText, language: Language) -> Self {
        Self {
            id: Some(id),
            name: Some(name.into()),
            display_name: Some(name.pick(language).to_owned()),
            ..self
        }
    }
}

impl SalesSumsBody {
    fn new(sums: &SalesSums) -> Result<Self, MoneyError> {
        Ok(Self {
            net: sums.net.amount(),
            tax: sums.tax.amount(),
            gross: sums.gross()?.amount(),
            cost: sums.cost.map(Money::amount),
            margin: sums.margin()?.map(Money::amount),
            currency: sums.net.currency().code(),
        })
    }
}
