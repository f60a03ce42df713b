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
    /// The layers that were read do not cover what is taken: a mistake of the caller or the store.
    #[error("the cost layers do not cover the stock level")]
    LayersMissing,
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
    last_cost: Option<UnitPrice>,
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
            last_cost: None,
        }
    }

    /// A level as it was stored; `None` when it breaks a rule.
    #[must_use]
    pub fn from_stored(
        key: StockKey,
        on_hand: Quantity,
        reserved: Quantity,
        value: Money,
        last_cost: Option<UnitPrice>,
    ) -> Option<Self> {
        let level = Self { key, on_hand, reserved, value, last_cost };
        (level.is_sound() && !last_cost.is_some_and(UnitPrice::is_negative)).then_some(level)
    }

    fn is_sound(&self) -> bool {
        !self.reserved.is_negative()
            && self.on_hand >= self.reserved
            && !self.value.is_negative()
            && (!self.on_hand.is_zero() || self.value.is_zero())
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

    /// What one unit cost when there was one: a gain in an empty place is worth that.
    #[must_use]
    pub const fn last_cost(&self) -> Option<UnitPrice> {
        self.last_cost
    }

    /// What one unit cost on average, for display; `None` when nothing is on hand.
    #[must_use]
    pub fn unit_cost(&self) -> Option<UnitPrice> {
        price_of_one(self.value, self.on_hand)
    }

    /// What so much is worth at the average of what is on hand; exactly the value for all of it.
    ///
    /// Zero where nothing is on hand.
    pub(crate) fn share(&self, part: Quantity) -> Result<Money, LevelError> {
        let numerator = i128::from(self.value.minor()) * i128::from(part.as_millionths());
        let share = div_half_away(numerator, i128::from(self.on_hand.as_millionths()));
        Ok(Money::from_wide(share, self.value.currency())?)
    }

    /// Adds to quantity and value, or takes from them where they are negative.
    ///
    /// # Errors
    /// [`LevelError::Insufficient`] when more goes out than is free, [`LevelError::OutOfRange`]
    /// when the level would be unsound.
    pub(crate) fn change(&mut self, quantity: Quantity, value: Money) -> Result<(), LevelError> {
        if quantity.is_negative() {
            self.check_free(quantity.negated())?;
        }
        let mut changed = Self {
            on_hand: self.on_hand.plus(quantity)?,
            value: self.value.plus(value)?,
            last_cost: self.unit_cost().or(self.last_cost),
            ..*self
        };
        changed.last_cost = changed.unit_cost().or(changed.last_cost);
        if !changed.is_sound() {
            return Err(LevelError::OutOfRange);
        }
        *self = changed;
        Ok(())
    }

    /// Promises some of what is free.
    ///
    /// # Errors
    /// [`LevelError::Insufficient`] when less is free than is asked for.
    pub fn reserve(&mut self, quantity: Quantity) -> Result<(), LevelError> {
        self.check_free(quantity)?;
        self.reserved = self.reserved.plus(quantity)?;
        Ok(())
    }

    /// Refuses more than is free.
    pub(crate) fn check_free(&self, quantity: Quantity) -> Result<(), LevelError> {
        let available = self.available();
        if quantity > available {
            let shortage = Shortage { key: self.key, requested: quantity, available };
            return Err(LevelError::Insufficient(shortage));
        }
        Ok(())
    }

    /// Takes a promise back.
    ///
    /// # Errors
    /// [`LevelError::OutOfRange`] when more would be taken back than is promised.
    pub fn release(&mut self, quantity: Quantity) -> Result<(), LevelError> {
        let reserved = self.reserved.minus(quantity)?;
        if reserved.is_negative() {
            return Err(LevelError::OutOfRange);
        }
        self.reserved = reserved;
        Ok(())
    }
}

/// What one of so many units costs when all cost this much, halves away from zero; `None` for no
/// units, or beyond what a price can hold.
#[must_use]
pub fn price_of_one(value: Money, quantity: Quantity) -> Option<UnitPrice> {
    if quantity.is_zero() {
        return None;
    }
    let minor_per_unit = 10_i128.pow(value.currency().exponent());
    let scale = i128::from(SCALE);
    let numerator = i128::from(value.minor()) * scale * scale;
    let denominator = minor_per_unit * i128::from(quantity.as_millionths());
    let millionths = i64::try_from(div_half_away(numerator, denominator)).ok()?;
    UnitPrice::from_millionths(millionths).ok()
}

/// What so many units are worth at a price, in a currency: halves away from zero.
///
/// # Errors
/// [`LevelError::OutOfRange`] beyond what an amount can hold.
pub fn worth(
    quantity: Quantity,
    price: UnitPrice,
    currency: Currency,
) -> Result<Money, LevelError> {
    let scale = i128::from(SCALE);
    let numerator = (i128::from(quantity.as_millionths()) * i128::from(price.as_millionths()))
        .checked_mul(10_i128.pow(currency.exponent()))
        .ok_or(LevelError::OutOfRange)?;
    Ok(Money::from_wide(div_half_away(numerator, scale * scale), currency)?)
}
