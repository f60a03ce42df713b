//! The lines of a stocktake: what the books said, and what was counted.

use gaara_kernel::{ProductId, Quantity, Timestamp, UnitPrice};
use thiserror::Error;

use crate::level::StockLevel;

/// What somebody counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StocktakeCount {
    /// How much was there, in the product's unit.
    pub quantity: Quantity,
    /// The last entry of the ledger that the books held of this product and warehouse at that
    /// moment; 0 when there was none.
    pub sequence: i64,
    /// What one unit is worth where the books know no cost, in the organisation's currency.
    pub unit_cost: Option<UnitPrice>,
    /// When.
    pub counted_at: Timestamp,
}

/// One product of a stocktake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StocktakeLine {
    /// The product.
    pub product: ProductId,
    /// How much the books said was there, in the product's unit: at the start, and from its count
    /// on at that moment.
    pub expected: Quantity,
    /// What was counted; `None` until somebody does.
    pub count: Option<StocktakeCount>,
}

/// Why a count was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CountError {
    /// Less than nothing was counted.
    #[error("a count cannot be negative")]
    Negative,
    /// The cost is less than nothing.
    #[error("a cost cannot be negative")]
    CostNegative,
}

impl StocktakeCount {
    /// Checks what can be checked without the books.
    ///
    /// # Errors
    /// Every variant of [`CountError`].
    pub fn check(quantity: Quantity, unit_cost: Option<UnitPrice>) -> Result<(), CountError> {
        if quantity.is_negative() {
            return Err(CountError::Negative);
        }
        if unit_cost.is_some_and(UnitPrice::is_negative) {
            return Err(CountError::CostNegative);
        }
        Ok(())
    }
}

impl StocktakeLine {
    /// A line with a count, next to what the locked level holds at that moment.
    #[must_use]
    pub const fn counted(level: &StockLevel, count: StocktakeCount) -> Self {
        let (product, expected) = (level.key().product, level.on_hand());
        Self { product, expected, count: Some(count) }
    }

    /// What was counted less what the books said at that moment; `None` until it is counted.
    ///
    /// What moves after the count moves the books and the goods alike, so it changes nothing here.
    #[must_use]
    pub fn delta(&self) -> Option<Quantity> {
        let count = self.count?;
        // Both lie between zero and the largest quantity, and so does their difference.
        Some(count.quantity.minus(self.expected).unwrap_or_default())
    }
}
