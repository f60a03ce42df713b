//! Whole units of the policy's last decimal, in which all totals are computed.

use gaara_kernel::{Currency, Money, Percent, Quantity, UnitPrice, div_half_away};

use super::error::{Place, TotalsError};
use super::policy::TotalsPolicy;

/// How many millionths of a percent make the whole.
pub(super) const WHOLE: i128 = 100_000_000;

/// The size of a unit in a currency.
pub(super) struct Units {
    currency: Currency,
    /// Minor units of the currency per unit of the policy.
    step: i128,
    /// Millionths per unit of the policy: a price's decimals beyond the policy's.
    millionths: i128,
}

impl Units {
    pub(super) fn new(currency: Currency, policy: TotalsPolicy) -> Result<Self, TotalsError> {
        let coarser = currency
            .exponent()
            .checked_sub(policy.decimals)
            .ok_or(TotalsError::DecimalsUnsupported)?;
        let finer = gaara_kernel::SCALE_DIGITS
            .checked_sub(policy.decimals)
            .ok_or(TotalsError::DecimalsUnsupported)?;
        Ok(Self { currency, step: 10_i128.pow(coarser), millionths: 10_i128.pow(finer) })
    }

    /// Reads a given amount, which must be exact in this unit.
    pub(super) fn read(&self, amount: Money, place: Place) -> Result<i128, TotalsError> {
        if amount.currency() != self.currency {
            return Err(TotalsError::CurrencyMismatch { place });
        }
        let minor = i128::from(amount.minor());
        if minor % self.step == 0 {
            Ok(minor / self.step)
        } else {
            Err(TotalsError::TooPrecise { place })
        }
    }

    pub(super) fn money(&self, units: i128, place: Place) -> Result<Money, TotalsError> {
        units
            .checked_mul(self.step)
            .and_then(|minor| Money::from_wide(minor, self.currency).ok())
            .ok_or(TotalsError::Overflow { place })
    }

    /// Passes an amount on when money can hold it, so that products of two amounts fit 128 bits.
    pub(super) fn bounded(&self, units: i128, place: Place) -> Result<i128, TotalsError> {
        self.money(units, place).map(|_| units)
    }

    /// Price times quantity: multiplied first, divided last, rounded once.
    pub(super) fn gross(&self, quantity: Quantity, price: UnitPrice, base: Quantity) -> i128 {
        div_half_away(
            i128::from(quantity.as_millionths()) * i128::from(price.as_millionths()),
            i128::from(base.as_millionths()) * self.millionths,
        )
    }
}

/// A share of an amount, rounded once.
pub(super) fn percent_of(units: i128, percent: Percent) -> i128 {
    div_half_away(units * i128::from(percent.as_millionths()), WHOLE)
}

/// The tax within an amount that includes it, rounded once.
pub(super) fn tax_within(units: i128, rate: Percent) -> i128 {
    let rate = i128::from(rate.as_millionths());
    div_half_away(units * rate, WHOLE + rate)
}
