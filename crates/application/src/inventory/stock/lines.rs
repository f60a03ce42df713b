//! The lines of a movement: products found, units turned into the product's own.

use std::collections::HashMap;

use gaara_inventory::{CostMethod, MovementLine, Product, ProductKind};
use gaara_kernel::{Code, ProductId, Quantity, ReservationId, StoreError, UnitPrice};
use thiserror::Error;

use crate::ports::UnitOfWork;

/// A line as it is written.
#[derive(Debug, Clone)]
pub struct WrittenMovementLine {
    /// The product.
    pub product: ProductId,
    /// How much; less than zero where an adjustment takes goods away.
    pub quantity: Quantity,
    /// The unit of the quantity; the product's when absent.
    pub unit: Option<Code>,
    /// What one unit cost, in the organisation's currency.
    pub unit_cost: Option<UnitPrice>,
    /// The reservation that the line consumes.
    pub reservation: Option<ReservationId>,
}

impl WrittenMovementLine {
    /// So much of a product in its own unit, with nothing else said about it.
    #[must_use]
    pub const fn new(product: ProductId, quantity: Quantity) -> Self {
        Self { product, quantity, unit: None, unit_cost: None, reservation: None }
    }
}

/// Why a line cannot be moved.
#[derive(Debug, Error)]
pub enum MovementLineError {
    /// There is no such product.
    #[error("there is no such product")]
    UnknownProduct,
    /// The product is not kept in stock.
    #[error("the product is not kept in stock")]
    NotStocked,
    /// The unit is not the product's.
    #[error("the product is counted in {unit}")]
    UnitMismatch {
        /// The product's unit.
        unit: Code,
    },
}

/// The products of a movement, held so that they cannot change how they are costed meanwhile.
pub(crate) struct Goods(HashMap<ProductId, Product>);

impl Goods {
    /// Finds the products, in one round trip.
    pub(crate) async fn hold(
        unit: &mut dyn UnitOfWork,
        ids: impl Iterator<Item = ProductId>,
    ) -> Result<Self, StoreError> {
        let mut ids: Vec<ProductId> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        let products = unit.products().find_many(&ids).await?;
        Ok(Self(products.into_iter().map(|product| (product.id, product)).collect()))
    }

    /// How the cost of a product is found.
    pub(crate) fn method(&self, id: ProductId) -> CostMethod {
        self.0.get(&id).map_or(CostMethod::Average, Product::cost_method)
    }

    /// Turns written lines into the lines of a movement.
    pub(crate) fn lines(
        &self,
        written: &[WrittenMovementLine],
    ) -> Result<Vec<MovementLine>, (usize, MovementLineError)> {
        let line = |(index, line): (usize, &WrittenMovementLine)| {
            self.line(line).map_err(|error| (index, error))
        };
        written.iter().enumerate().map(line).collect()
    }

    /// Whether a product is known and kept in stock.
    pub(crate) fn is_stocked(&self, id: ProductId) -> bool {
        self.0.get(&id).is_some_and(|product| product.kind == ProductKind::Stocked)
    }

    /// Turns one written line into a line of a movement.
    pub(crate) fn line(
        &self,
        line: &WrittenMovementLine,
    ) -> Result<MovementLine, MovementLineError> {
        let product = self.0.get(&line.product).ok_or(MovementLineError::UnknownProduct)?;
        if product.kind != ProductKind::Stocked {
            return Err(MovementLineError::NotStocked);
        }
        let unit = line.unit.clone().unwrap_or_else(|| product.unit.clone());
        if unit != product.unit {
            return Err(MovementLineError::UnitMismatch { unit: product.unit.clone() });
        }
        Ok(MovementLine {
            product: line.product,
            quantity: line.quantity,
            unit,
            base_quantity: line.quantity,
            unit_cost: line.unit_cost,
            reservation: line.reservation,
        })
    }
}
