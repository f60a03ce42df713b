//! Stock levels.

use gaara_inventory::{LevelView, ReorderView, StockKey, StockLevel, StockNames};
use gaara_kernel::{Language, Money, Quantity};
use serde::Serialize;
use utoipa::ToSchema;

use crate::views::BilingualBody;

/// The product of a stock level.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LevelProductBody {
    /// The id.
    pub(crate) id: String,
    /// The code people know it by.
    pub(crate) sku: String,
    /// The name.
    pub(crate) name: BilingualBody,
    /// The name in the language asked for.
    pub(crate) display_name: String,
}

/// The warehouse of a stock level.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LevelWarehouseBody {
    /// The id.
    pub(crate) id: String,
    /// The code people know it by.
    pub(crate) code: String,
    /// The name.
    pub(crate) name: BilingualBody,
    /// The name in the language asked for.
    pub(crate) display_name: String,
}

/// How much of a product is in a warehouse.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LevelBody {
    /// The product.
    pub(crate) product: LevelProductBody,
    /// The warehouse.
    pub(crate) warehouse: LevelWarehouseBody,
    /// How much is there; with `as_of`, how much was there at the end of that day.
    #[schema(example = "10")]
    pub(crate) on_hand: String,
    /// How much of it is promised; null with `as_of`.
    #[schema(example = "0", required = true)]
    pub(crate) reserved: Option<String>,
    /// How much is free; null with `as_of`.
    #[schema(example = "10", required = true)]
    pub(crate) available: Option<String>,
    /// What all of it cost; null with `as_of`.
    #[schema(example = "17.50", required = true)]
    pub(crate) value: Option<String>,
    /// What one unit cost on average; null when nothing is there, and with `as_of`.
    #[schema(example = "1.75", required = true)]
    pub(crate) unit_cost: Option<String>,
    /// The currency of value and cost.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
}

impl LevelBody {
    /// What the API shows of a stock level.
    #[must_use]
    pub(crate) fn new(row: &LevelView, language: Language) -> Self {
        match row.on_hand_as_of {
            Some(on_hand) => Self::past(&row.level, on_hand, &row.names, language),
            None => Self::now(&row.level, &row.names, language),
        }
    }

    fn now(level: &StockLevel, names: &StockNames, language: Language) -> Self {
        Self {
            reserved: Some(level.reserved().to_string()),
            available: Some(level.available().to_string()),
            value: Some(level.value().amount()),
            unit_cost: level.unit_cost().map(|cost| cost.to_string()),
            ..Self::past(level, level.on_hand(), names, language)
        }
    }

    /// Of an earlier day only the quantity is known.
    fn past(level: &StockLevel, on_hand: Quantity, names: &StockNames, language: Language) -> Self {
        let StockKey { product, warehouse } = level.key();
        Self {
            product: LevelProductBody {
                id: product.to_string(),
                sku: names.sku.to_string(),
                name: (&names.product).into(),
                display_name: names.product.pick(language).to_owned(),
            },
            warehouse: LevelWarehouseBody {
                id: warehouse.to_string(),
                code: names.warehouse_code.to_string(),
                name: (&names.warehouse).into(),
                display_name: names.warehouse.pick(language).to_owned(),
            },
            on_hand: on_hand.to_string(),
            reserved: None,
            available: None,
            value: None,
            unit_cost: None,
            currency: Money::currency(level.value()).code(),
        }
    }
}

/// A stock level below its minimum, and how much to order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReorderBody {
    /// The level as it is now.
    #[serde(flatten)]
    pub(crate) level: LevelBody,
    /// What should be free at least.
    #[schema(example = "20")]
    pub(crate) minimum: String,
    /// What should be free after ordering.
    #[schema(example = "50")]
    pub(crate) maximum: String,
    /// How much to order: up to the maximum.
    #[schema(example = "40")]
    pub(crate) suggested: String,
}

impl ReorderBody {
    /// What the API shows of a level that is below its minimum.
    #[must_use]
    pub(crate) fn new(row: &ReorderView, language: Language) -> Self {
        Self {
            level: LevelBody::now(&row.level, &row.names, language),
            minimum: row.minimum.to_string(),
            maximum: row.maximum.to_string(),
            suggested: row.suggested().to_string(),
        }
    }
}
