//! The lines of a movement: products found, units turned into the product's own.

use std::collections::{BTreeSet, HashMap};

use gaara_inventory::{
    CostMethod, MeasureError, MovementLine, Product, ProductKind, StockKey, Unit,
};
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
    /// The product is archived.
    #[error("the product is archived")]
    Archived,
    /// The product is not kept in stock.
    #[error("the product is not kept in stock")]
    NotStocked,
    /// The quantity is none of the product.
    #[error(transparent)]
    Measure(#[from] MeasureError),
}

/// The products of a movement and the units they are told in.
///
/// The products are held, so that they are neither archived nor costed in another way meanwhile.
pub(crate) struct Goods {
    products: HashMap<ProductId, Product>,
    units: Vec<Unit>,
}

impl Goods {
    /// Finds the products and units of written lines, in two round trips.
    pub(crate) async fn hold(
        unit: &mut dyn UnitOfWork,
        lines: &[WrittenMovementLine],
    ) -> Result<Self, StoreError> {
        let ids: BTreeSet<ProductId> = lines.iter().map(|line| line.product).collect();
        let mut goods = Self::hold_products(unit, ids.into_iter().collect()).await?;
        let own = goods.products.values().map(|product| &product.unit);
        let written = lines.iter().filter_map(|line| line.unit.as_ref());
        let codes: BTreeSet<Code> = own.chain(written).cloned().collect();
        let codes: Vec<Code> = codes.into_iter().collect();
        goods.units = unit.units().find_many(&codes).await?;
        Ok(goods)
    }

    /// Finds products whose quantities are told in their own units already.
    pub(crate) async fn hold_products(
        unit: &mut dyn UnitOfWork,
        ids: Vec<ProductId>,
    ) -> Result<Self, StoreError> {
        let products = unit.products().hold_many(&ids).await?;
        let products = products.into_iter().map(|product| (product.id, product)).collect();
        Ok(Self { products, units: Vec::new() })
    }

    /// No products: nothing is to be looked up.
    pub(crate) fn none() -> Self {
        Self { products: HashMap::new(), units: Vec::new() }
    }

    /// How the cost of a product is found.
    pub(crate) fn method(&self, id: ProductId) -> CostMethod {
        self.products.get(&id).map_or(CostMethod::Average, Product::cost_method)
    }

    /// How much of a product should be free in a warehouse at least.
    pub(crate) fn minimum(&self, key: StockKey) -> Option<Quantity> {
        self.products.get(&key.product)?.minimum_in(key.warehouse)
    }

    /// A product that is archived, where there is one.
    pub(crate) fn archived(&self) -> Option<ProductId> {
        let mut products = self.products.values();
        products.find(|product| product.archived_at.is_some()).map(|product| product.id)
    }

    /// A product that was held.
    pub(crate) fn product(&self, id: ProductId) -> Option<&Product> {
        self.products.get(&id)
    }

    /// Whether a product is known and kept in stock.
    pub(crate) fn is_stocked(&self, id: ProductId) -> bool {
        self.products.get(&id).is_some_and(|product| product.kind == ProductKind::Stocked)
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

    /// Turns one written line into a line of a movement.
    pub(crate) fn line(
        &self,
        line: &WrittenMovementLine,
    ) -> Result<MovementLine, MovementLineError> {
        let product = self.products.get(&line.product);
        let product = product.ok_or(MovementLineError::UnknownProduct)?;
        if product.archived_at.is_some() {
            return Err(MovementLineError::Archived);
        }
        if product.kind != ProductKind::Stocked {
            return Err(MovementLineError::NotStocked);
        }
        let measured = product.measure(line.quantity, line.unit.as_ref(), &self.units)?;
        Ok(MovementLine {
            product: line.product,
            quantity: line.quantity,
            unit: measured.unit,
            base_quantity: measured.base_quantity,
            unit_cost: line.unit_cost,
            reservation: line.reservation,
        })
    }
}
