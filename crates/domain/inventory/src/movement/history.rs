//! Stock as of earlier days: what goes out must have been there that day and ever since, and what
//! comes in must have had room.

use std::collections::BTreeMap;

use gaara_kernel::{Date, Quantity};

use super::LedgerEntry;
use super::error::{DatedShortage, PostError};
use crate::level::StockKey;
use crate::shelves::Shelves;

/// What all movements of one day did to one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DailyChange {
    /// Of what, and where.
    pub key: StockKey,
    /// The business date.
    pub date: Date,
    /// What came in less what went out, in the product's unit.
    pub quantity: Quantity,
}

/// Refuses entries that would leave less than nothing as of their day or a later one, or more than
/// a quantity can tell.
///
/// `history` holds the days after `date`, for every level. Quantities alone count; no cost is ever
/// looked at.
pub(super) fn check(
    entries: &[LedgerEntry],
    date: Date,
    history: &[DailyChange],
    shelves: &Shelves,
) -> Result<(), PostError> {
    if history.is_empty() {
        return Ok(());
    }
    let mut sums: BTreeMap<StockKey, Quantity> = BTreeMap::new();
    for entry in entries {
        let sum = sums.entry(entry.key).or_default();
        *sum = sum.plus(entry.quantity).map_err(|_| PostError::OutOfRange)?;
    }
    let mut shortages = Vec::new();
    for (key, sum) in sums {
        for (date, available) in balances(key, date, history, shelves.on_hand_before(key))? {
            let after = available.plus(sum).map_err(|_| PostError::OutOfRange)?;
            if sum.is_negative() && after.is_negative() {
                let requested = sum.negated();
                shortages.push(DatedShortage { key, date, requested, available });
                break;
            }
        }
    }
    if shortages.is_empty() { Ok(()) } else { Err(PostError::InsufficientAtDate(shortages)) }
}

/// What was on hand at the end of the day and of every later day on which something moved.
fn balances(
    key: StockKey,
    from: Date,
    history: &[DailyChange],
    on_hand: Quantity,
) -> Result<BTreeMap<Date, Quantity>, PostError> {
    let later: BTreeMap<Date, Quantity> = history
        .iter()
        .filter(|change| change.key == key)
        .map(|change| (change.date, change.quantity))
        .collect();
    let mut balance = on_hand;
    let mut balances = BTreeMap::new();
    for (day, change) in later.into_iter().rev() {
        balances.insert(day, balance);
        balance = balance.minus(change).map_err(|_| PostError::OutOfRange)?;
    }
    balances.insert(from, balance);
    Ok(balances)
}
