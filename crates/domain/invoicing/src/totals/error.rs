//! Why totals cannot be computed, and where in the document.

use thiserror::Error;

/// Where in a document something stands; positions count from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The document's sums.
    Document,
    /// A line.
    Line {
        /// The line's position.
        line: usize,
    },
    /// An allowance of a line.
    LineAllowance {
        /// The line's position.
        line: usize,
        /// The allowance's position in its line.
        index: usize,
    },
    /// A charge of a line.
    LineCharge {
        /// The line's position.
        line: usize,
        /// The charge's position in its line.
        index: usize,
    },
    /// An allowance of the document.
    Allowance {
        /// The allowance's position.
        index: usize,
    },
    /// A charge of the document.
    Charge {
        /// The charge's position.
        index: usize,
    },
    /// The amount paid before.
    Prepaid,
    /// The rounding amount.
    Rounding,
    /// The smallest coin.
    CashIncrement,
}

impl Place {
    /// Whether what stands here is taken off rather than added.
    pub(super) const fn is_allowance(self) -> bool {
        matches!(self, Self::LineAllowance { .. } | Self::Allowance { .. })
    }
}

/// Why totals were refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TotalsError {
    /// An amount leaves the range of money.
    #[error("an amount is out of range")]
    Overflow {
        /// Where the amount arose.
        place: Place,
    },
    /// An amount is not in the document's currency.
    #[error("an amount is not in the document's currency")]
    CurrencyMismatch {
        /// Where the amount stands.
        place: Place,
    },
    /// A given amount has more decimals than the policy keeps. Source: EN 16931 BR-DEC-*.
    #[error("an amount has too many decimals")]
    TooPrecise {
        /// Where the amount stands.
        place: Place,
    },
    /// A percentage is negative, or an allowance takes off more than the whole.
    #[error("a percentage is out of range")]
    PercentOutOfRange {
        /// Where the percentage stands.
        place: Place,
    },
    /// The price is for no quantity. Source: Peppol R121.
    #[error("the base quantity must be greater than zero")]
    BaseQuantityNotPositive {
        /// The line's position.
        line: usize,
    },
    /// A price is below zero. Source: EN 16931 BR-27, BR-28.
    #[error("a price must not be negative")]
    NegativePrice {
        /// The line's position.
        line: usize,
    },
    /// The price is not the gross price less its discount. Source: Peppol R046.
    #[error("the unit price is not the gross price less the discount")]
    PriceDiscountMismatch {
        /// The line's position.
        line: usize,
    },
    /// An adjustment names no tax, and no line carries an amount to spread it over.
    #[error("an adjustment cannot be spread over lines that come to nothing")]
    CannotSpread {
        /// Where the adjustment stands.
        place: Place,
    },
    /// The smallest coin must be worth something.
    #[error("the cash increment must be greater than zero")]
    CashIncrementNotPositive,
    /// A rounding amount stands beside a smallest coin that would compute it.
    #[error("a rounding amount and a cash increment exclude each other")]
    RoundingGivenTwice,
    /// The policy asks for more decimals than the currency has.
    #[error("the currency has fewer decimals than the policy asks for")]
    DecimalsUnsupported,
}
