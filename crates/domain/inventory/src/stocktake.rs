//! Stocktakes: what is really there is counted, and the books are brought to it.

mod line;
mod settle;

use gaara_kernel::{
    CategoryId, MovementId, ProductId, StocktakeId, Timestamp, Version, WarehouseId,
};
use thiserror::Error;

pub use line::{CountError, StocktakeCount, StocktakeLine};
pub use settle::{Difference, SettleError, Settlement, Uncounted};

/// Which products a stocktake counts in its warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StocktakeScope {
    /// All that are kept in stock.
    Everything,
    /// Those of these categories and of all below them.
    Categories(Vec<CategoryId>),
    /// These.
    Products(Vec<ProductId>),
}

/// A scope names categories and products at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a stocktake counts categories or products, not both")]
pub struct AmbiguousScope;

impl StocktakeScope {
    /// The scope that one of two lists tells, or none of them.
    ///
    /// # Errors
    /// [`AmbiguousScope`] when both are given.
    pub fn try_new(
        categories: Option<Vec<CategoryId>>,
        products: Option<Vec<ProductId>>,
    ) -> Result<Self, AmbiguousScope> {
        match (categories, products) {
            (None, None) => Ok(Self::Everything),
            (Some(categories), None) => Ok(Self::Categories(categories)),
            (None, Some(products)) => Ok(Self::Products(products)),
            (Some(_), Some(_)) => Err(AmbiguousScope),
        }
    }

    /// The categories, where it counts by them.
    #[must_use]
    pub fn categories(&self) -> Option<&[CategoryId]> {
        match self {
            Self::Categories(ids) => Some(ids),
            Self::Everything | Self::Products(_) => None,
        }
    }

    /// The products, where it counts by them.
    #[must_use]
    pub fn products(&self) -> Option<&[ProductId]> {
        match self {
            Self::Products(ids) => Some(ids),
            Self::Everything | Self::Categories(_) => None,
        }
    }
}

/// How far a stocktake has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StocktakeState {
    /// Its scope can still change.
    Draft,
    /// It is counted.
    Counting {
        /// Since when.
        started_at: Timestamp,
    },
    /// The books were brought to what was counted.
    Posted {
        /// When counting began.
        started_at: Timestamp,
        /// When it was posted.
        posted_at: Timestamp,
        /// The movement that did it; `None` when nothing differed.
        movement: Option<MovementId>,
    },
    /// It was given up.
    Cancelled {
        /// When counting began, where it did.
        started_at: Option<Timestamp>,
        /// When it was given up.
        cancelled_at: Timestamp,
    },
}

/// The state of a stocktake, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StocktakeStatus {
    /// Its scope can still change.
    Draft,
    /// It is counted.
    Counting,
    /// The books were brought to what was counted.
    Posted,
    /// It was given up.
    Cancelled,
}

impl StocktakeStatus {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Counting, Self::Posted, Self::Cancelled];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Counting => "counting",
            Self::Posted => "posted",
            Self::Cancelled => "cancelled",
        }
    }

    /// Finds a state by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// How many lines a stocktake has, and how many of them are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// The lines.
    pub lines: u32,
    /// Those that are counted.
    pub counted: u32,
}

/// A stocktake of one warehouse; its lines stand beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stocktake {
    /// The id.
    pub id: StocktakeId,
    /// Where it counts.
    pub warehouse: WarehouseId,
    /// What it counts.
    pub scope: StocktakeScope,
    /// What people say about it.
    pub note: Option<String>,
    /// How far it has come.
    pub state: StocktakeState,
    /// How much of it is counted.
    pub progress: Progress,
    /// When it was written first.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

/// The stocktake is in a state that does not allow what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the stocktake is {}", .0.code())]
pub struct StocktakeStateError(pub StocktakeStatus);

/// A stocktake would have more lines than one may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a stocktake has at most {} lines", Stocktake::LINES_MAX)]
pub struct TooManyLines;

impl Stocktake {
    /// The most lines of a stocktake: posting them is one movement.
    pub const LINES_MAX: u32 = 10_000;

    /// Its state, by name.
    #[must_use]
    pub const fn status(&self) -> StocktakeStatus {
        match self.state {
            StocktakeState::Draft => StocktakeStatus::Draft,
            StocktakeState::Counting { .. } => StocktakeStatus::Counting,
            StocktakeState::Posted { .. } => StocktakeStatus::Posted,
            StocktakeState::Cancelled { .. } => StocktakeStatus::Cancelled,
        }
    }

    /// Refuses whatever only a draft allows: another scope, and the start.
    ///
    /// # Errors
    /// [`StocktakeStateError`] in every other state.
    pub const fn check_draft(&self) -> Result<(), StocktakeStateError> {
        match self.state {
            StocktakeState::Draft => Ok(()),
            _ => Err(StocktakeStateError(self.status())),
        }
    }

    /// Refuses whatever only counting allows: counts, and posting. Answers since when it counts.
    ///
    /// # Errors
    /// [`StocktakeStateError`] in every other state.
    pub const fn check_counting(&self) -> Result<Timestamp, StocktakeStateError> {
        match self.state {
            StocktakeState::Counting { started_at } => Ok(started_at),
            _ => Err(StocktakeStateError(self.status())),
        }
    }

    /// Refuses whatever only an open stocktake allows: to give it up.
    ///
    /// # Errors
    /// [`StocktakeStateError`] when it was posted or given up before.
    pub const fn check_open(&self) -> Result<(), StocktakeStateError> {
        match self.state {
            StocktakeState::Draft | StocktakeState::Counting { .. } => Ok(()),
            StocktakeState::Posted { .. } | StocktakeState::Cancelled { .. } => {
                Err(StocktakeStateError(self.status()))
            }
        }
    }

    /// Begins to count so many lines.
    ///
    /// # Errors
    /// [`StocktakeStateError`] when it is no draft.
    pub fn start(self, lines: u32, now: Timestamp) -> Result<Self, StocktakeStateError> {
        self.check_draft()?;
        let progress = Progress { lines, counted: 0 };
        let state = StocktakeState::Counting { started_at: now };
        Ok(Self { progress, ..self.saved(state, now) })
    }

    /// Takes note of counts: of so many lines that were not counted before, and of so many that
    /// did not even exist.
    ///
    /// # Errors
    /// [`StocktakeStateError`] when it is not counting.
    pub fn advance(
        self,
        new_lines: u32,
        new_counts: u32,
        now: Timestamp,
    ) -> Result<Self, StocktakeStateError> {
        self.check_counting()?;
        let Progress { lines, counted } = self.progress;
        let progress = Progress {
            lines: lines.saturating_add(new_lines),
            counted: counted.saturating_add(new_counts),
        };
        let state = self.state;
        Ok(Self { progress, ..self.saved(state, now) })
    }

    /// Ends with the movement that brought the books to what was counted, and with so many lines
    /// that were counted only by posting.
    ///
    /// # Errors
    /// [`StocktakeStateError`] when it is not counting.
    pub fn post(
        self,
        movement: Option<MovementId>,
        new_counts: u32,
        now: Timestamp,
    ) -> Result<Self, StocktakeStateError> {
        let started_at = self.check_counting()?;
        let counted = self.progress.counted.saturating_add(new_counts);
        let progress = Progress { counted, ..self.progress };
        let state = StocktakeState::Posted { started_at, posted_at: now, movement };
        Ok(Self { progress, ..self.saved(state, now) })
    }

    /// Gives it up; what was counted stays on record.
    ///
    /// # Errors
    /// [`StocktakeStateError`] when it was posted or given up before.
    pub fn cancel(self, now: Timestamp) -> Result<Self, StocktakeStateError> {
        let started_at = match self.state {
            StocktakeState::Draft => None,
            StocktakeState::Counting { started_at } => Some(started_at),
            StocktakeState::Posted { .. } | StocktakeState::Cancelled { .. } => {
                return Err(StocktakeStateError(self.status()));
            }
        };
        Ok(self.saved(StocktakeState::Cancelled { started_at, cancelled_at: now }, now))
    }

    /// Refuses a number of lines that posting could not take.
    ///
    /// # Errors
    /// [`TooManyLines`].
    pub const fn check_lines(lines: u32) -> Result<(), TooManyLines> {
        if lines > Self::LINES_MAX { Err(TooManyLines) } else { Ok(()) }
    }

    fn saved(self, state: StocktakeState, now: Timestamp) -> Self {
        Self { state, updated_at: now, version: self.version.next(), ..self }
    }
}

#[cfg(test)]
mod tests;
