//! Units of measure: how finely something is counted, and what one of it is in another unit.

mod standard;

use gaara_kernel::{BilingualText, Code, Quantity, Timestamp, UnitId, Version};
use thiserror::Error;

use crate::factor::Factor;

pub use standard::{NewUnit, standard_units};

/// How many decimals a quantity in a unit may have: 0 to 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimals(u8);

impl Decimals {
    /// Counted in whole numbers.
    pub const WHOLE: Self = Self(0);
    /// The most there are: six.
    pub const MOST: Self = Self(6);

    /// Takes a number of decimals; `None` beyond six.
    #[must_use]
    pub const fn try_new(digits: u8) -> Option<Self> {
        if digits > Self::MOST.0 { None } else { Some(Self(digits)) }
    }

    /// The number of decimals.
    #[must_use]
    pub const fn digits(self) -> u8 {
        self.0
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0 == 0
    }

    /// Checks a quantity that is written directly in a unit with so many decimals.
    ///
    /// # Errors
    /// [`QuantityError`] when the quantity is finer than that.
    pub fn check(self, quantity: Quantity) -> Result<(), QuantityError> {
        let step = 10_i64.pow(u32::from(Self::MOST.0 - self.0));
        match quantity.as_millionths() % step {
            0 => Ok(()),
            _ if self.is_whole() => Err(QuantityError::NotWhole),
            _ => Err(QuantityError::TooPrecise { decimals_max: self }),
        }
    }
}

/// A quantity is finer than its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum QuantityError {
    /// The unit is counted in whole numbers.
    #[error("the quantity is not whole")]
    NotWhole,
    /// The quantity has more decimals than its unit.
    #[error("more than {} decimals", decimals_max.digits())]
    TooPrecise {
        /// How many decimals the unit has.
        decimals_max: Decimals,
    },
}

/// What one of a unit is in its base unit, which has no base itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitBase {
    /// The code of the base unit.
    pub code: Code,
    /// How many base units one is.
    pub factor: Factor,
}

/// A unit of measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The id.
    pub id: UnitId,
    /// The code products and documents name it by; unique, and never changed.
    pub code: Code,
    /// The name.
    pub name: BilingualText,
    /// How finely it is counted.
    pub decimals: Decimals,
    /// What one is in its base unit; `None` for a unit that stands for itself.
    pub base: Option<UnitBase>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

impl Unit {
    /// The unit that this one is told in: its base, or itself.
    #[must_use]
    pub fn root(&self) -> &Code {
        self.base.as_ref().map_or(&self.code, |base| &base.code)
    }

    /// How many of its root one is.
    #[must_use]
    pub fn factor(&self) -> Factor {
        self.base.as_ref().map_or(Factor::ONE, |base| base.factor)
    }

    /// How many of another unit one is; `None` when they have no base in common.
    #[must_use]
    pub fn factor_to(&self, other: &Self) -> Option<Factor> {
        if self.root() == other.root() { self.factor().relative_to(other.factor()) } else { None }
    }
}

#[cfg(test)]
mod tests;
