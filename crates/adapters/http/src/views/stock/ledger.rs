//! The stock ledger.

use gaara_inventory::LedgerView;
use gaara_kernel::Money;
use serde::Serialize;
use utoipa::ToSchema;

/// What one line of a movement did to one stock level.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LedgerBody {
    /// Its place in the order in which entries were written.
    #[schema(example = 1)]
    pub(crate) sequence: i64,
    /// The movement.
    #[schema(example = "mov_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) movement_id: String,
    /// What the movement does.
    #[schema(example = "receipt")]
    pub(crate) kind: &'static str,
    /// The line of the movement, from 1.
    #[schema(example = 1)]
    pub(crate) line: usize,
    /// The product.
    pub(crate) product_id: String,
    /// The warehouse.
    pub(crate) warehouse_id: String,
    /// What came in, or less than zero for what went out, in the product's unit.
    #[schema(example = "10")]
    pub(crate) quantity: String,
    /// What that did to the value of the stock, with the same sign.
    #[schema(example = "17.50")]
    pub(crate) value: String,
    /// What the document says beyond the value: a cost that the stock does not bear.
    #[schema(example = "0.00")]
    pub(crate) variance: String,
    /// The currency of value and variance.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
    /// The business date it counts for.
    #[schema(example = "2026-11-23")]
    pub(crate) effective_date: String,
    /// When it was posted.
    pub(crate) posted_at: String,
}

impl From<&LedgerView> for LedgerBody {
    fn from(row: &LedgerView) -> Self {
        let entry = &row.entry;
        Self {
            sequence: row.sequence,
            movement_id: row.movement.to_string(),
            kind: row.kind.code(),
            line: entry.line + 1,
            product_id: entry.key.product.to_string(),
            warehouse_id: entry.key.warehouse.to_string(),
            quantity: entry.quantity.to_string(),
            value: entry.value.amount(),
            variance: entry.variance.amount(),
            currency: Money::currency(entry.value).code(),
            effective_date: row.effective_date.to_string(),
            posted_at: row.posted_at.to_string(),
        }
    }
}
