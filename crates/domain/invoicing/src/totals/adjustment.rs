//! Allowances and charges: what is taken off or added to a line or a document.

use gaara_kernel::{Money, Percent};

use super::tax::Tax;

/// How much an allowance or charge comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdjustmentValue {
    /// An amount in the document's currency.
    Amount(Money),
    /// A share of a base, rounded once (EN 16931 BT-137/BT-138, BT-93/BT-94).
    Percent {
        /// The share in percent; never negative, and at most 100 for an allowance.
        percent: Percent,
        /// The base; without one, the line's gross or the sum of the line nets.
        base: Option<Money>,
    },
}

/// An allowance or charge of a line (EN 16931 BG-27, BG-28).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adjustment {
    /// How much it comes to.
    pub value: AdjustmentValue,
}

impl Adjustment {
    /// An amount in the document's currency.
    #[must_use]
    pub const fn amount(amount: Money) -> Self {
        Self { value: AdjustmentValue::Amount(amount) }
    }

    /// A share, in percent, of the line's gross.
    #[must_use]
    pub const fn percent(percent: Percent) -> Self {
        Self { value: AdjustmentValue::Percent { percent, base: None } }
    }
}

/// An allowance or charge of the whole document (EN 16931 BG-20, BG-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentAdjustment {
    /// How much it comes to.
    pub value: AdjustmentValue,
    /// The tax it falls under (BR-32, BR-37); without one it is spread over the tax groups.
    pub tax: Option<Tax>,
}
