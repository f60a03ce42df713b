//! What the stock is worth.

use gaara_inventory::{StockValuation, ValuationBy, ValuationRow, Valued};
use gaara_kernel::{BilingualText, Language};
use serde::Serialize;
use utoipa::ToSchema;

use crate::views::BilingualBody;

/// What a product, a category or a warehouse holds is worth.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StockValueBody {
    /// The id of the product, the category or the warehouse; null for products without a category.
    #[schema(required = true)]
    pub(crate) id: Option<String>,
    /// The SKU of the product, or the code of the warehouse.
    #[schema(example = "BOLT-M8", required = true)]
    pub(crate) code: Option<String>,
    /// Its name.
    #[schema(required = true)]
    pub(crate) name: Option<BilingualBody>,
    /// Its name in the language asked for.
    #[schema(required = true)]
    pub(crate) display_name: Option<String>,
    /// How much is on hand, of a product.
    #[schema(example = "10", required = true)]
    pub(crate) on_hand: Option<String>,
    /// What it is worth.
    #[schema(example = "17.50")]
    pub(crate) value: String,
    /// The currency of the books.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
}

/// What the stock is worth.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StockValuationBody {
    /// `product`, `category` or `warehouse`.
    #[schema(example = "product")]
    pub(crate) group_by: &'static str,
    /// The rows, the most valuable first.
    pub(crate) data: Vec<StockValueBody>,
    /// The sum of the rows.
    #[schema(example = "17.50")]
    pub(crate) total: String,
    /// The currency of the books.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
}

impl StockValuationBody {
    /// What the API shows of a valuation.
    #[must_use]
    pub(crate) fn new(by: ValuationBy, valuation: &StockValuation, language: Language) -> Self {
        Self {
            group_by: by.code(),
            data: valuation.rows.iter().map(|row| StockValueBody::new(row, language)).collect(),
            total: valuation.total.amount(),
            currency: valuation.total.currency().code(),
        }
    }
}

impl StockValueBody {
    fn new(row: &ValuationRow, language: Language) -> Self {
        let nameless = Self {
            id: None,
            code: None,
            name: None,
            display_name: None,
            on_hand: None,
            value: row.value.amount(),
            currency: row.value.currency().code(),
        };
        match &row.valued {
            Valued::Uncategorized => nameless,
            Valued::Product { id, sku, name, on_hand } => Self {
                code: Some(sku.to_string()),
                on_hand: Some(on_hand.to_string()),
                ..nameless.named(id.to_string(), name, language)
            },
            Valued::Category { id, name } => nameless.named(id.to_string(), name, language),
            Valued::Warehouse { id, code, name } => {
                let named = nameless.named(id.to_string(), name, language);
                Self { code: Some(code.to_string()), ..named }
            }
        }
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
