//! A stock level together with the method that finds the cost of what leaves it.

use gaara_kernel::{Money, MovementId, Quantity, UnitPrice};

use crate::layer::{CostLayer, LayerChanges, Layers, Slice};
use crate::level::{LevelError, StockKey, StockLevel, worth};

/// How the cost of what leaves a level is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostMethod {
    /// The average of everything on hand.
    Average,
    /// What came in first leaves first, each layer at its own cost.
    Fifo,
    /// Every unit is worth this much; what it really cost beyond that is a variance.
    Standard(UnitPrice),
}

/// What happened to one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// What came in (positive) or went out (negative), in the product's unit.
    pub quantity: Quantity,
    /// What that did to the value, with the same sign.
    pub value: Money,
    /// What the document says beyond the value: a cost that the stock does not bear.
    pub variance: Money,
}

impl Change {
    /// The amount the document gives: value and variance together.
    ///
    /// # Errors
    /// [`LevelError::OutOfRange`] beyond what an amount can hold.
    pub fn document(&self) -> Result<Money, LevelError> {
        Ok(self.value.plus(self.variance)?)
    }

    /// The same change, where the document gives this amount.
    pub(crate) fn against(self, document: Money) -> Result<Self, LevelError> {
        Ok(Self { variance: document.minus(self.value)?, ..self })
    }
}

/// A level, its method and its layers, while a movement works on them.
#[derive(Debug, Clone)]
pub struct Bucket {
    level: StockLevel,
    method: CostMethod,
    layers: Layers,
}

impl Bucket {
    /// A level under a method; the layers that a movement needs are added afterwards.
    #[must_use]
    pub fn new(level: StockLevel, method: CostMethod) -> Self {
        Self { level, method, layers: Layers::default() }
    }

    /// Adds a stored layer; the oldest come first.
    pub(crate) fn add_layer(&mut self, layer: &CostLayer) {
        self.layers.push_stored(layer);
    }

    /// The level as it is now.
    #[must_use]
    pub const fn level(&self) -> &StockLevel {
        &self.level
    }

    /// The level, to promise some of it or to take a promise back.
    pub const fn level_mut(&mut self) -> &mut StockLevel {
        &mut self.level
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> CostMethod {
        self.method
    }

    fn key(&self) -> StockKey {
        self.level.key()
    }

    pub(crate) fn layer_changes(&self, changes: &mut LayerChanges) {
        self.layers.changes(self.key(), changes);
    }

    /// Puts goods in that cost so much together.
    ///
    /// # Errors
    /// [`LevelError::OutOfRange`] when the level would leave its range.
    pub(crate) fn receive(
        &mut self,
        quantity: Quantity,
        cost: Money,
        movement: MovementId,
    ) -> Result<Change, LevelError> {
        self.receive_slices(&[Slice { quantity, value: cost }], movement)
    }

    /// Puts goods in that carry the cost of where they were.
    pub(crate) fn receive_slices(
        &mut self,
        slices: &[Slice],
        movement: MovementId,
    ) -> Result<Change, LevelError> {
        let mut quantity = Quantity::ZERO;
        let mut cost = Money::zero(self.level.value().currency());
        for slice in slices {
            quantity = quantity.plus(slice.quantity)?;
            cost = cost.plus(slice.value)?;
        }
        let value = match self.method {
            CostMethod::Standard(standard) => self.standard_change(quantity, standard)?,
            CostMethod::Average | CostMethod::Fifo => cost,
        };
        self.level.change(quantity, value)?;
        if self.method == CostMethod::Fifo {
            for slice in slices {
                self.layers.push_new(movement, *slice);
            }
        }
        Change { quantity, value, variance: Money::zero(cost.currency()) }.against(cost)
    }

    /// Takes free goods out at their cost.
    ///
    /// # Errors
    /// [`LevelError::Insufficient`] when less is free than is asked for.
    pub(crate) fn issue(&mut self, quantity: Quantity) -> Result<(Change, Vec<Slice>), LevelError> {
        let value = |bucket: &Self| bucket.level.share(quantity);
        self.take(quantity, None, value)
    }

    /// Takes out what a movement brought in, at what it brought in, as far as the level bears it.
    ///
    /// A mistake that is undone leaves no trace in the average. Where goods of that movement are
    /// gone already, the rest leaves at its cost and the difference is a variance.
    pub(crate) fn take_back(
        &mut self,
        quantity: Quantity,
        brought: Money,
        movement: MovementId,
    ) -> Result<(Change, Vec<Slice>), LevelError> {
        let value = |bucket: &Self| {
            let level = &bucket.level;
            let bears_it = quantity < level.on_hand() && brought.minor() <= level.value().minor();
            if bears_it { Ok(brought) } else { level.share(quantity) }
        };
        self.take(quantity, Some(movement), value)
    }

    fn take(
        &mut self,
        quantity: Quantity,
        first: Option<MovementId>,
        average: impl Fn(&Self) -> Result<Money, LevelError>,
    ) -> Result<(Change, Vec<Slice>), LevelError> {
        self.level.check_free(quantity)?;
        let zero = Money::zero(self.level.value().currency());
        let slices = match self.method {
            CostMethod::Fifo => self.layers.take(quantity, first)?,
            CostMethod::Average => vec![Slice { quantity, value: average(self)? }],
            CostMethod::Standard(standard) => {
                let value = self.standard_change(quantity.negated(), standard)?.negated();
                vec![Slice { quantity, value }]
            }
        };
        let value = slices.iter().try_fold(zero, |sum, slice| sum.plus(slice.value))?;
        let (quantity, value) = (quantity.negated(), value.negated());
        self.level.change(quantity, value)?;
        Ok((Change { quantity, value, variance: zero }, slices))
    }

    /// What the value of the whole level changes by when so much comes in or goes out.
    fn standard_change(
        &self,
        quantity: Quantity,
        standard: UnitPrice,
    ) -> Result<Money, LevelError> {
        let after = self.level.on_hand().plus(quantity)?;
        let worth = worth(after, standard, self.level.value().currency())?;
        Ok(worth.minus(self.level.value())?)
    }

    /// What so much more of the same would cost: the average of what is there, else what the last
    /// unit cost; `None` when neither is known.
    pub(crate) fn going_cost(&self, quantity: Quantity) -> Result<Option<Money>, LevelError> {
        if let CostMethod::Standard(standard) = self.method {
            return self.standard_change(quantity, standard).map(Some);
        }
        let level = &self.level;
        if level.on_hand().is_zero() {
            let worth = |cost| worth(quantity, cost, level.value().currency());
            return level.last_cost().map(worth).transpose();
        }
        level.share(quantity).map(Some)
    }

    /// Values everything at another standard.
    ///
    /// # Errors
    /// [`LevelError::OutOfRange`] when the level would leave its range.
    pub(crate) fn revalue(&mut self, standard: UnitPrice) -> Result<Change, LevelError> {
        let value = self.standard_change(Quantity::ZERO, standard)?;
        self.level.change(Quantity::ZERO, value)?;
        self.method = CostMethod::Standard(standard);
        let variance = Money::zero(value.currency());
        Change { quantity: Quantity::ZERO, value, variance }.against(variance)
    }
}

#[cfg(test)]
mod tests;
