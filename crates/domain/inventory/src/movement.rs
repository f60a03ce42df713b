//! Stock movements: what was put in, taken out or carried over, when, and at what value.

mod error;
mod history;
mod origin;
mod post;
mod revalue;
mod reverse;

use gaara_kernel::{
    Code, Date, InvoiceId, Money, MovementId, ProductId, Quantity, ReservationId, StocktakeId,
    Timestamp, UnitPrice, Version, WarehouseId, div_half_away,
};

pub use error::{DatedShortage, PostError, ReverseError};
pub use history::DailyChange;
pub use origin::{Origin, Returned};
pub use post::{PostingDay, PostingFacts};
pub use revalue::Revaluation;
pub use reverse::{Reversal, ReversalFacts};

use crate::level::StockKey;

/// What a movement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MovementKind {
    /// Goods come in.
    Receipt,
    /// Goods go out.
    Issue,
    /// Goods go from one warehouse to another.
    Transfer,
    /// The books are brought to what is really there.
    Adjustment,
    /// Goods come back from whom they were sold to.
    CustomerReturn,
    /// Goods go back to whom they were bought from.
    SupplierReturn,
    /// The standard cost of a product changes; no goods move.
    Revaluation,
}

impl MovementKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Receipt,
        Self::Issue,
        Self::Transfer,
        Self::Adjustment,
        Self::CustomerReturn,
        Self::SupplierReturn,
        Self::Revaluation,
    ];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Issue => "issue",
            Self::Transfer => "transfer",
            Self::Adjustment => "adjustment",
            Self::CustomerReturn => "customer_return",
            Self::SupplierReturn => "supplier_return",
            Self::Revaluation => "revaluation",
        }
    }

    /// Finds a kind by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The kind of movement that a return of this kind undoes a part of.
    #[must_use]
    pub const fn origin(self) -> Option<Self> {
        match self {
            Self::CustomerReturn => Some(Self::Issue),
            Self::SupplierReturn => Some(Self::Receipt),
            _ => None,
        }
    }
}

/// One product of a movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementLine {
    /// The product.
    pub product: ProductId,
    /// How much, in the unit of the line; greater than zero, but for adjustments.
    pub quantity: Quantity,
    /// The unit of the line.
    pub unit: Code,
    /// How much that is in the product's own unit.
    pub base_quantity: Quantity,
    /// What one unit of the line cost, in the organisation's currency; only on goods that come in.
    pub unit_cost: Option<UnitPrice>,
    /// The promise that the line keeps; only where an issue or a transfer takes goods out.
    pub reservation: Option<ReservationId>,
}

impl MovementLine {
    /// What one of the product's own unit cost, halves away from zero; `None` where no cost is
    /// given, or nothing is moved.
    #[must_use]
    pub fn base_unit_cost(&self) -> Option<UnitPrice> {
        if self.base_quantity.is_zero() {
            return None;
        }
        let cost = i128::from(self.unit_cost?.as_millionths());
        let worth = cost * i128::from(self.quantity.as_millionths());
        let cost = div_half_away(worth, i128::from(self.base_quantity.as_millionths()));
        UnitPrice::from_millionths(i64::try_from(cost).ok()?).ok()
    }
}

/// What a movement belongs to, when it was not written for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovementOwner {
    /// An invoice moved its goods.
    Invoice(InvoiceId),
    /// A stocktake found a difference.
    Stocktake(StocktakeId),
}

/// What is written in a movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementContent {
    /// The id.
    pub id: MovementId,
    /// What it does.
    pub kind: MovementKind,
    /// Where; of a transfer, where from.
    pub warehouse: WarehouseId,
    /// Where a transfer goes to.
    pub to_warehouse: Option<WarehouseId>,
    /// The business date it counts for; the day of posting when absent.
    pub effective_date: Option<Date>,
    /// The movement that a return sends back a part of.
    pub origin: Option<MovementId>,
    /// What it belongs to.
    pub owner: Option<MovementOwner>,
    /// What people say about it.
    pub note: Option<String>,
    /// The products.
    pub lines: Vec<MovementLine>,
    /// When it was written first.
    pub created_at: Timestamp,
}

impl MovementContent {
    /// The levels the movement touches, sorted and each once: the order in which to lock them.
    #[must_use]
    pub fn stock_keys(&self) -> Vec<StockKey> {
        let places = || std::iter::once(self.warehouse).chain(self.to_warehouse);
        let key = |line: &MovementLine| {
            let product = line.product;
            places().map(move |warehouse| StockKey { product, warehouse })
        };
        let mut keys: Vec<StockKey> = self.lines.iter().flat_map(key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The products the movement names, sorted and each once.
    #[must_use]
    pub fn products(&self) -> Vec<ProductId> {
        let mut products: Vec<ProductId> = self.lines.iter().map(|line| line.product).collect();
        products.sort_unstable();
        products.dedup();
        products
    }

    pub(crate) const fn key(&self, line: &MovementLine) -> StockKey {
        StockKey { product: line.product, warehouse: self.warehouse }
    }
}

/// A movement before it is posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftMovement {
    /// What is written in it.
    pub content: MovementContent,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

/// One line of history: what a posted movement did to one stock level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The line of the movement, from 0.
    pub line: usize,
    /// Of what, and where.
    pub key: StockKey,
    /// What came in (positive) or went out (negative), in the product's unit.
    pub quantity: Quantity,
    /// What that did to the value, with the same sign.
    pub value: Money,
    /// What the document says beyond the value: a cost that the stock does not bear.
    pub variance: Money,
}

/// A movement that was posted; but for being reversed, it never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedMovement {
    /// What is written in it.
    pub content: MovementContent,
    /// The business date it counts for.
    pub effective_date: Date,
    /// What it did.
    pub entries: Vec<LedgerEntry>,
    /// When it was posted.
    pub posted_at: Timestamp,
    /// The movement that this one undoes.
    pub reverses: Option<MovementId>,
    /// The movement that undid this one.
    pub reversed_by: Option<MovementId>,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

/// A draft that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelledMovement {
    /// What was written in it.
    pub content: MovementContent,
    /// When it was given up.
    pub cancelled_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

/// A movement in one of its states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Movement {
    /// Not posted yet.
    Draft(DraftMovement),
    /// Posted, and perhaps reversed.
    Posted(PostedMovement),
    /// Given up.
    Cancelled(CancelledMovement),
}

/// The state of a movement, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MovementStatus {
    /// Not posted yet.
    Draft,
    /// Posted.
    Posted,
    /// Posted, and undone by another movement.
    Reversed,
    /// Given up before it was posted.
    Cancelled,
}

impl MovementStatus {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Posted, Self::Reversed, Self::Cancelled];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Posted => "posted",
            Self::Reversed => "reversed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Finds a state by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

impl Movement {
    /// What is written in it.
    #[must_use]
    pub const fn content(&self) -> &MovementContent {
        match self {
            Self::Draft(draft) => &draft.content,
            Self::Posted(posted) => &posted.content,
            Self::Cancelled(cancelled) => &cancelled.content,
        }
    }

    /// Its state.
    #[must_use]
    pub const fn status(&self) -> MovementStatus {
        match self {
            Self::Draft(_) => MovementStatus::Draft,
            Self::Posted(posted) => posted.status(),
            Self::Cancelled(_) => MovementStatus::Cancelled,
        }
    }

    /// How often it was saved.
    #[must_use]
    pub const fn version(&self) -> Version {
        match self {
            Self::Draft(draft) => draft.version,
            Self::Posted(posted) => posted.version,
            Self::Cancelled(cancelled) => cancelled.version,
        }
    }

    /// When it was last saved.
    #[must_use]
    pub const fn updated_at(&self) -> Timestamp {
        match self {
            Self::Draft(draft) => draft.updated_at,
            Self::Posted(posted) => posted.updated_at,
            Self::Cancelled(cancelled) => cancelled.cancelled_at,
        }
    }
}

impl DraftMovement {
    /// Gives the draft up.
    #[must_use]
    pub fn cancel(self, now: Timestamp) -> CancelledMovement {
        CancelledMovement { content: self.content, cancelled_at: now, version: self.version.next() }
    }
}

impl PostedMovement {
    /// Its state.
    #[must_use]
    pub const fn status(&self) -> MovementStatus {
        if self.reversed_by.is_some() { MovementStatus::Reversed } else { MovementStatus::Posted }
    }
}

#[cfg(test)]
mod tests;
