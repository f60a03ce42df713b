//! Posting a stocktake: which differences the books must take.

use gaara_kernel::{ProductId, Quantity, Timestamp, UnitPrice};
use thiserror::Error;

use super::{Stocktake, StocktakeCount, StocktakeLine};
use crate::level::{LevelError, StockKey};
use crate::shelves::Shelves;

/// What posting does with lines that nobody counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Uncounted {
    /// It refuses.
    #[default]
    Refused,
    /// The books stay as they are there.
    Kept,
    /// Nothing is there.
    Zeroed,
}

/// One difference between the books and what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The product.
    pub product: ProductId,
    /// What was found more (positive) or less (negative), in the product's unit.
    pub quantity: Quantity,
    /// What one unit of a gain is worth, only where the books know no cost.
    pub unit_cost: Option<UnitPrice>,
}

/// What posting does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settlement {
    /// The differences, in the order of the lines.
    pub differences: Vec<Difference>,
    /// The lines that posting itself counted as nothing, as they are to be saved.
    pub zeroed: Vec<StocktakeLine>,
}

/// Why a stocktake cannot be posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SettleError {
    /// Some lines are not counted.
    #[error("{uncounted} lines are not counted")]
    Incomplete {
        /// How many.
        uncounted: u32,
    },
    /// More was found of something whose cost nobody knows.
    #[error("a gain of {product} needs a cost")]
    CostRequired {
        /// Of what.
        product: ProductId,
    },
    /// A quantity or a value left its range, or a level was not locked.
    #[error("stock level out of range")]
    OutOfRange,
}

impl From<LevelError> for SettleError {
    fn from(_: LevelError) -> Self {
        Self::OutOfRange
    }
}

impl Stocktake {
    /// Refuses to leave lines uncounted unless that is meant.
    ///
    /// # Errors
    /// [`SettleError::Incomplete`].
    pub fn check_complete(&self, uncounted: Uncounted) -> Result<(), SettleError> {
        let left = self.progress.lines.saturating_sub(self.progress.counted);
        match uncounted {
            Uncounted::Refused if left > 0 => Err(SettleError::Incomplete { uncounted: left }),
            _ => Ok(()),
        }
    }

    /// The levels that posting these lines may change, sorted: the order in which to lock them.
    #[must_use]
    pub fn keys_to_settle(&self, lines: &[StocktakeLine], uncounted: Uncounted) -> Vec<StockKey> {
        let differs = |line: &&StocktakeLine| match line.delta() {
            Some(delta) => !delta.is_zero(),
            None => uncounted == Uncounted::Zeroed,
        };
        let mut keys: Vec<StockKey> =
            lines.iter().filter(differs).map(|line| self.key(line.product)).collect();
        keys.sort_unstable();
        keys
    }

    /// Finds the differences on the locked levels. A line that nobody counted is measured now.
    ///
    /// # Errors
    /// [`SettleError::CostRequired`] or [`SettleError::OutOfRange`].
    pub fn settle(
        &self,
        lines: &[StocktakeLine],
        uncounted: Uncounted,
        shelves: &Shelves,
        sequence: impl Fn(StockKey) -> i64,
        now: Timestamp,
    ) -> Result<Settlement, SettleError> {
        let mut settlement = Settlement::default();
        for line in lines {
            let key = self.key(line.product);
            let line = match (line.count, uncounted) {
                (None, Uncounted::Zeroed) => {
                    let bucket = shelves.bucket(key).ok_or(SettleError::OutOfRange)?;
                    let nothing = StocktakeCount {
                        quantity: Quantity::ZERO,
                        sequence: sequence(key),
                        unit_cost: None,
                        counted_at: now,
                    };
                    let line = StocktakeLine::counted(bucket.level(), nothing);
                    settlement.zeroed.push(line);
                    line
                }
                (None, _) => continue,
                (Some(_), _) => *line,
            };
            settlement.differences.extend(difference(&line, key, shelves)?);
        }
        Ok(settlement)
    }

    const fn key(&self, product: ProductId) -> StockKey {
        StockKey { product, warehouse: self.warehouse }
    }
}

fn difference(
    line: &StocktakeLine,
    key: StockKey,
    shelves: &Shelves,
) -> Result<Option<Difference>, SettleError> {
    let Some(quantity) = line.delta().filter(|delta| !delta.is_zero()) else { return Ok(None) };
    let product = line.product;
    let mut unit_cost = None;
    if quantity.is_positive() {
        let bucket = shelves.bucket(key).ok_or(SettleError::OutOfRange)?;
        if bucket.going_cost(quantity)?.is_none() {
            let given = line.count.and_then(|count| count.unit_cost);
            unit_cost = Some(given.ok_or(SettleError::CostRequired { product })?);
        }
    }
    Ok(Some(Difference { product, quantity, unit_cost }))
}
