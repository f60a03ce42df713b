//! Cost layers: what came in together at one cost, first in, first out.

use gaara_kernel::{Money, MovementId, Quantity, div_half_away};

use crate::level::{LevelError, StockKey};

/// What is left of goods that came in together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostLayer {
    /// Its place in the order of coming in.
    pub sequence: i64,
    /// Of what, and where.
    pub key: StockKey,
    /// The movement that brought it in.
    pub movement: MovementId,
    /// How much is left of it; greater than zero.
    pub quantity: Quantity,
    /// What that is worth.
    pub value: Money,
}

/// A layer that does not have its place yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLayer {
    /// Of what, and where.
    pub key: StockKey,
    /// The movement that brings it in.
    pub movement: MovementId,
    /// How much.
    pub quantity: Quantity,
    /// What that is worth.
    pub value: Money,
}

/// What became of the layers of some levels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LayerChanges {
    /// The layers of which nothing is left, by sequence.
    pub removed: Vec<i64>,
    /// The layers of which less is left than before.
    pub reduced: Vec<CostLayer>,
    /// The layers that came in, in their order.
    pub added: Vec<NewLayer>,
}

impl LayerChanges {
    /// Whether nothing became of them.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.reduced.is_empty() && self.added.is_empty()
    }
}

/// Which layers a movement needs: the oldest that together hold so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerDemand {
    /// Of what, and where.
    pub key: StockKey,
    /// How much goes out.
    pub quantity: Quantity,
}

/// A part of a layer that left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slice {
    pub(crate) quantity: Quantity,
    pub(crate) value: Money,
}

/// The layers of one level while a movement works on them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layers {
    slots: Vec<Slot>,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    sequence: Option<i64>,
    movement: MovementId,
    quantity: Quantity,
    value: Money,
    is_reduced: bool,
}

impl Layers {
    pub(crate) fn push_stored(&mut self, layer: &CostLayer) {
        let CostLayer { sequence, movement, quantity, value, .. } = *layer;
        let sequence = Some(sequence);
        self.slots.push(Slot { sequence, movement, quantity, value, is_reduced: false });
    }

    pub(crate) fn push_new(&mut self, movement: MovementId, slice: Slice) {
        let Slice { quantity, value } = slice;
        self.slots.push(Slot { sequence: None, movement, quantity, value, is_reduced: false });
    }

    /// Takes so much: out of the layers that `first` made where it is given, then the oldest.
    pub(crate) fn take(
        &mut self,
        quantity: Quantity,
        first: Option<MovementId>,
    ) -> Result<Vec<Slice>, LevelError> {
        let mut rest = quantity;
        let mut slices = Vec::new();
        for own in [true, false] {
            let slots = self.slots.iter_mut().filter(|slot| (Some(slot.movement) == first) == own);
            for slot in slots {
                let part = rest.min(slot.quantity);
                if part.is_positive() {
                    rest = rest.minus(part)?;
                    slices.push(slot.take(part)?);
                }
            }
        }
        if rest.is_zero() { Ok(slices) } else { Err(LevelError::LayersMissing) }
    }

    /// What became of the layers, all of one key.
    pub(crate) fn changes(&self, key: StockKey, changes: &mut LayerChanges) {
        for slot in &self.slots {
            let Slot { sequence, movement, quantity, value, is_reduced } = *slot;
            match sequence {
                Some(sequence) if quantity.is_zero() => changes.removed.push(sequence),
                Some(sequence) if is_reduced => {
                    changes.reduced.push(CostLayer { sequence, key, movement, quantity, value });
                }
                None if !quantity.is_zero() => {
                    changes.added.push(NewLayer { key, movement, quantity, value });
                }
                _ => {}
            }
        }
    }
}

impl Slot {
    fn take(&mut self, part: Quantity) -> Result<Slice, LevelError> {
        let value = if part == self.quantity {
            self.value
        } else {
            let numerator = i128::from(self.value.minor()) * i128::from(part.as_millionths());
            let share = div_half_away(numerator, i128::from(self.quantity.as_millionths()));
            Money::from_wide(share, self.value.currency())?
        };
        self.quantity = self.quantity.minus(part)?;
        self.value = self.value.minus(value)?;
        self.is_reduced = true;
        Ok(Slice { quantity: part, value })
    }
}
