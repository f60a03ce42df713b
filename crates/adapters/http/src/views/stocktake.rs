//! Stocktakes and their lines.

use gaara_inventory::{Stocktake, StocktakeLineView, StocktakeState};
use gaara_kernel::{Language, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::views::BilingualBody;

/// A stocktake; its lines are a list of their own.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StocktakeBody {
    /// The id.
    #[schema(example = "stk_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// `draft`, `counting`, `posted` or `cancelled`.
    #[schema(example = "counting")]
    pub(crate) status: &'static str,
    /// Where it counts.
    pub(crate) warehouse_id: String,
    /// The categories it counts, with all below them; null when it does not count by category.
    #[schema(required = true)]
    pub(crate) category_ids: Option<Vec<String>>,
    /// The products it counts; null when it does not count by product.
    #[schema(required = true)]
    pub(crate) product_ids: Option<Vec<String>>,
    /// What people say about it.
    #[schema(required = true)]
    pub(crate) note: Option<String>,
    /// How many lines it has.
    #[schema(example = 120)]
    pub(crate) line_count: u32,
    /// How many of them are counted.
    #[schema(example = 80)]
    pub(crate) counted_count: u32,
    /// The movement that brought the books to what was counted; null when nothing differed, and
    /// until it is posted.
    #[schema(required = true)]
    pub(crate) movement_id: Option<String>,
    /// When it was written first.
    pub(crate) created_at: String,
    /// When it was last saved.
    pub(crate) updated_at: String,
    /// When counting began.
    #[schema(required = true)]
    pub(crate) started_at: Option<String>,
    /// When it was posted.
    #[schema(required = true)]
    pub(crate) posted_at: Option<String>,
    /// When it was given up.
    #[schema(required = true)]
    pub(crate) cancelled_at: Option<String>,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl From<&Stocktake> for StocktakeBody {
    fn from(stocktake: &Stocktake) -> Self {
        let (started, posted, cancelled, movement) = match stocktake.state {
            StocktakeState::Draft => (None, None, None, None),
            StocktakeState::Counting { started_at } => (Some(started_at), None, None, None),
            StocktakeState::Posted { started_at, posted_at, movement } => {
                (Some(started_at), Some(posted_at), None, movement)
            }
            StocktakeState::Cancelled { started_at, cancelled_at } => {
                (started_at, None, Some(cancelled_at), None)
            }
        };
        let instant = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let scope = &stocktake.scope;
        Self {
            id: stocktake.id.to_string(),
            status: stocktake.status().code(),
            warehouse_id: stocktake.warehouse.to_string(),
            category_ids: scope.categories().map(texts),
            product_ids: scope.products().map(texts),
            note: stocktake.note.clone(),
            line_count: stocktake.progress.lines,
            counted_count: stocktake.progress.counted,
            movement_id: movement.map(|id| id.to_string()),
            created_at: stocktake.created_at.to_string(),
            updated_at: stocktake.updated_at.to_string(),
            started_at: instant(started),
            posted_at: instant(posted),
            cancelled_at: instant(cancelled),
            version: stocktake.version.number(),
        }
    }
}

fn texts<T: ToString>(ids: &[T]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// One product of a stocktake.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StocktakeLineBody {
    /// The product.
    pub(crate) product_id: String,
    /// The code people know it by.
    pub(crate) sku: String,
    /// The product's name.
    pub(crate) name: BilingualBody,
    /// The name in the language asked for.
    pub(crate) display_name: String,
    /// How much the books said was there, in the product's unit: at the start, and from its count
    /// on at that moment.
    #[schema(example = "100")]
    pub(crate) expected: String,
    /// How much was counted; null until somebody does.
    #[schema(example = "98", required = true)]
    pub(crate) counted: Option<String>,
    /// What was counted less what was expected; null until it is counted.
    #[schema(example = "-2", required = true)]
    pub(crate) delta: Option<String>,
    /// What one unit is worth where the books know no cost.
    #[schema(example = "1.75", required = true)]
    pub(crate) unit_cost: Option<String>,
    /// The last entry of the ledger that the books held of this product and warehouse at the count;
    /// null until it is counted.
    #[schema(example = 7, required = true)]
    pub(crate) ledger_sequence: Option<i64>,
    /// When it was counted.
    #[schema(required = true)]
    pub(crate) counted_at: Option<String>,
}

impl StocktakeLineBody {
    /// What the API shows of a line.
    #[must_use]
    pub(crate) fn new(row: &StocktakeLineView, language: Language) -> Self {
        let StocktakeLineView { line, sku, name } = row;
        let count = line.count;
        Self {
            product_id: line.product.to_string(),
            sku: sku.to_string(),
            name: name.into(),
            display_name: name.pick(language).to_owned(),
            expected: line.expected.to_string(),
            counted: count.map(|count| count.quantity.to_string()),
            delta: line.delta().map(|delta| delta.to_string()),
            unit_cost: count.and_then(|count| count.unit_cost).map(|cost| cost.to_string()),
            ledger_sequence: count.map(|count| count.sequence),
            counted_at: count.map(|count| count.counted_at.to_string()),
        }
    }
}
