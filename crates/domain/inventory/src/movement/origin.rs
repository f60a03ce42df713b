//! Returns: goods come back at what they went for, share by share, to the last unit.

use std::collections::BTreeMap;

use gaara_kernel::{Money, ProductId, Quantity, div_half_away};

use super::error::PostError;
use super::{MovementKind, PostedMovement};

/// What came back of one product of a movement so far, reversed returns left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Returned {
    /// The product.
    pub product: ProductId,
    /// The sum of the quantities of the returns, with their signs.
    pub quantity: Quantity,
    /// The sum of the amounts of their documents, with their signs.
    pub amount: Money,
}

/// The movement that goods come back from, and what came back already.
#[derive(Debug, Clone)]
pub struct Origin {
    kind: MovementKind,
    went: BTreeMap<ProductId, Share>,
}

/// Magnitudes: how much went, and how much of it came back.
#[derive(Debug, Clone, Copy)]
struct Share {
    quantity: Quantity,
    amount: Money,
    returned_quantity: Quantity,
    returned_amount: Money,
}

impl Origin {
    /// Takes a posted movement and what came back of it.
    ///
    /// # Errors
    /// [`PostError::OriginUnfit`] when it was reversed or is a reversal, [`PostError::OutOfRange`]
    /// when its sums leave their range.
    pub fn try_new(movement: &PostedMovement, returned: &[Returned]) -> Result<Self, PostError> {
        if movement.reversed_by.is_some() || movement.reverses.is_some() {
            return Err(PostError::OriginUnfit);
        }
        let mut went: BTreeMap<ProductId, Share> = BTreeMap::new();
        for entry in &movement.entries {
            let zero = Money::zero(entry.value.currency());
            let share = went.entry(entry.key.product).or_insert(Share {
                quantity: Quantity::ZERO,
                amount: zero,
                returned_quantity: Quantity::ZERO,
                returned_amount: zero,
            });
            let amount = entry.value.plus(entry.variance).map_err(|_| PostError::OutOfRange)?;
            share.quantity = sum(share.quantity, magnitude(entry.quantity))?;
            share.amount = money(share.amount, size(amount))?;
        }
        for row in returned {
            if let Some(share) = went.get_mut(&row.product) {
                share.returned_quantity = magnitude(row.quantity);
                share.returned_amount = size(row.amount);
            }
        }
        Ok(Self { kind: movement.content.kind, went })
    }

    /// Whether goods of this origin can come back by a movement of that kind.
    pub(super) fn fits(&self, kind: MovementKind) -> bool {
        kind.origin() == Some(self.kind)
    }

    /// Takes so much back and answers its share of what went, so that all shares add up to it.
    pub(super) fn take(
        &mut self,
        line: usize,
        product: ProductId,
        quantity: Quantity,
    ) -> Result<Money, PostError> {
        let nothing_left = PostError::ReturnExceeds { line, left: Quantity::ZERO };
        let share = self.went.get_mut(&product).ok_or(nothing_left)?;
        let left = share.quantity.minus(share.returned_quantity);
        let left = left.map_err(|_| PostError::OutOfRange)?;
        if quantity > left {
            return Err(PostError::ReturnExceeds { line, left });
        }
        let returned = sum(share.returned_quantity, quantity)?;
        let numerator = i128::from(share.amount.minor()) * i128::from(returned.as_millionths());
        let amount = div_half_away(numerator, i128::from(share.quantity.as_millionths()));
        let amount = Money::from_wide(amount, share.amount.currency());
        let amount = amount.map_err(|_| PostError::OutOfRange)?;
        let part = amount.minus(share.returned_amount).map_err(|_| PostError::OutOfRange)?;
        (share.returned_quantity, share.returned_amount) = (returned, amount);
        Ok(part)
    }
}

const fn magnitude(quantity: Quantity) -> Quantity {
    if quantity.is_negative() { quantity.negated() } else { quantity }
}

const fn size(money: Money) -> Money {
    if money.is_negative() { money.negated() } else { money }
}

fn sum(left: Quantity, right: Quantity) -> Result<Quantity, PostError> {
    left.plus(right).map_err(|_| PostError::OutOfRange)
}

fn money(left: Money, right: Money) -> Result<Money, PostError> {
    left.plus(right).map_err(|_| PostError::OutOfRange)
}
