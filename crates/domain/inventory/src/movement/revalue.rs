//! Revaluing: the standard cost of a product changes, and with it the value of what is on hand.

use gaara_kernel::{Code, Date, MovementId, Timestamp, UnitPrice, Version};

use super::error::PostError;
use super::post::bucket;
use super::{LedgerEntry, MovementContent, MovementKind, MovementLine, PostedMovement};
use crate::bucket::Change;
use crate::level::StockKey;
use crate::shelves::Shelves;

/// A change of the standard cost of one product in one warehouse.
#[derive(Debug, Clone)]
pub struct Revaluation {
    /// The id of the movement.
    pub id: MovementId,
    /// Of what, and where.
    pub key: StockKey,
    /// The product's unit.
    pub unit: Code,
    /// What one unit is worth from now on.
    pub standard: UnitPrice,
}

impl Revaluation {
    /// Revalues the locked level; `None` where nothing is on hand, so that nothing changes.
    ///
    /// # Errors
    /// [`PostError::OutOfRange`] when the level would leave its range.
    pub fn post(
        self,
        effective_date: Date,
        shelves: &mut Shelves,
        now: Timestamp,
    ) -> Result<Option<PostedMovement>, PostError> {
        let bucket = bucket(shelves, self.key)?;
        let on_hand = bucket.level().on_hand();
        let Change { quantity, value, variance } = bucket.revalue(self.standard)?;
        if on_hand.is_zero() {
            return Ok(None);
        }
        let line = MovementLine {
            product: self.key.product,
            quantity: on_hand,
            unit: self.unit,
            base_quantity: on_hand,
            unit_cost: Some(self.standard),
            reservation: None,
        };
        let content = MovementContent {
            id: self.id,
            kind: MovementKind::Revaluation,
            warehouse: self.key.warehouse,
            to_warehouse: None,
            effective_date: Some(effective_date),
            origin: None,
            owner: None,
            note: None,
            lines: vec![line],
            created_at: now,
        };
        Ok(Some(PostedMovement {
            content,
            effective_date,
            entries: vec![LedgerEntry { line: 0, key: self.key, quantity, value, variance }],
            posted_at: now,
            reverses: None,
            reversed_by: None,
            updated_at: now,
            version: Version::FIRST,
        }))
    }
}
