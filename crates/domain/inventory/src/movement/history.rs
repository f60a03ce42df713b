//! Stock as of earlier days: what goes out must have been there that day and ever since.

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

/// Refuses entries that would leave less than nothing as of their day or a later one.
///
/// `history` holds the days after `date`, for every level that loses goods. Quantities alone
/// count; no cost is ever looked at.
pub(super) fn check(
    entries: &[LedgerEntry],
    date: Date,
    history: &[DailyChange],
    shelves: &Shelves,
) -> Result<(), PostError> {
    if history.is_empty() {
        return Ok(());
    }
    let mut losses: BTreeMap<StockKey, Quantity> = BTreeMap::new();
    for entry in entries {
        let sum = losses.entry(entry.key).or_default();
        *sum = sum.plus(entry.quantity).map_err(|_| PostError::OutOfRange)?;
    }
    let mut shortages = Vec::new();
    for (key, loss) in losses.into_iter().filter(|(_, sum)| sum.is_negative()) {
        let requested = loss.negated();
        let balances = balances(key, date, history, shelves.on_hand_before(key))?;
        if let Some((date, available)) =
            balances.into_iter().find(|(_, balance)| *balance < requested)
        {
            shortages.push(DatedShortage { key, date, requested, available });
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
