//! Steps 1 to 4: the amount of a line.

use super::adjustment::{Adjustment, AdjustmentValue};
use super::error::{Place, TotalsError};
use super::input::LineInput;
use super::tax::Tax;
use super::units::{Units, percent_of};

/// A line's amounts in the terms of its price: with tax when prices include it.
pub(super) struct PricedLine {
    pub(super) tax: Tax,
    pub(super) gross: i128,
    pub(super) allowances: i128,
    pub(super) charges: i128,
    pub(super) amount: i128,
}

/// Computes a line. Source: EN 16931 BT-131; Peppol R120.
pub(super) fn price_line(
    line: usize,
    input: &LineInput,
    units: &Units,
) -> Result<PricedLine, TotalsError> {
    check_price(line, input)?;
    let place = Place::Line { line };
    let gross = units.gross(input.quantity, input.unit_price, input.base_quantity);
    let gross = units.bounded(gross, place)?;
    let allowances =
        sum(&input.allowances, gross, units, |index| Place::LineAllowance { line, index })?;
    let charges = sum(&input.charges, gross, units, |index| Place::LineCharge { line, index })?;
    Ok(PricedLine {
        tax: input.tax,
        gross,
        allowances,
        charges,
        amount: units.bounded(gross - allowances + charges, place)?,
    })
}

fn check_price(line: usize, input: &LineInput) -> Result<(), TotalsError> {
    if !input.base_quantity.is_positive() {
        return Err(TotalsError::BaseQuantityNotPositive { line });
    }
    let gross_price = input.gross_price.unwrap_or_default();
    if input.unit_price.is_negative() || gross_price.is_negative() {
        return Err(TotalsError::NegativePrice { line });
    }
    // A gross price alone is information; only a stated discount makes it an equation.
    let Some(discount) = input.price_discount else {
        return Ok(());
    };
    match input.gross_price.map(|gross| gross.minus(discount)) {
        Some(Ok(price)) if price == input.unit_price => Ok(()),
        _ => Err(TotalsError::PriceDiscountMismatch { line }),
    }
}

fn sum(
    adjustments: &[Adjustment],
    gross: i128,
    units: &Units,
    place: impl Fn(usize) -> Place,
) -> Result<i128, TotalsError> {
    adjustments.iter().enumerate().try_fold(0, |sum, (index, adjustment)| {
        let amount = adjustment_amount(adjustment.value, gross, units, place(index))?;
        units.bounded(sum + amount, place(index))
    })
}

/// The amount of one allowance or charge, rounded on its own.
pub(super) fn adjustment_amount(
    value: AdjustmentValue,
    base_default: i128,
    units: &Units,
    place: Place,
) -> Result<i128, TotalsError> {
    match value {
        AdjustmentValue::Amount(amount) => units.read(amount, place),
        AdjustmentValue::Percent { percent, base } => {
            let over = place.is_allowance() && percent.as_millionths() > 100 * gaara_kernel::SCALE;
            if percent.is_negative() || over {
                return Err(TotalsError::PercentOutOfRange { place });
            }
            let base = match base {
                Some(base) => units.read(base, place)?,
                None => base_default,
            };
            units.bounded(percent_of(base, percent), place)
        }
    }
}
