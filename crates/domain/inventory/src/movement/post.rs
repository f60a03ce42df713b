//! Posting: what each kind of movement does to the levels, all of it or nothing.

use std::collections::BTreeMap;

use gaara_kernel::{Currency, Date, Money, Quantity, Timestamp};

use super::error::PostError;
use super::history::{self, DailyChange};
use super::origin::Origin;
use super::{
    DraftMovement, LedgerEntry, MovementContent, MovementKind, MovementLine, PostedMovement,
};
use crate::bucket::{Bucket, Change};
use crate::layer::LayerDemand;
use crate::level::{Shortage, StockKey, worth};
use crate::shelves::Shelves;

/// The day on which something is posted, and how far the books are closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostingDay {
    /// The business date of today.
    pub today: Date,
    /// The last day of the closed period.
    pub locked_through: Option<Date>,
}

impl PostingDay {
    /// The date a movement counts for: the one that is wished, else today.
    ///
    /// # Errors
    /// [`PostError::DateInFuture`] or [`PostError::PeriodLocked`].
    pub fn effective_date(&self, wished: Option<Date>) -> Result<Date, PostError> {
        let date = wished.unwrap_or(self.today);
        if date > self.today {
            return Err(PostError::DateInFuture { today: self.today });
        }
        match self.locked_through {
            Some(locked_through) if date <= locked_through => {
                Err(PostError::PeriodLocked { locked_through })
            }
            _ => Ok(date),
        }
    }
}

/// What posting must know besides the movement and the levels.
#[derive(Debug, Clone, Default)]
pub struct PostingFacts {
    /// What happened to the levels on each day after the effective date.
    pub history: Vec<DailyChange>,
    /// The movement that a return sends back a part of.
    pub origin: Option<Origin>,
    /// What lines cost as a whole, by line, where a document says so more exactly than a price of
    /// one unit can.
    pub costs: BTreeMap<usize, Money>,
}

impl MovementContent {
    /// Checks what can be checked without knowing the stock.
    ///
    /// # Errors
    /// The variants of [`PostError`] that speak of the movement alone.
    pub fn check(&self) -> Result<(), PostError> {
        if self.kind == MovementKind::Revaluation {
            return Err(PostError::KindReserved);
        }
        match (self.kind, self.to_warehouse) {
            (MovementKind::Transfer, None) => return Err(PostError::TargetMissing),
            (MovementKind::Transfer, Some(target)) if target == self.warehouse => {
                return Err(PostError::SameWarehouse);
            }
            (MovementKind::Transfer, Some(_)) | (_, None) => {}
            (_, Some(_)) => return Err(PostError::TargetUnexpected),
        }
        if self.origin.is_some() && self.kind.origin().is_none() {
            return Err(PostError::OriginUnfit);
        }
        let mut lines = self.lines.iter().enumerate();
        lines.try_for_each(|(index, line)| self.check_line(index, line))
    }

    fn check_line(&self, line: usize, written: &MovementLine) -> Result<(), PostError> {
        let quantity = written.quantity;
        match self.kind {
            MovementKind::Adjustment if quantity.is_zero() => {
                return Err(PostError::QuantityZero { line });
            }
            MovementKind::Adjustment => {}
            _ if quantity.is_positive() => {}
            _ => return Err(PostError::QuantityNotPositive { line }),
        }
        let keeps_promises = matches!(self.kind, MovementKind::Issue | MovementKind::Transfer);
        if written.reservation.is_some() && !keeps_promises {
            return Err(PostError::ReservationUnexpected { line });
        }
        match written.unit_cost {
            Some(cost) if cost.is_negative() => Err(PostError::CostRequired { line }),
            Some(_) if self.takes_out(written) || self.origin.is_some() => {
                Err(PostError::CostUnexpected { line })
            }
            None if self.kind == MovementKind::Receipt => Err(PostError::CostRequired { line }),
            _ => Ok(()),
        }
    }

    fn takes_out(&self, line: &MovementLine) -> bool {
        match self.kind {
            MovementKind::Issue | MovementKind::Transfer | MovementKind::SupplierReturn => true,
            MovementKind::Adjustment => line.base_quantity.is_negative(),
            MovementKind::Receipt | MovementKind::CustomerReturn | MovementKind::Revaluation => {
                false
            }
        }
    }

    /// What goes out of each level, added up: two lines must not each find the same goods free.
    ///
    /// # Errors
    /// [`PostError::OutOfRange`] beyond what a quantity can hold.
    pub fn demand(&self) -> Result<Vec<LayerDemand>, PostError> {
        let mut demand: BTreeMap<StockKey, Quantity> = BTreeMap::new();
        for line in self.lines.iter().filter(|line| self.takes_out(line)) {
            let sum = demand.entry(self.key(line)).or_default();
            let quantity = line.base_quantity;
            let quantity = if quantity.is_negative() { quantity.negated() } else { quantity };
            *sum = sum.plus(quantity).map_err(|_| PostError::OutOfRange)?;
        }
        Ok(demand.into_iter().map(|(key, quantity)| LayerDemand { key, quantity }).collect())
    }
}

impl DraftMovement {
    /// Applies the movement to the locked levels, all of it or nothing.
    ///
    /// # Errors
    /// Every variant of [`PostError`]; the levels are then not to be saved.
    pub fn post(
        self,
        effective_date: Date,
        shelves: &mut Shelves,
        facts: PostingFacts,
        now: Timestamp,
    ) -> Result<PostedMovement, PostError> {
        let content = &self.content;
        if content.lines.is_empty() {
            return Err(PostError::Empty);
        }
        content.check()?;
        if facts.origin.as_ref().is_some_and(|origin| !origin.fits(content.kind)) {
            return Err(PostError::OriginUnfit);
        }
        check_demand(&content.demand()?, shelves)?;
        let mut posting = Posting {
            content,
            shelves,
            origin: facts.origin,
            costs: facts.costs,
            entries: Vec::new(),
        };
        for (index, line) in content.lines.iter().enumerate() {
            posting.apply(index, line)?;
        }
        let entries = posting.entries;
        history::check(&entries, effective_date, &facts.history, shelves)?;
        Ok(PostedMovement {
            effective_date,
            entries,
            posted_at: now,
            reverses: None,
            reversed_by: None,
            updated_at: now,
            version: self.version,
            content: MovementContent { effective_date: Some(effective_date), ..self.content },
        })
    }
}

/// Refuses to take more out of any level than is free there.
pub(super) fn check_demand(demand: &[LayerDemand], shelves: &Shelves) -> Result<(), PostError> {
    let mut shortages = Vec::new();
    for LayerDemand { key, quantity } in demand {
        let bucket = shelves.bucket(*key).ok_or(PostError::LevelMissing)?;
        let available = bucket.level().available();
        if *quantity > available {
            shortages.push(Shortage { key: *key, requested: *quantity, available });
        }
    }
    if shortages.is_empty() { Ok(()) } else { Err(PostError::Insufficient(shortages)) }
}

/// One movement while it is applied.
struct Posting<'m, 's> {
    content: &'m MovementContent,
    shelves: &'s mut Shelves,
    origin: Option<Origin>,
    costs: BTreeMap<usize, Money>,
    entries: Vec<LedgerEntry>,
}

impl Posting<'_, '_> {
    fn apply(&mut self, index: usize, line: &MovementLine) -> Result<(), PostError> {
        let key = self.content.key(line);
        let quantity = line.base_quantity;
        match self.content.kind {
            MovementKind::Receipt | MovementKind::CustomerReturn => self.put(index, line),
            MovementKind::Adjustment if quantity.is_positive() => self.put(index, line),
            MovementKind::Adjustment => self.take(index, key, quantity.negated()),
            MovementKind::Issue | MovementKind::SupplierReturn => self.take(index, key, quantity),
            MovementKind::Transfer => self.carry(index, key, quantity),
            MovementKind::Revaluation => Err(PostError::KindReserved),
        }
    }

    fn put(&mut self, index: usize, line: &MovementLine) -> Result<(), PostError> {
        let key = self.content.key(line);
        let quantity = line.base_quantity;
        let known = match &mut self.origin {
            Some(origin) => Some(origin.take(index, line.product, quantity)?),
            None => self.costs.get(&index).copied(),
        };
        let bucket = bucket(self.shelves, key)?;
        let cost = match (known, line.unit_cost) {
            (Some(known), _) => known,
            (None, Some(cost)) => worth(line.quantity, cost, currency(bucket))?,
            (None, None) => {
                let going = bucket.going_cost(quantity)?;
                going.ok_or(PostError::CostRequired { line: index })?
            }
        };
        let change = bucket.receive(quantity, cost, self.content.id)?;
        self.enter(index, key, change);
        Ok(())
    }

    fn take(&mut self, line: usize, key: StockKey, quantity: Quantity) -> Result<(), PostError> {
        let share = match &mut self.origin {
            Some(origin) => Some(origin.take(line, key.product, quantity)?),
            None => None,
        };
        let (change, _) = bucket(self.shelves, key)?.issue(quantity)?;
        let change = match share {
            Some(share) => change.against(share.negated())?,
            None => change,
        };
        self.enter(line, key, change);
        Ok(())
    }

    /// Carries goods over at the cost they have where they are.
    fn carry(&mut self, line: usize, from: StockKey, quantity: Quantity) -> Result<(), PostError> {
        let warehouse = self.content.to_warehouse.ok_or(PostError::TargetMissing)?;
        let to = StockKey { warehouse, ..from };
        let (out, slices) = bucket(self.shelves, from)?.issue(quantity)?;
        self.enter(line, from, out);
        let change = bucket(self.shelves, to)?.receive_slices(&slices, self.content.id)?;
        self.enter(line, to, change);
        Ok(())
    }

    fn enter(&mut self, line: usize, key: StockKey, change: Change) {
        let Change { quantity, value, variance } = change;
        self.entries.push(LedgerEntry { line, key, quantity, value, variance });
    }
}

pub(super) fn bucket(shelves: &mut Shelves, key: StockKey) -> Result<&mut Bucket, PostError> {
    shelves.bucket_mut(key).ok_or(PostError::LevelMissing)
}

fn currency(bucket: &Bucket) -> Currency {
    Money::currency(bucket.level().value())
}
