//! How many of one unit make another, as an exact fraction.

use gaara_kernel::{Quantity, SCALE_DIGITS, UnitPrice, div_half_away};
use thiserror::Error;

use crate::unit::Decimals;

/// The numerator or the denominator is zero or beyond 10^12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the parts of a factor lie between 1 and {}", Factor::PART_MAX)]
pub struct FactorError;

/// Why a quantity or a price cannot be told in another unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ConversionError {
    /// The other unit is counted in whole numbers, and the exact result is none.
    #[error("the result is not whole")]
    NotWhole,
    /// The result leaves the range of its kind.
    #[error("the result is out of range")]
    OutOfRange,
}

/// One of a unit is `numerator / denominator` of its base unit, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Factor {
    numerator: u64,
    denominator: u64,
}

impl Factor {
    /// One to one.
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };
    /// The largest numerator and the largest denominator.
    pub const PART_MAX: u64 = 1_000_000_000_000;

    /// Takes a fraction.
    ///
    /// # Errors
    /// [`FactorError`] when a part is zero or beyond [`Factor::PART_MAX`].
    pub const fn try_new(numerator: u64, denominator: u64) -> Result<Self, FactorError> {
        if numerator == 0
            || denominator == 0
            || numerator > Self::PART_MAX
            || denominator > Self::PART_MAX
        {
            return Err(FactorError);
        }
        Ok(Self { numerator, denominator })
    }

    /// How many base units so many of this unit are.
    #[must_use]
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// How many of this unit make so many base units.
    #[must_use]
    pub const fn denominator(self) -> u64 {
        self.denominator
    }

    /// A quantity of this unit in base units, rounded half away from zero to their decimals.
    ///
    /// # Errors
    /// [`ConversionError::NotWhole`] when the base unit has no decimals and the exact result is
    /// not whole; [`ConversionError::OutOfRange`] beyond the largest quantity.
    pub fn to_base(self, quantity: Quantity, base: Decimals) -> Result<Quantity, ConversionError> {
        let exact = i128::from(quantity.as_millionths()) * i128::from(self.numerator);
        let step = 10_i128.pow(SCALE_DIGITS.saturating_sub(u32::from(base.digits())));
        let divisor = i128::from(self.denominator) * step;
        if base.is_whole() && exact % divisor != 0 {
            return Err(ConversionError::NotWhole);
        }
        let millionths = i64::try_from(div_half_away(exact, divisor) * step);
        let millionths = millionths.map_err(|_| ConversionError::OutOfRange)?;
        Quantity::from_millionths(millionths).map_err(|_| ConversionError::OutOfRange)
    }

    /// A quantity of base units in this unit, rounded half away from zero to its decimals.
    ///
    /// # Errors
    /// The variants of [`Factor::to_base`].
    pub fn from_base(self, quantity: Quantity, own: Decimals) -> Result<Quantity, ConversionError> {
        self.inverse().to_base(quantity, own)
    }

    /// A price of one of this unit as a price of one base unit, at six decimals.
    ///
    /// # Errors
    /// [`ConversionError::OutOfRange`] beyond the largest price.
    pub fn price_to_base(self, price: UnitPrice) -> Result<UnitPrice, ConversionError> {
        let exact = i128::from(price.as_millionths()) * i128::from(self.denominator);
        let millionths = i64::try_from(div_half_away(exact, i128::from(self.numerator)));
        let millionths = millionths.map_err(|_| ConversionError::OutOfRange)?;
        UnitPrice::from_millionths(millionths).map_err(|_| ConversionError::OutOfRange)
    }

    /// A price of one base unit as a price of one of this unit, at six decimals.
    ///
    /// # Errors
    /// [`ConversionError::OutOfRange`] beyond the largest price.
    pub fn price_from_base(self, price: UnitPrice) -> Result<UnitPrice, ConversionError> {
        self.inverse().price_to_base(price)
    }

    /// The factor to another unit of the same base; `None` when it cannot be kept exactly.
    #[must_use]
    pub fn relative_to(self, other: Self) -> Option<Self> {
        let numerator = u128::from(self.numerator) * u128::from(other.denominator);
        let denominator = u128::from(self.denominator) * u128::from(other.numerator);
        let shared = greatest_common_divisor(numerator, denominator);
        let part = |part: u128| u64::try_from(part / shared).ok();
        Self::try_new(part(numerator)?, part(denominator)?).ok()
    }

    const fn inverse(self) -> Self {
        Self { numerator: self.denominator, denominator: self.numerator }
    }
}

/// Both are greater than zero.
const fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests;
