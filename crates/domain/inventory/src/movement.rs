//! Stock movements: what was put in or taken out, when, and at what value.

use std::collections::BTreeMap;

use gaara_kernel::{
    Date, InvoiceId, Money, MovementId, ProductId, Quantity, Timestamp, UnitPrice, WarehouseId,
};
use thiserror::Error;

use crate::level::{LevelError, Shortage, StockKey, StockLevel};

/// What a movement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MovementKind {
    /// Goods come in.
    Receipt,
    /// Goods go out.
    Issue,
}

impl MovementKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Receipt, Self::Issue];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Issue => "issue",
        }
    }

    /// Finds a kind by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One product of a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovementLine {
    /// The product.
    pub product: ProductId,
    /// How much, in the product's unit; greater than zero.
    pub quantity: Quantity,
    /// What one unit cost, in the organisation's currency; only on goods that come in.
    pub unit_cost: Option<UnitPrice>,
}

/// Why a movement could not be posted. Lines count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PostError {
    /// The movement has no lines.
    #[error("a movement needs a line")]
    Empty,
    /// A quantity is zero or less.
    #[error("line {line}: the quantity must be greater than zero")]
    QuantityNotPositive {
        /// The line.
        line: usize,
    },
    /// Goods come in without a cost, or at a negative one.
    #[error("line {line}: goods that come in need a cost")]
    CostRequired {
        /// The line.
        line: usize,
    },
    /// More is asked for than is free, added up over all lines.
    #[error("not enough in stock")]
    Insufficient(Vec<Shortage>),
    /// A quantity or a value left its range.
    #[error("stock level out of range")]
    OutOfRange,
    /// A level that a line needs was not locked: a mistake of the caller.
    #[error("a stock level is missing")]
    LevelMissing,
}

/// A movement before it is posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftMovement {
    /// The id.
    pub id: MovementId,
    /// What it does.
    pub kind: MovementKind,
    /// Where.
    pub warehouse: WarehouseId,
    /// The business date it counts for.
    pub effective_date: Date,
    /// The invoice that caused it.
    pub invoice: Option<InvoiceId>,
    /// The products.
    pub lines: Vec<MovementLine>,
}

/// One line of history: what a posted movement did to one stock level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Of what, and where.
    pub key: StockKey,
    /// What came in (positive) or went out (negative), in the product's unit.
    pub quantity: Quantity,
    /// What that was worth, with the same sign.
    pub value: Money,
}

/// A movement that was posted; it never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedMovement {
    /// What was posted.
    pub movement: DraftMovement,
    /// What it did, line by line.
    pub entries: Vec<LedgerEntry>,
    /// When it was posted.
    pub posted_at: Timestamp,
}

impl DraftMovement {
    /// The levels the movement touches, sorted and each once: the order in which to lock them.
    #[must_use]
    pub fn stock_keys(&self) -> Vec<StockKey> {
        let mut keys: Vec<StockKey> = self.lines.iter().map(|line| self.key(line)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Applies the movement to the locked levels, all of it or nothing.
    ///
    /// # Errors
    /// Every variant of [`PostError`]; the levels are then not to be saved.
    pub fn post(
        self,
        levels: &mut [StockLevel],
        now: Timestamp,
    ) -> Result<PostedMovement, PostError> {
        if self.lines.is_empty() {
            return Err(PostError::Empty);
        }
        if let Some(line) = self.lines.iter().position(|line| !line.quantity.is_positive()) {
            return Err(PostError::QuantityNotPositive { line });
        }
        if self.kind == MovementKind::Issue {
            self.check_demand(levels)?;
        }
        let entries = self
            .lines
            .iter()
            .enumerate()
            .map(|(index, line)| self.apply(index, line, levels))
            .collect::<Result<_, _>>()?;
        Ok(PostedMovement { movement: self, entries, posted_at: now })
    }

    /// Adds the demand up per level first: two lines must not each find the same goods free.
    fn check_demand(&self, levels: &[StockLevel]) -> Result<(), PostError> {
        let mut demand: BTreeMap<StockKey, Quantity> = BTreeMap::new();
        for line in &self.lines {
            let sum = demand.entry(self.key(line)).or_default();
            *sum = sum.plus(line.quantity).map_err(|_| PostError::OutOfRange)?;
        }
        let mut shortages = Vec::new();
        for (key, requested) in demand {
            let level = levels.iter().find(|level| level.key() == key);
            let available = level.ok_or(PostError::LevelMissing)?.available();
            if requested > available {
                shortages.push(Shortage { key, requested, available });
            }
        }
        if shortages.is_empty() { Ok(()) } else { Err(PostError::Insufficient(shortages)) }
    }

    fn apply(
        &self,
        index: usize,
        line: &MovementLine,
        levels: &mut [StockLevel],
    ) -> Result<LedgerEntry, PostError> {
        let key = self.key(line);
        let level = levels.iter_mut().find(|level| level.key() == key);
        let level = level.ok_or(PostError::LevelMissing)?;
        let (quantity, value) = match self.kind {
            MovementKind::Receipt => {
                let cost = line.unit_cost.filter(|cost| !cost.is_negative());
                let cost = cost.ok_or(PostError::CostRequired { line: index })?;
                (line.quantity, level.receive(line.quantity, cost)?)
            }
            MovementKind::Issue => (line.quantity.negated(), level.issue(line.quantity)?.negated()),
        };
        Ok(LedgerEntry { key, quantity, value })
    }

    const fn key(&self, line: &MovementLine) -> StockKey {
        StockKey { product: line.product, warehouse: self.warehouse }
    }
}

impl From<LevelError> for PostError {
    fn from(error: LevelError) -> Self {
        match error {
            LevelError::Insufficient(shortage) => Self::Insufficient(vec![shortage]),
            LevelError::OutOfRange => Self::OutOfRange,
        }
    }
}

#[cfg(test)]
mod tests;
