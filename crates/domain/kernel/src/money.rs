//! Amounts of money in integer minor units.

use std::fmt;

use thiserror::Error;

use crate::currency::Currency;
use crate::decimal::{DecimalError, format_scaled, parse_scaled};

/// The largest magnitude of an amount, in minor units: sums of thousands still fit 64 bits.
const MINOR_MAX: i64 = 1_000_000_000_000_000;

/// Why an operation on money was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// Two currencies met in one sum.
    #[error("{left} and {right} cannot be added")]
    CurrencyMismatch {
        /// The currency on the left.
        left: Currency,
        /// The currency on the right.
        right: Currency,
    },
    /// The amount is larger than 10^15 minor units.
    #[error("amount out of range")]
    OutOfRange,
}

/// An amount in a currency, held as a whole number of minor units; never a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// Nothing, in this currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Takes a count of minor units.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] beyond 10^15 minor units in magnitude.
    pub fn from_minor(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        Self::from_wide(i128::from(minor), currency)
    }

    /// Takes a wide intermediate result, in minor units.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] beyond 10^15 minor units in magnitude.
    pub fn from_wide(minor: i128, currency: Currency) -> Result<Self, MoneyError> {
        match i64::try_from(minor) {
            Ok(minor) if minor.abs() <= MINOR_MAX => Ok(Self { minor, currency }),
            _ => Err(MoneyError::OutOfRange),
        }
    }

    /// Reads a decimal text with at most the currency's decimals.
    ///
    /// # Errors
    /// Every variant of [`DecimalError`].
    pub fn parse(text: &str, currency: Currency) -> Result<Self, DecimalError> {
        let minor = parse_scaled(text, currency.exponent())?;
        Self::from_minor(minor, currency).map_err(|_| DecimalError::OutOfRange)
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether nothing is left.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Whether the amount is greater than zero.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// Whether the amount is less than zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// Adds an amount of the same currency.
    ///
    /// # Errors
    /// Every variant of [`MoneyError`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch {
                left: self.currency,
                right: other.currency,
            });
        }
        Self::from_wide(i128::from(self.minor) + i128::from(other.minor), self.currency)
    }

    /// Subtracts an amount of the same currency.
    ///
    /// # Errors
    /// Every variant of [`MoneyError`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(other.negated())
    }

    /// The same magnitude with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { minor: -self.minor, currency: self.currency }
    }

    /// The amount alone, with exactly the currency's decimals: `"1250.500"`.
    #[must_use]
    pub fn amount(self) -> String {
        let exponent = self.currency.exponent();
        format_scaled(self.minor, exponent, exponent)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str, code: &str) -> Money {
        Money::parse(text, Currency::parse(code).unwrap()).unwrap()
    }

    #[test]
    fn an_amount_prints_exactly_its_currencys_decimals() {
        assert_eq!(money("1250.5", "KWD").amount(), "1250.500");
        assert_eq!(money("1250.5", "SAR").to_string(), "1250.50 SAR");
        assert_eq!(money("1250", "JPY").amount(), "1250");
    }

    #[test]
    fn currencies_never_mix() {
        let error = money("1", "SAR").plus(money("1", "KWD")).unwrap_err();
        assert!(matches!(error, MoneyError::CurrencyMismatch { .. }));
    }

    #[test]
    fn a_sum_that_leaves_the_range_is_refused() {
        let most = Money::from_minor(MINOR_MAX, Currency::parse("SAR").unwrap()).unwrap();
        assert_eq!(most.plus(money("0.01", "SAR")), Err(MoneyError::OutOfRange));
        assert_eq!(
            Money::parse("10000000000000.01", most.currency()),
            Err(DecimalError::OutOfRange)
        );
    }
}
