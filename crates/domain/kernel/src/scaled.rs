//! Quantities, unit prices and percentages: integers scaled by 10^6.

use std::fmt;

use crate::decimal::{DecimalError, format_scaled, parse_scaled};

/// How many millionths make one.
pub const SCALE: i64 = 1_000_000;
/// How many decimals a scaled value carries.
pub const SCALE_DIGITS: u32 = 6;
/// The largest magnitude of a scaled value, in millionths: 10^12 units.
const MILLIONTHS_MAX: i64 = 1_000_000_000_000_000_000;

macro_rules! scaled {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(i64);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);
            /// Exactly one.
            pub const ONE: Self = Self(SCALE);

            /// Takes a count of millionths.
            ///
            /// # Errors
            /// [`DecimalError::OutOfRange`] beyond 10^12 units in magnitude.
            pub const fn from_millionths(millionths: i64) -> Result<Self, DecimalError> {
                if millionths < -MILLIONTHS_MAX || millionths > MILLIONTHS_MAX {
                    Err(DecimalError::OutOfRange)
                } else {
                    Ok(Self(millionths))
                }
            }

            /// Reads a decimal text of up to six decimals.
            ///
            /// # Errors
            /// Every variant of [`DecimalError`].
            pub fn parse(text: &str) -> Result<Self, DecimalError> {
                Self::from_millionths(parse_scaled(text, SCALE_DIGITS)?)
            }

            /// The value in millionths.
            #[must_use]
            pub const fn as_millionths(self) -> i64 {
                self.0
            }

            /// Whether the value is greater than zero.
            #[must_use]
            pub const fn is_positive(self) -> bool {
                self.0 > 0
            }

            /// Whether the value is less than zero.
            #[must_use]
            pub const fn is_negative(self) -> bool {
                self.0 < 0
            }

            /// Whether the value is zero.
            #[must_use]
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }

            /// Adds.
            ///
            /// # Errors
            /// [`DecimalError::OutOfRange`] when the sum leaves the range.
            pub fn plus(self, other: Self) -> Result<Self, DecimalError> {
                self.0
                    .checked_add(other.0)
                    .ok_or(DecimalError::OutOfRange)
                    .and_then(Self::from_millionths)
            }

            /// Subtracts.
            ///
            /// # Errors
            /// [`DecimalError::OutOfRange`] when the difference leaves the range.
            pub fn minus(self, other: Self) -> Result<Self, DecimalError> {
                self.plus(other.negated())
            }

            /// The same magnitude with the other sign.
            #[must_use]
            pub const fn negated(self) -> Self {
                Self(-self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&format_scaled(self.0, SCALE_DIGITS, 0))
            }
        }
    };
}

scaled! {
    /// How much of something, in a unit named beside it; up to six decimals.
    Quantity
}
scaled! {
    /// The price or cost of one unit, in a currency named beside it; up to six decimals.
    UnitPrice
}
scaled! {
    /// A percentage: `15` means 15 %; up to six decimals.
    Percent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_decimals_fit_and_seven_do_not() {
        assert_eq!(Quantity::parse("0.000001").map(Quantity::as_millionths), Ok(1));
        assert_eq!(
            UnitPrice::parse("0.0000001"),
            Err(DecimalError::TooPrecise { decimals_max: 6 })
        );
    }

    #[test]
    fn the_range_ends_at_a_million_million_units() {
        assert!(Quantity::parse("1000000000000").is_ok());
        assert_eq!(Quantity::parse("1000000000000.000001"), Err(DecimalError::OutOfRange));
        let most = Quantity::parse("1000000000000").unwrap();
        assert_eq!(most.plus(Quantity::ONE), Err(DecimalError::OutOfRange));
    }

    #[test]
    fn printing_drops_zeros_that_mean_nothing() {
        assert_eq!(Percent::parse("15.00").unwrap().to_string(), "15");
        assert_eq!(Quantity::parse("-2.50").unwrap().to_string(), "-2.5");
    }
}
