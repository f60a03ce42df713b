//! The whole calculation: lines, adjustments, groups, and then their sums.

use super::document::{LineSums, TaxedPart};
use super::error::{Place, TotalsError};
use super::group::{gather, settle};
use super::input::DocumentInput;
use super::line::{PricedLine, price_line};
use super::output::Totals;
use super::policy::TotalsPolicy;
use super::sums::{Settled, sum_up};
use super::units::Units;

/// Computes the totals of a document.
///
/// Line amounts, allowances, charges and group taxes are rounded where they arise, and nothing
/// else is: sums are exact. Source: EN 16931 BR-CO-10 to BR-CO-17.
///
/// # Errors
/// Every variant of [`TotalsError`].
pub fn calculate(input: &DocumentInput, policy: &TotalsPolicy) -> Result<Totals, TotalsError> {
    let units = Units::new(input.currency, *policy)?;
    let lines = input
        .lines
        .iter()
        .enumerate()
        .map(|(line, entered)| price_line(line, entered, &units))
        .collect::<Result<Vec<_>, _>>()?;
    let parts = document_parts(input, &lines, &units)?;
    let groups = gather(&lines, &parts)
        .iter()
        .map(|(tax, members)| {
            let inclusive = input.prices_include_tax;
            settle(*tax, members, inclusive, policy.tax_rounding, &units)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let settled = Settled { lines: &lines, parts: &parts, groups: &groups };
    sum_up(input, &settled, &units)
}

fn document_parts(
    input: &DocumentInput,
    lines: &[PricedLine],
    units: &Units,
) -> Result<Vec<TaxedPart>, TotalsError> {
    let sums = LineSums::new(lines, units)?;
    let mut parts = Vec::new();
    for (index, allowance) in input.allowances.iter().enumerate() {
        parts.extend(sums.parts(allowance, Place::Allowance { index }, units)?);
    }
    for (index, charge) in input.charges.iter().enumerate() {
        parts.extend(sums.parts(charge, Place::Charge { index }, units)?);
    }
    Ok(parts)
}
