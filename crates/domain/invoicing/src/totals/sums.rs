//! Step 8: the sums of a document, and what is left to pay.

use gaara_kernel::{Currency, Money, multiple_half_away};

use super::document::TaxedPart;
use super::error::{Place, TotalsError};
use super::group::SettledGroup;
use super::input::DocumentInput;
use super::line::PricedLine;
use super::output::{AdjustmentPart, LineTotals, TaxGroup, Totals};
use super::units::Units;

/// Everything that is left to be summed.
pub(super) struct Settled<'a> {
    pub(super) lines: &'a [PricedLine],
    pub(super) parts: &'a [TaxedPart],
    pub(super) groups: &'a [SettledGroup],
}

/// Adds everything up; nothing is rounded here. Source: EN 16931 BR-CO-10 to BR-CO-16.
pub(super) fn sum_up(
    input: &DocumentInput,
    settled: &Settled<'_>,
    units: &Units,
) -> Result<Totals, TotalsError> {
    let groups = settled.groups;
    let whole = |amount| units.money(amount, Place::Document);
    let line_totals = line_totals(settled.lines, groups, units)?;
    let (allowance_parts, charge_parts) = adjustment_parts(settled.parts, groups, units)?;
    let lines_net = add_up(input.currency, line_totals.iter().map(|line| line.net))?;
    let allowances = add_up(input.currency, allowance_parts.iter().map(|part| part.amount))?;
    let charges = add_up(input.currency, charge_parts.iter().map(|part| part.amount))?;
    let tax_exclusive = groups.iter().map(|group| group.taxable).sum::<i128>();
    let tax = groups.iter().map(|group| group.tax_amount).sum::<i128>();
    let prepaid = units.read(input.prepaid, Place::Prepaid)?;
    let rounding = rounding(input, tax_exclusive + tax - prepaid, units)?;
    Ok(Totals {
        lines: line_totals,
        tax_groups: groups
            .iter()
            .map(|group| {
                Ok(TaxGroup {
                    tax: group.tax,
                    taxable: whole(group.taxable)?,
                    tax_amount: whole(group.tax_amount)?,
                })
            })
            .collect::<Result<_, _>>()?,
        allowance_parts,
        charge_parts,
        lines_net,
        allowances,
        charges,
        tax_exclusive: whole(tax_exclusive)?,
        tax: whole(tax)?,
        tax_inclusive: whole(tax_exclusive + tax)?,
        prepaid: input.prepaid,
        rounding: whole(rounding)?,
        payable: whole(tax_exclusive + tax - prepaid + rounding)?,
    })
}

fn add_up(
    currency: Currency,
    mut amounts: impl Iterator<Item = Money>,
) -> Result<Money, TotalsError> {
    amounts
        .try_fold(Money::zero(currency), Money::plus)
        .map_err(|_| TotalsError::Overflow { place: Place::Document })
}

fn line_totals(
    lines: &[PricedLine],
    groups: &[SettledGroup],
    units: &Units,
) -> Result<Vec<LineTotals>, TotalsError> {
    let mut settled: Vec<_> = groups.iter().flat_map(|group| &group.lines).collect();
    settled.sort_by_key(|share| share.line);
    lines
        .iter()
        .zip(settled)
        .map(|(line, share)| {
            let money = |amount| units.money(amount, Place::Line { line: share.line });
            Ok(LineTotals {
                gross: money(line.gross)?,
                allowances: money(line.allowances)?,
                charges: money(line.charges)?,
                net: money(share.net)?,
                tax_amount: money(share.tax_amount)?,
                total: money(share.net + share.tax_amount)?,
            })
        })
        .collect()
}

fn adjustment_parts(
    parts: &[TaxedPart],
    groups: &[SettledGroup],
    units: &Units,
) -> Result<(Vec<AdjustmentPart>, Vec<AdjustmentPart>), TotalsError> {
    let mut settled: Vec<_> = groups.iter().flat_map(|group| &group.parts).collect();
    settled.sort_by_key(|(position, _)| *position);
    let (mut allowances, mut charges) = (Vec::new(), Vec::new());
    for (part, (_, net)) in parts.iter().zip(settled) {
        let place = part.place;
        let (side, index, amount) = match place {
            Place::Allowance { index } => (&mut allowances, index, -net),
            Place::Charge { index } => (&mut charges, index, *net),
            _ => continue,
        };
        side.push(AdjustmentPart { index, tax: part.tax, amount: units.money(amount, place)? });
    }
    Ok((allowances, charges))
}

/// The given rounding, or the one that brings the rest to a multiple of the smallest coin.
///
/// Source: EN 16931 BT-114, BR-CO-16.
fn rounding(input: &DocumentInput, rest: i128, units: &Units) -> Result<i128, TotalsError> {
    let given = units.read(input.rounding, Place::Rounding)?;
    let Some(increment) = input.cash_increment else {
        return Ok(given);
    };
    let increment = units.read(increment, Place::CashIncrement)?;
    if increment <= 0 {
        return Err(TotalsError::CashIncrementNotPositive);
    }
    if given != 0 {
        return Err(TotalsError::RoundingGivenTwice);
    }
    Ok(multiple_half_away(rest, increment) - rest)
}
