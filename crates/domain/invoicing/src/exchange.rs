//! Exchange rates: how much of the books' currency one unit of another currency is.

use std::fmt;

use gaara_kernel::{
    Currency, Date, DecimalError, ExchangeRateId, Money, MoneyError, SortValue, Timestamp, Version,
    div_half_away, format_scaled, parse_scaled, sort_fields,
};
use thiserror::Error;

/// How many decimals a rate carries.
const DIGITS: u32 = 10;
/// The largest rate, in ten-billionths: 10^8 units of the books' currency for one of another.
const SCALED_MAX: i64 = 1_000_000_000_000_000_000;

/// Why a rate was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ExchangeRateError {
    /// The rate is zero or less.
    #[error("a rate must be greater than zero")]
    NotPositive,
    /// The text is no number, has too many decimals, or is too large.
    #[error(transparent)]
    Decimal(#[from] DecimalError),
}

/// What one unit of a foreign currency is worth in the currency of the books: `3.75` means that
/// 1 USD is 3.75 SAR. Held as an integer scaled by 10^10; always greater than zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExchangeRate(i64);

impl ExchangeRate {
    /// The rate of a currency to itself.
    pub const ONE: Self = Self(10_000_000_000);

    /// Takes a count of ten-billionths.
    ///
    /// # Errors
    /// [`ExchangeRateError::NotPositive`]; [`DecimalError::OutOfRange`] beyond 10^8 units.
    pub const fn from_scaled(scaled: i64) -> Result<Self, ExchangeRateError> {
        if scaled <= 0 {
            Err(ExchangeRateError::NotPositive)
        } else if scaled > SCALED_MAX {
            Err(ExchangeRateError::Decimal(DecimalError::OutOfRange))
        } else {
            Ok(Self(scaled))
        }
    }

    /// Reads a decimal text of up to ten decimals.
    ///
    /// # Errors
    /// Every variant of [`ExchangeRateError`].
    pub fn parse(text: &str) -> Result<Self, ExchangeRateError> {
        Self::from_scaled(parse_scaled(text, DIGITS)?)
    }

    /// The rate in ten-billionths.
    #[must_use]
    pub const fn as_scaled(self) -> i64 {
        self.0
    }

    /// What an amount is worth in the currency of the books, to its minor unit, halves away from
    /// zero: 10 USD at 3.75 are 37.50 SAR, and 10 USD at 0.3075 are 3.075 KWD.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when the books cannot hold so much.
    pub fn convert(self, amount: Money, to: Currency) -> Result<Money, MoneyError> {
        let power = |digits: u32| 10_i128.pow(digits);
        // The largest product is 10^15 × 10^18 × 10^4, which 128 bits hold.
        let product = i128::from(amount.minor()) * i128::from(self.0) * power(to.exponent());
        let divisor = power(DIGITS) * power(amount.currency().exponent());
        Money::from_wide(div_half_away(product, divisor), to)
    }
}

impl fmt::Display for ExchangeRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&format_scaled(self.0, DIGITS, 0))
    }
}

/// The rate of a currency from a day on, until a later one is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedRate {
    /// The id.
    pub id: ExchangeRateId,
    /// The foreign currency, of which one unit is meant.
    pub currency: Currency,
    /// The first day it holds on; a currency has one rate to a day.
    pub rate_date: Date,
    /// The rate.
    pub rate: ExchangeRate,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

sort_fields! {
    /// The fields a list of exchange rates may be sorted by.
    ExchangeRateSort {
        /// The first day it holds on, as `YYYY-MM-DD`.
        RateDate => "rate_date", text;
        /// When it was last saved.
        UpdatedAt => "updated_at", integer;
    }
}

impl DatedRate {
    /// What a list sorts it by.
    #[must_use]
    pub fn sort_value(&self, field: ExchangeRateSort) -> SortValue {
        match field {
            ExchangeRateSort::RateDate => SortValue::Text(self.rate_date.to_string()),
            ExchangeRateSort::UpdatedAt => SortValue::Integer(self.updated_at.as_millis()),
        }
    }
}

/// Which exchange rates to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExchangeRateFilter {
    /// Only rates of this currency.
    pub currency: Option<Currency>,
    /// Only those of this day or later.
    pub from: Option<Date>,
    /// Only those of this day or earlier.
    pub to: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str, code: &str) -> Money {
        Money::parse(text, Currency::parse(code).unwrap()).unwrap()
    }

    fn converted(amount: Money, rate: &str, to: &str) -> String {
        let to = Currency::parse(to).unwrap();
        ExchangeRate::parse(rate).unwrap().convert(amount, to).unwrap().to_string()
    }

    #[test]
    fn ten_decimals_fit_and_eleven_do_not() {
        assert_eq!(ExchangeRate::parse("0.0000000001").map(ExchangeRate::as_scaled), Ok(1));
        assert_eq!(
            ExchangeRate::parse("0.00000000001"),
            Err(DecimalError::TooPrecise { decimals_max: 10 }.into())
        );
        assert_eq!(ExchangeRate::parse("3.750").unwrap().to_string(), "3.75");
    }

    #[test]
    fn a_rate_is_more_than_nothing_and_at_most_a_hundred_million() {
        assert_eq!(ExchangeRate::parse("0"), Err(ExchangeRateError::NotPositive));
        assert_eq!(ExchangeRate::parse("-1"), Err(ExchangeRateError::NotPositive));
        assert!(ExchangeRate::parse("100000000").is_ok());
        let beyond = ExchangeRate::parse("100000000.1");
        assert_eq!(beyond, Err(DecimalError::OutOfRange.into()));
    }

    #[test]
    fn an_amount_is_converted_to_the_other_currencys_smallest_unit() {
        assert_eq!(converted(money("10", "USD"), "3.75", "SAR"), "37.50 SAR");
        assert_eq!(converted(money("10", "USD"), "0.3075", "KWD"), "3.075 KWD");
        assert_eq!(converted(money("10.005", "KWD"), "12.2", "SAR"), "122.06 SAR");
        assert_eq!(converted(money("1000", "JPY"), "0.0252", "SAR"), "25.20 SAR");
        assert_eq!(converted(money("2.50", "SAR"), "39.7", "JPY"), "99 JPY");
    }

    #[test]
    fn halves_go_away_from_zero_on_both_sides() {
        assert_eq!(converted(money("0.01", "USD"), "0.5", "SAR"), "0.01 SAR");
        assert_eq!(converted(money("-0.01", "USD"), "0.5", "SAR"), "-0.01 SAR");
        assert_eq!(converted(money("0.01", "USD"), "0.4999999999", "SAR"), "0.00 SAR");
    }

    #[test]
    fn a_currency_is_worth_itself() {
        let amount = money("123.45", "SAR");
        assert_eq!(ExchangeRate::ONE.convert(amount, amount.currency()), Ok(amount));
    }

    #[test]
    fn what_the_books_cannot_hold_is_refused() {
        let most = money("10000000000000", "USD");
        let to = Currency::parse("CLF").unwrap();
        let rate = ExchangeRate::parse("100000000").unwrap();
        assert_eq!(rate.convert(most, to), Err(MoneyError::OutOfRange));
    }
}
