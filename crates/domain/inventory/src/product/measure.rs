//! Telling how much of a product a written quantity is.

use gaara_kernel::{Code, Quantity};
use thiserror::Error;

use super::Product;
use crate::factor::ConversionError;
use crate::unit::{Decimals, QuantityError, Unit};

/// So much of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// The unit it was written in.
    pub unit: Code,
    /// How much that is in the product's own unit.
    pub base_quantity: Quantity,
}

/// Why a quantity is none of a product.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MeasureError {
    /// The product is neither counted in this unit nor packed in it, nor can the two be compared.
    #[error("the product is counted in {unit}")]
    UnitMismatch {
        /// The product's unit.
        unit: Code,
    },
    /// The quantity is finer than its unit, or than the product's.
    #[error(transparent)]
    TooFine(#[from] QuantityError),
    /// The quantity leaves its range in the product's unit.
    #[error("quantity out of range")]
    OutOfRange,
}

impl Product {
    /// Tells a quantity in the product's own unit, exactly or rounded to that unit's decimals.
    ///
    /// `units` holds the product's unit and the written one, and their bases.
    ///
    /// # Errors
    /// Every variant of [`MeasureError`].
    pub fn measure(
        &self,
        quantity: Quantity,
        unit: Option<&Code>,
        units: &[Unit],
    ) -> Result<Measured, MeasureError> {
        let unit = unit.unwrap_or(&self.unit);
        let factor = self.factor_of(unit, units);
        let factor = factor.ok_or(MeasureError::UnitMismatch { unit: self.unit.clone() })?;
        decimals(unit, units).check(quantity)?;
        let own = decimals(&self.unit, units);
        let base_quantity = factor.to_base(quantity, own).map_err(|error| match error {
            ConversionError::NotWhole => MeasureError::TooFine(QuantityError::NotWhole),
            ConversionError::OutOfRange => MeasureError::OutOfRange,
        })?;
        // A crumb that the product's unit cannot show is nothing, and nothing cannot be moved.
        if base_quantity.is_zero() && !quantity.is_zero() {
            return Err(QuantityError::TooPrecise { decimals_max: own }.into());
        }
        Ok(Measured { unit: unit.clone(), base_quantity })
    }
}

fn decimals(code: &Code, units: &[Unit]) -> Decimals {
    units.iter().find(|unit| unit.code == *code).map_or(Decimals::MOST, |unit| unit.decimals)
}
