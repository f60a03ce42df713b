//! Reversing: another movement that undoes a posted one.

use gaara_kernel::{Date, Money, MovementId, Timestamp, Version};

use super::error::{PostError, ReverseError};
use super::history::{self, DailyChange};
use super::origin::Returned;
use super::post::{bucket, check_demand};
use super::{LedgerEntry, MovementContent, MovementKind, MovementOwner, PostedMovement};
use crate::bucket::Change;
use crate::layer::{LayerDemand, Slice};
use crate::shelves::Shelves;

/// What reversing must know besides the movement and the levels.
#[derive(Debug, Clone, Default)]
pub struct ReversalFacts {
    /// What came back of the movement.
    pub returned: Vec<Returned>,
    /// What happened to the levels on each day after the effective date.
    pub history: Vec<DailyChange>,
}

/// A reversal: the movement that undoes, and the one that is undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversal {
    /// The movement that undoes; it is new.
    pub undoing: PostedMovement,
    /// The movement that is undone, as it is to be saved.
    pub undone: PostedMovement,
}

impl PostedMovement {
    /// Refuses to be reversed for what can be seen without knowing the stock.
    ///
    /// # Errors
    /// Every variant of [`ReverseError`] but `Post` and `HasReturns`.
    pub fn check_reversible(&self) -> Result<(), ReverseError> {
        match (self.reversed_by, self.reverses, self.content.owner) {
            (Some(by), ..) => Err(ReverseError::Reversed { by }),
            (_, Some(_), _) => Err(ReverseError::IsReversal),
            (.., Some(MovementOwner::Invoice(_))) => Err(ReverseError::OwnedByInvoice),
            _ if self.content.kind == MovementKind::Revaluation => Err(ReverseError::IsRevaluation),
            _ => Ok(()),
        }
    }

    /// What goes out of each level when the movement is undone.
    ///
    /// # Errors
    /// [`PostError::OutOfRange`] beyond what a quantity can hold.
    pub fn reversal_demand(&self) -> Result<Vec<LayerDemand>, PostError> {
        let mut demand: Vec<LayerDemand> = Vec::new();
        let mut arrivals: Vec<&LedgerEntry> =
            self.entries.iter().filter(|entry| entry.quantity.is_positive()).collect();
        arrivals.sort_by_key(|entry| entry.key);
        for entry in arrivals {
            match demand.last_mut() {
                Some(last) if last.key == entry.key => {
                    let sum = last.quantity.plus(entry.quantity);
                    last.quantity = sum.map_err(|_| PostError::OutOfRange)?;
                }
                _ => demand.push(LayerDemand { key: entry.key, quantity: entry.quantity }),
            }
        }
        Ok(demand)
    }

    /// Undoes the movement on the locked levels, all of it or nothing.
    ///
    /// What came in goes out again at what it came in for, as far as the level bears it; what
    /// went out comes back at what it went for. The reversal of an invoice's movement is the
    /// invoice's own affair and is not refused here: see [`Self::check_reversible`].
    ///
    /// # Errors
    /// [`ReverseError::HasReturns`], or [`ReverseError::Post`] when the goods cannot move.
    pub fn reverse(
        &self,
        id: MovementId,
        effective_date: Date,
        shelves: &mut Shelves,
        facts: &ReversalFacts,
        now: Timestamp,
    ) -> Result<Reversal, ReverseError> {
        if facts.returned.iter().any(|row| !row.quantity.is_zero()) {
            return Err(ReverseError::HasReturns);
        }
        check_demand(&self.reversal_demand()?, shelves)?;
        let entries = self.mirrored(id, shelves)?;
        history::check(&entries, effective_date, &facts.history, shelves)?;
        let undoing = PostedMovement {
            content: MovementContent {
                id,
                effective_date: Some(effective_date),
                created_at: now,
                ..self.content.clone()
            },
            effective_date,
            entries,
            posted_at: now,
            reverses: Some(self.content.id),
            reversed_by: None,
            updated_at: now,
            version: Version::FIRST,
        };
        let undone = Self {
            reversed_by: Some(id),
            updated_at: now,
            version: self.version.next(),
            ..self.clone()
        };
        Ok(Reversal { undoing, undone })
    }

    /// Line by line: first what came in goes out, then what went out comes back with it.
    fn mirrored(
        &self,
        id: MovementId,
        shelves: &mut Shelves,
    ) -> Result<Vec<LedgerEntry>, PostError> {
        let mut entries = Vec::with_capacity(self.entries.len());
        let same_line = |a: &LedgerEntry, b: &LedgerEntry| a.line == b.line;
        for line in self.entries.chunk_by(same_line) {
            let mut carried: Option<Vec<Slice>> = None;
            for entry in line.iter().filter(|entry| entry.quantity.is_positive()) {
                let bucket = bucket(shelves, entry.key)?;
                let (change, slices) =
                    bucket.take_back(entry.quantity, entry.value, self.content.id)?;
                carried = Some(slices);
                entries.push(entry.undone_by(change)?);
            }
            for entry in line.iter().filter(|entry| entry.quantity.is_negative()) {
                let own =
                    [Slice { quantity: entry.quantity.negated(), value: entry.value.negated() }];
                let slices = carried.as_deref().unwrap_or(&own);
                let change = bucket(shelves, entry.key)?.receive_slices(slices, id)?;
                entries.push(entry.undone_by(change)?);
            }
        }
        Ok(entries)
    }
}

impl LedgerEntry {
    /// The entry that undoes this one; the documents cancel each other out.
    fn undone_by(&self, change: Change) -> Result<Self, PostError> {
        let document = self.document()?.negated();
        let Change { quantity, value, variance } = change.against(document)?;
        Ok(Self { line: self.line, key: self.key, quantity, value, variance })
    }

    /// The amount the document gives: value and variance together.
    fn document(&self) -> Result<Money, PostError> {
        self.value.plus(self.variance).map_err(|_| PostError::OutOfRange)
    }
}
