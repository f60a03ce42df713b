//! What an issued document comes to in the books' currency.

use gaara_invoicing::IssuedInvoice;
use serde::Serialize;
use utoipa::ToSchema;

/// What an issued document comes to in the books' currency, at the rate of its day; nothing of a
/// draft.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct BaseTotalsBody {
    /// The books' currency.
    #[schema(example = "SAR", required = true)]
    pub(crate) base_currency: Option<&'static str>,
    /// How much of it one unit of the document's currency is.
    #[schema(example = "3.75", required = true)]
    pub(crate) exchange_rate: Option<String>,
    /// The total without tax.
    #[schema(example = "375.00", required = true)]
    pub(crate) base_tax_exclusive: Option<String>,
    /// The tax.
    #[schema(example = "56.25", required = true)]
    pub(crate) base_tax: Option<String>,
    /// The total with tax.
    #[schema(example = "431.25", required = true)]
    pub(crate) base_tax_inclusive: Option<String>,
    /// What is to be paid.
    #[schema(example = "431.25", required = true)]
    pub(crate) base_payable: Option<String>,
    /// What is still owed.
    #[schema(example = "431.25", required = true)]
    pub(crate) base_open: Option<String>,
}

impl From<&IssuedInvoice> for BaseTotalsBody {
    fn from(issued: &IssuedInvoice) -> Self {
        let base = &issued.base;
        Self {
            base_currency: Some(base.currency().code()),
            exchange_rate: Some(base.rate.to_string()),
            base_tax_exclusive: Some(base.net.amount()),
            base_tax: Some(base.tax.amount()),
            base_tax_inclusive: Some(base.total.amount()),
            base_payable: Some(base.payable.amount()),
            base_open: Some(issued.base_open().amount()),
        }
    }
}
