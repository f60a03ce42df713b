//! Why movements are refused.

use gaara_kernel::{Date, MovementId, Quantity};
use thiserror::Error;

use crate::level::{LevelError, Shortage, StockKey};
use crate::reservation::ReservationStatus;

/// More is asked for than was there on an earlier day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedShortage {
    /// Of what, and where.
    pub key: StockKey,
    /// The first day on which it would be missing.
    pub date: Date,
    /// How much is asked for, in the product's unit.
    pub requested: Quantity,
    /// How much was on hand that day, in the product's unit.
    pub available: Quantity,
}

/// Why a movement could not be posted. Lines count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PostError {
    /// The movement has no lines.
    #[error("a movement needs a line")]
    Empty,
    /// Only the program itself writes movements of this kind.
    #[error("movements of this kind are not written by hand")]
    KindReserved,
    /// A quantity is zero or less.
    #[error("line {line}: the quantity must be greater than zero")]
    QuantityNotPositive {
        /// The line.
        line: usize,
    },
    /// The quantity of an adjustment, which may be less than zero, is zero.
    #[error("line {line}: the quantity must not be zero")]
    QuantityZero {
        /// The line.
        line: usize,
    },
    /// A transfer does not say where it goes.
    #[error("a transfer needs a warehouse to go to")]
    TargetMissing,
    /// Something else than a transfer says where it goes.
    #[error("only a transfer goes to another warehouse")]
    TargetUnexpected,
    /// A transfer goes where it comes from.
    #[error("a transfer needs two warehouses")]
    SameWarehouse,
    /// Goods come in without a cost, or at a negative one.
    #[error("line {line}: goods that come in need a cost")]
    CostRequired {
        /// The line.
        line: usize,
    },
    /// Goods go out with a cost, which the stock itself knows.
    #[error("line {line}: goods that go out have no cost of their own")]
    CostUnexpected {
        /// The line.
        line: usize,
    },
    /// The movement named is none that goods can come back from.
    #[error("goods cannot come back from that movement")]
    OriginUnfit,
    /// More comes back than is left of what went.
    #[error("line {line}: only {left} can come back")]
    ReturnExceeds {
        /// The line.
        line: usize,
        /// How much is left to come back, in the product's unit.
        left: Quantity,
    },
    /// The line keeps a promise, which only issues and transfers do.
    #[error("line {line}: only issues and transfers consume reservations")]
    ReservationUnexpected {
        /// The line.
        line: usize,
    },
    /// There is no such reservation.
    #[error("line {line}: there is no such reservation")]
    ReservationUnknown {
        /// The line.
        line: usize,
    },
    /// The reservation is of another product, or in another warehouse.
    #[error("line {line}: the reservation is of something else")]
    ReservationMismatch {
        /// The line.
        line: usize,
    },
    /// The reservation does not stand any more.
    #[error("line {line}: the reservation is {}", status.code())]
    ReservationNotActive {
        /// The line.
        line: usize,
        /// What became of it.
        status: ReservationStatus,
    },
    /// The date has not come yet.
    #[error("today is {today}")]
    DateInFuture {
        /// The business date of today.
        today: Date,
    },
    /// The date lies in a period that is closed.
    #[error("the books are closed through {locked_through}")]
    PeriodLocked {
        /// The last day of the closed period.
        locked_through: Date,
    },
    /// More is asked for than is free, added up over all lines.
    #[error("not enough in stock")]
    Insufficient(Vec<Shortage>),
    /// More is asked for than was there on that day or on a later one.
    #[error("not enough in stock at the date")]
    InsufficientAtDate(Vec<DatedShortage>),
    /// A quantity or a value left its range.
    #[error("stock level out of range")]
    OutOfRange,
    /// A level or layer that a line needs was not locked: a mistake of the caller.
    #[error("a stock level is missing")]
    LevelMissing,
}

impl PostError {
    /// The same error, told of the lines of the document that the movement was made of.
    #[must_use]
    pub fn at_lines(mut self, place: impl Fn(usize) -> usize) -> Self {
        match &mut self {
            Self::QuantityNotPositive { line }
            | Self::QuantityZero { line }
            | Self::CostRequired { line }
            | Self::CostUnexpected { line }
            | Self::ReturnExceeds { line, .. }
            | Self::ReservationUnexpected { line }
            | Self::ReservationUnknown { line }
            | Self::ReservationMismatch { line }
            | Self::ReservationNotActive { line, .. } => *line = place(*line),
            Self::Empty
            | Self::KindReserved
            | Self::TargetMissing
            | Self::TargetUnexpected
            | Self::SameWarehouse
            | Self::OriginUnfit
            | Self::DateInFuture { .. }
            | Self::PeriodLocked { .. }
            | Self::Insufficient(_)
            | Self::InsufficientAtDate(_)
            | Self::OutOfRange
            | Self::LevelMissing => {}
        }
        self
    }
}

impl From<LevelError> for PostError {
    fn from(error: LevelError) -> Self {
        match error {
            LevelError::Insufficient(shortage) => Self::Insufficient(vec![shortage]),
            LevelError::OutOfRange => Self::OutOfRange,
            LevelError::LayersMissing => Self::LevelMissing,
        }
    }
}

/// Why a movement could not be reversed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReverseError {
    /// It was reversed before.
    #[error("the movement was reversed by {by}")]
    Reversed {
        /// The movement that undid it.
        by: MovementId,
    },
    /// It is a reversal itself.
    #[error("a reversal cannot be reversed")]
    IsReversal,
    /// It only changed a standard cost.
    #[error("a revaluation cannot be reversed")]
    IsRevaluation,
    /// It belongs to an invoice.
    #[error("the movement belongs to an invoice")]
    OwnedByInvoice,
    /// Some of its goods came back already.
    #[error("goods of the movement came back")]
    HasReturns,
    /// The goods cannot move.
    #[error(transparent)]
    Post(#[from] PostError),
}
