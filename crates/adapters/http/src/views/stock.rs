//! Stock levels and movements.

use gaara_inventory::{LedgerEntry, LevelView, MovementLine, PostedMovement};
use gaara_kernel::{Language, Money};
use serde::Serialize;
use utoipa::ToSchema;

use super::BilingualBody;

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
    /// How much is there.
    #[schema(example = "10")]
    pub(crate) on_hand: String,
    /// How much of it is promised.
    #[schema(example = "0")]
    pub(crate) reserved: String,
    /// How much is free.
    #[schema(example = "10")]
    pub(crate) available: String,
    /// What all of it cost.
    #[schema(example = "17.50")]
    pub(crate) value: String,
    /// What one unit cost on average; null when nothing is there.
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
        let level = &row.level;
        Self {
            product: LevelProductBody {
                id: level.key().product.to_string(),
                sku: row.sku.to_string(),
                name: (&row.product_name).into(),
                display_name: row.product_name.pick(language).to_owned(),
            },
            warehouse: LevelWarehouseBody {
                id: level.key().warehouse.to_string(),
                code: row.warehouse_code.to_string(),
                name: (&row.warehouse_name).into(),
                display_name: row.warehouse_name.pick(language).to_owned(),
            },
            on_hand: level.on_hand().to_string(),
            reserved: level.reserved().to_string(),
            available: level.available().to_string(),
            value: level.value().amount(),
            unit_cost: level.unit_cost().map(|cost| cost.to_string()),
            currency: level.value().currency().code(),
        }
    }
}

/// One product of a movement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MovementLineBody {
    /// The product.
    pub(crate) product_id: String,
    /// How much, in the product's unit.
    #[schema(example = "10")]
    pub(crate) quantity: String,
    /// What one unit cost, where goods came in.
    #[schema(example = "1.75", required = true)]
    pub(crate) unit_cost: Option<String>,
    /// What the line added to the value of the stock, or took from it.
    #[schema(example = "17.50")]
    pub(crate) value: String,
}

impl MovementLineBody {
    fn new(line: &MovementLine, entry: &LedgerEntry) -> Self {
        Self {
            product_id: line.product.to_string(),
            quantity: line.quantity.to_string(),
            unit_cost: line.unit_cost.map(|cost| cost.to_string()),
            value: entry.value.amount(),
        }
    }
}

/// A stock movement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MovementBody {
    /// The id.
    #[schema(example = "mov_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// What it does.
    #[schema(example = "receipt")]
    pub(crate) kind: &'static str,
    /// Always `posted`.
    pub(crate) status: &'static str,
    /// Where.
    pub(crate) warehouse_id: String,
    /// The business date it counts for.
    #[schema(example = "2026-11-23")]
    pub(crate) effective_date: String,
    /// The invoice that caused it.
    #[schema(required = true)]
    pub(crate) invoice_id: Option<String>,
    /// The products.
    pub(crate) lines: Vec<MovementLineBody>,
    /// The currency of costs and values.
    #[schema(example = "SAR", required = true)]
    pub(crate) currency: Option<&'static str>,
    /// When it was posted.
    pub(crate) posted_at: String,
    /// How often it was saved: a posted movement never changes.
    pub(crate) version: u32,
}

impl From<&PostedMovement> for MovementBody {
    fn from(posted: &PostedMovement) -> Self {
        let movement = &posted.movement;
        let currency = |entry: &LedgerEntry| Money::currency(entry.value).code();
        Self {
            id: movement.id.to_string(),
            kind: movement.kind.code(),
            status: "posted",
            warehouse_id: movement.warehouse.to_string(),
            effective_date: movement.effective_date.to_string(),
            invoice_id: movement.invoice.map(|id| id.to_string()),
            lines: movement
                .lines
                .iter()
                .zip(&posted.entries)
                .map(|(line, entry)| MovementLineBody::new(line, entry))
                .collect(),
            currency: posted.entries.first().map(currency),
            posted_at: posted.posted_at.to_string(),
            version: 1,
        }
    }
}
