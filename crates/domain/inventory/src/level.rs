//! How much of a product is in a warehouse, and what it is worth.

use gaara_kernel::{
    Currency, DecimalError, Money, MoneyError, ProductId, Quantity, SCALE, UnitPrice, WarehouseId,
    div_half_away,
};
use thiserror::Error;

/// A product in a warehouse: the key of a stock level. The order of keys is the order of locks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StockKey {
    /// The product.
    pub product: ProductId,
    /// The warehouse.
    pub warehouse: WarehouseId,
}

/// More was asked for than is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortage {
    /// Of what, and where.
    pub key: StockKey,
    /// How much was asked for, in the product's unit.
    pub requested: Quantity,
    /// How much is free, in the product's unit.
    pub available: Quantity,
}

/// Why a stock level refused a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LevelError {
    /// More was asked for than is free.
    #[error("not enough in stock")]
    Insufficient(Shortage),
    /// A quantity or a value left its range.
    #[error("stock level out of range")]
    OutOfRange,
}

impl From<DecimalError> for LevelError {
    fn from(_: DecimalError) -> Self {
        Self::OutOfRange
    }
}

impl From<MoneyError> for LevelError {
    fn from(_: MoneyError) -> Self {
        Self::OutOfRange
    }
}

/// The stock of one product in one warehouse.
///
/// The value is stored and the unit cost is derived, so no residue can build up: the last unit
/// takes the remainder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockLevel {
    key: StockKey,
    on_hand: Quantity,
    reserved: Quantity,
    value: Money,
}

impl StockLevel {
    /// A level with nothing in it.
    #[must_use]
    pub const fn empty(key: StockKey, currency: Currency) -> Self {
        Self {
            key,
            on_hand: Quantity::ZERO,
            reserved: Quantity::ZERO,
            value: Money::zero(currency),
        }
    }

    /// A level as it was stored; `None` when it breaks a rule.
    #[must_use]
    pub fn from_stored(
        key: StockKey,
        on_hand: Quantity,
        reserved: Quantity,
        value: Money,
    ) -> Option<Self> {
        let sound = !reserved.is_negative()
            && on_hand >= reserved
            && !value.is_negative()
            && (!on_hand.is_zero() || value.is_zero());
        sound.then_some(Self { key, on_hand, reserved, value })
    }

    /// Of what, and where.
    #[must_use]
    pub const fn key(&self) -> StockKey {
        self.key
    }

    /// How much is in the warehouse.
    #[must_use]
    pub const fn on_hand(&self) -> Quantity {
        self.on_hand
    }

    /// How much of it is promised.
    #[must_use]
    pub const fn reserved(&self) -> Quantity {
        self.reserved
    }

    /// How much is free: on hand less reserved.
    #[must_use]
    pub fn available(&self) -> Quantity {
        self.on_hand.minus(self.reserved).unwrap_or(Quantity::ZERO)
    }

    /// What all of it cost.
    #[must_use]
    pub const fn value(&self) -> Money {
        self.value
    }

    /// What one unit cost on average, for display; `None` when nothing is on hand.
    #[must_use]
    pub fn unit_cost(&self) -> Option<UnitPrice> {
        if self.on_hand.is_zero() {
            return None;
        }
        let minor_per_unit = 10_i128.pow(self.value.currency().exponent());
        let scale = i128::from(SCALE);
        let numerator = i128::from(self.value.minor()) * scale * scale;
        let denominator = minor_per_unit * i128::from(self.on_hand.as_millionths());
        let millionths = i64::try_from(div_half_away(numerator, denominator)).ok()?;
        UnitPrice::from_millionths(millionths).ok()
    }

    /// Puts goods in at a cost and answers what they add to the value.
    ///
    /// # Errors
    /// [`LevelError::OutOfRange`] when the level would leave its range.
    pub fn receive(&mut self, quantity: Quantity, cost: UnitPrice) -> Result<Money, LevelError> {
        let currency = self.value.currency();
        let scale = i128::from(SCALE);
        let numerator = (i128::from(quantity.as_millionths()) * i128::from(cost.as_millionths()))
            .checked_mul(10_i128.pow(currency.exponent()))
            .ok_or(LevelError::OutOfRange)?;
        let added = Money::from_wide(div_half_away(numerator, scale * scale), currency)?;
        let (on_hand, value) = (self.on_hand.plus(quantity)?, self.value.plus(added)?);
        (self.on_hand, self.value) = (on_hand, value);
        Ok(added)
    }

    /// Takes free goods out at average cost and answers what they take from the value.
    ///
    /// # Errors
    /// [`LevelError::Insufficient`] when less is free than is asked for.
    pub fn issue(&mut self, quantity: Quantity) -> Result<Money, LevelError> {
        if quantity > self.available() {
            return Err(LevelError::Insufficient(Shortage {
                key: self.key,
                requested: quantity,
                available: self.available(),
            }));
        }
        let taken = if quantity == self.on_hand {
            self.value
        } else {
            let numerator = i128::from(self.value.minor()) * i128::from(quantity.as_millionths());
            let share = div_half_away(numerator, i128::from(self.on_hand.as_millionths()));
            Money::from_wide(share, self.value.currency())?
        };
        let (on_hand, value) = (self.on_hand.minus(quantity)?, self.value.minus(taken)?);
        (self.on_hand, self.value) = (on_hand, value);
        Ok(taken)
    }
}

#[cfg(test)]
mod tests;
