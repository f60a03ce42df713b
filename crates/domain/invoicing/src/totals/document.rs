//! Step 5: the allowances and charges of a document, each under one tax.

use std::collections::BTreeMap;

use gaara_kernel::apportion;

use super::adjustment::DocumentAdjustment;
use super::error::{Place, TotalsError};
use super::line::{PricedLine, adjustment_amount};
use super::tax::Tax;
use super::units::Units;

/// The part of an adjustment that falls under one tax.
pub(super) struct TaxedPart {
    pub(super) place: Place,
    pub(super) tax: Tax,
    /// Below zero for what is taken off.
    pub(super) effect: i128,
}

/// What the lines come to: the base of a percentage and the weights of a spread.
pub(super) struct LineSums {
    total: i128,
    by_tax: BTreeMap<Tax, i128>,
}

impl LineSums {
    pub(super) fn new(lines: &[PricedLine], units: &Units) -> Result<Self, TotalsError> {
        let mut sums = Self { total: 0, by_tax: BTreeMap::new() };
        for line in lines {
            sums.total += line.amount;
            *sums.by_tax.entry(line.tax).or_default() += line.amount;
        }
        units.bounded(sums.total, Place::Document)?;
        for sum in sums.by_tax.values() {
            units.bounded(*sum, Place::Document)?;
        }
        Ok(sums)
    }

    /// Resolves an adjustment to its parts: one under its own tax, else one per tax group.
    pub(super) fn parts(
        &self,
        adjustment: &DocumentAdjustment,
        place: Place,
        units: &Units,
    ) -> Result<Vec<TaxedPart>, TotalsError> {
        let amount = adjustment_amount(adjustment.value, self.total, units, place)?;
        let effect = if place.is_allowance() { -amount } else { amount };
        if let Some(tax) = adjustment.tax {
            return Ok(vec![TaxedPart { place, tax, effect }]);
        }
        let weights: Vec<i128> = self.by_tax.values().copied().collect();
        let shares =
            apportion(effect, &weights).map_err(|_| TotalsError::CannotSpread { place })?;
        Ok(self
            .by_tax
            .keys()
            .zip(shares)
            .filter(|(_, share)| *share != 0)
            .map(|(tax, effect)| TaxedPart { place, tax: *tax, effect })
            .collect())
    }
}
