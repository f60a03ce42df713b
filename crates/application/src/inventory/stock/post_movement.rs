//! Posting stock movements.

use std::collections::HashMap;

use gaara_identity::Permission;
use gaara_inventory::{
    DraftMovement, MovementKind, MovementLine, PostError, PostedMovement, Product, ProductKind,
};
use gaara_kernel::{
    Code, Date, MovementId, ProductId, Quantity, StoreError, UnitPrice, WarehouseId,
};
use thiserror::Error;

use super::{MoveStockError, move_stock};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// A line as it is written.
#[derive(Debug, Clone)]
pub struct WrittenMovementLine {
    /// The product.
    pub product: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// The unit of the quantity; the product's when absent.
    pub unit: Option<Code>,
    /// What one unit cost, in the organisation's currency.
    pub unit_cost: Option<UnitPrice>,
}

/// Posts a movement at once.
#[derive(Debug, Clone)]
pub struct PostMovement {
    /// The id a client chose.
    pub id: Option<MovementId>,
    /// What it does.
    pub kind: MovementKind,
    /// Where.
    pub warehouse: WarehouseId,
    /// The business date it counts for; today when absent.
    pub effective_date: Option<Date>,
    /// The products.
    pub lines: Vec<WrittenMovementLine>,
}

/// Why a movement was not posted. Lines count from 0.
#[derive(Debug, Error)]
pub enum PostMovementError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// There is no such warehouse.
    #[error("there is no such warehouse")]
    UnknownWarehouse,
    /// The warehouse is archived.
    #[error("the warehouse is archived")]
    WarehouseArchived,
    /// There is no such product.
    #[error("line {line}: there is no such product")]
    UnknownProduct {
        /// The line.
        line: usize,
    },
    /// The product is archived.
    #[error("line {line}: the product is archived")]
    ProductArchived {
        /// The line.
        line: usize,
    },
    /// The product is a service.
    #[error("line {line}: a service is not kept in stock")]
    NotStocked {
        /// The line.
        line: usize,
    },
    /// The unit is not the product's.
    #[error("line {line}: the product is counted in {unit}")]
    UnitMismatch {
        /// The line.
        line: usize,
        /// The product's unit.
        unit: Code,
    },
    /// The date has not come yet.
    #[error("today is {today}")]
    DateInFuture {
        /// The business date of today.
        today: Date,
    },
    /// The movement breaks a rule.
    #[error(transparent)]
    Post(#[from] PostError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(PostMovementError);

impl From<MoveStockError> for PostMovementError {
    fn from(error: MoveStockError) -> Self {
        match error {
            MoveStockError::Post(error) => Self::Post(error),
            MoveStockError::Store(error) => Self::Store(error),
        }
    }
}

impl UseCase for PostMovement {
    type Output = PostedMovement;
    type Error = PostMovementError;
    const PERMISSION: Permission = Permission::PostStock;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<PostedMovement, PostMovementError> {
        let organization = unit.organization().find().await?.ok_or(PostMovementError::NotSetUp)?;
        let today = organization.date_at(context.now());
        let effective_date = self.effective_date.unwrap_or(today);
        if effective_date > today {
            return Err(PostMovementError::DateInFuture { today });
        }
        let warehouse = unit.warehouses().hold(self.warehouse).await?;
        let warehouse = warehouse.ok_or(PostMovementError::UnknownWarehouse)?;
        if warehouse.archived_at.is_some() {
            return Err(PostMovementError::WarehouseArchived);
        }
        let movement = DraftMovement {
            id: context.id_or_new(self.id),
            kind: self.kind,
            warehouse: self.warehouse,
            effective_date,
            invoice: None,
            lines: self.resolve_lines(unit).await?,
        };
        Ok(move_stock(unit, movement, organization.currency, context).await?)
    }

    fn audit(&self, output: &PostedMovement) -> AuditEntry {
        AuditEntry::new("stock.moved", output.movement.id)
            .with("kind", &output.movement.kind.code())
            .with("warehouse", &output.movement.warehouse)
            .with("lines", &output.movement.lines.len())
    }
}

impl PostMovement {
    async fn resolve_lines(
        &self,
        unit: &mut dyn UnitOfWork,
    ) -> Result<Vec<MovementLine>, PostMovementError> {
        let ids: Vec<ProductId> = self.lines.iter().map(|line| line.product).collect();
        let products = unit.products().hold_many(&ids).await?;
        let products: HashMap<ProductId, Product> =
            products.into_iter().map(|product| (product.id, product)).collect();
        self.lines
            .iter()
            .enumerate()
            .map(|(index, line)| resolve_line(index, line, products.get(&line.product)))
            .collect()
    }
}

fn resolve_line(
    index: usize,
    line: &WrittenMovementLine,
    product: Option<&Product>,
) -> Result<MovementLine, PostMovementError> {
    let product = product.ok_or(PostMovementError::UnknownProduct { line: index })?;
    if product.archived_at.is_some() {
        return Err(PostMovementError::ProductArchived { line: index });
    }
    if product.kind != ProductKind::Stocked {
        return Err(PostMovementError::NotStocked { line: index });
    }
    if line.unit.as_ref().is_some_and(|unit| *unit != product.unit) {
        let unit = product.unit.clone();
        return Err(PostMovementError::UnitMismatch { line: index, unit });
    }
    Ok(MovementLine { product: line.product, quantity: line.quantity, unit_cost: line.unit_cost })
}
