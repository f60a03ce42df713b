//! Bringing the books to what was counted.

use std::collections::BTreeMap;

use gaara_identity::{Organization, Permission};
use gaara_inventory::{
    Difference, DraftMovement, MovementContent, MovementKind, MovementOwner, PostError,
    SettleError, Settlement, StockKey, Stocktake, StocktakeLine, StocktakeStateError, Uncounted,
};
use gaara_kernel::{MovementId, ProductId, StocktakeId, StoreError, Version};
use thiserror::Error;

use super::state::{StocktakeLockError, event, lock_failure, lock_stocktake};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::inventory::stock::{
    Goods, MoveStockError, MovementLineError, Wanted, WrittenMovementLine, move_stock, open_shelves,
};
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Brings the books to what was counted, by one adjustment.
#[derive(Debug, Clone)]
pub struct PostStocktake {
    /// Which stocktake.
    pub id: StocktakeId,
    /// The version the decision was made on, where the caller cares.
    pub expected: Option<Version>,
    /// What happens to lines that nobody counted.
    pub uncounted: Uncounted,
}

/// Why a stocktake was not posted.
#[derive(Debug, Error)]
pub enum PostStocktakeError {
    /// The stocktake could not be taken as one that counts.
    #[error(transparent)]
    Lock(#[from] StocktakeLockError),
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// The counts do not suffice.
    #[error(transparent)]
    Settle(#[from] SettleError),
    /// A product cannot be moved any more.
    #[error("{product}: {error}")]
    Product {
        /// Which.
        product: ProductId,
        /// Why not.
        error: MovementLineError,
    },
    /// The difference cannot be taken.
    #[error(transparent)]
    Post(#[from] PostError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

lock_failure!(PostStocktakeError);

impl From<StocktakeStateError> for PostStocktakeError {
    fn from(error: StocktakeStateError) -> Self {
        Self::Lock(error.into())
    }
}

impl From<MoveStockError> for PostStocktakeError {
    fn from(error: MoveStockError) -> Self {
        match error {
            // An adjustment names no origin.
            MoveStockError::UnknownOrigin => Self::Post(PostError::OriginUnfit),
            MoveStockError::Post(error) => Self::Post(error),
            MoveStockError::Store(error) => Self::Store(error),
        }
    }
}

impl UseCase for PostStocktake {
    type Output = Stocktake;
    type Error = PostStocktakeError;
    const PERMISSION: Permission = Permission::PostStocktakes;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Stocktake, PostStocktakeError> {
        let stocktake =
            lock_stocktake(unit, self.id, self.expected, Stocktake::check_counting).await?;
        stocktake.check_complete(self.uncounted)?;
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(PostStocktakeError::NotSetUp)?;
        let lines = unit.stocktakes().find_lines(self.id).await?;
        let keys = stocktake.keys_to_settle(&lines, self.uncounted);
        let products = keys.iter().map(|key| key.product).collect();
        let goods = Goods::hold_products(unit, products).await?;
        let settlement =
            self.settle(unit, &stocktake, &lines, &keys, (&goods, &organization), context).await?;
        if !settlement.zeroed.is_empty() {
            unit.stocktakes().save_lines(&stocktake, &settlement.zeroed).await?;
        }
        let differences = &settlement.differences;
        let movement = if differences.is_empty() {
            None
        } else {
            let adjustment = adjustment(&stocktake, differences, &goods, context)?;
            let posted = move_stock(unit, adjustment, &goods, &organization, context).await?;
            unit.movements().add_posted(&posted).await?;
            Some(posted.content.id)
        };
        let zeroed = u32::try_from(settlement.zeroed.len()).unwrap_or(u32::MAX);
        let posted = stocktake.post(movement, zeroed, context.now())?;
        unit.stocktakes().save(&posted).await?;
        announce(unit, &posted, movement, context).await?;
        Ok(posted)
    }

    fn audit(&self, output: &Stocktake) -> AuditEntry {
        AuditEntry::new("stocktake.posted", self.id)
            .with("warehouse", &output.warehouse)
            .with("lines", &output.progress.lines)
            .with("counted", &output.progress.counted)
    }
}

impl PostStocktake {
    /// Finds the differences on the levels, which stay locked until the movement has been made.
    async fn settle(
        &self,
        unit: &mut dyn UnitOfWork,
        stocktake: &Stocktake,
        lines: &[StocktakeLine],
        keys: &[StockKey],
        (goods, organization): (&Goods, &Organization),
        context: &Context,
    ) -> Result<Settlement, PostStocktakeError> {
        let wanted = Wanted { keys, demand: &[], made_by: None };
        let shelves = open_shelves(unit, &wanted, goods, organization.currency, context).await?;
        let sequences: BTreeMap<StockKey, i64> = match self.uncounted {
            Uncounted::Zeroed => {
                unit.stocktakes().find_last_sequences(keys).await?.into_iter().collect()
            }
            Uncounted::Refused | Uncounted::Kept => BTreeMap::new(),
        };
        let sequence = |key: StockKey| sequences.get(&key).copied().unwrap_or_default();
        Ok(stocktake.settle(lines, self.uncounted, &shelves, sequence, context.now())?)
    }
}

/// The movement that takes the differences into the books.
fn adjustment(
    stocktake: &Stocktake,
    differences: &[Difference],
    goods: &Goods,
    context: &Context,
) -> Result<DraftMovement, PostStocktakeError> {
    let line = |difference: &Difference| {
        let Difference { product, quantity, unit_cost } = *difference;
        let written =
            WrittenMovementLine { unit_cost, ..WrittenMovementLine::new(product, quantity) };
        goods.line(&written).map_err(|error| PostStocktakeError::Product { product, error })
    };
    let written = MovementContent {
        id: context.new_id(),
        kind: MovementKind::Adjustment,
        warehouse: stocktake.warehouse,
        to_warehouse: None,
        effective_date: None,
        origin: None,
        owner: Some(MovementOwner::Stocktake(stocktake.id)),
        note: None,
        lines: differences.iter().map(line).collect::<Result<_, _>>()?,
        created_at: context.now(),
    };
    Ok(DraftMovement { content: written, updated_at: context.now(), version: Version::FIRST })
}

async fn announce(
    unit: &mut dyn UnitOfWork,
    posted: &Stocktake,
    movement: Option<MovementId>,
    context: &Context,
) -> Result<(), StoreError> {
    let mut event = event("stocktake.posted", posted, context);
    if let Some(movement) = movement {
        event = event.with("movement_id", &movement);
    }
    unit.outbox().add(&event).await
}
