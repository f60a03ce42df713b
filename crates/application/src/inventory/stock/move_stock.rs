//! Applying a movement to the stock, for whoever causes one.

use gaara_inventory::{DraftMovement, PostError, PostedMovement};
use gaara_kernel::{Currency, StoreError};
use thiserror::Error;

use crate::context::Context;
use crate::outbox::Event;
use crate::ports::UnitOfWork;

/// Why a movement was not applied.
#[derive(Debug, Error)]
pub(crate) enum MoveStockError {
    /// The movement breaks a rule.
    #[error(transparent)]
    Post(#[from] PostError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Locks the levels in order, applies the movement, and writes levels, history and event: a
/// number of statements that does not grow with the lines.
pub(crate) async fn move_stock(
    unit: &mut dyn UnitOfWork,
    movement: DraftMovement,
    currency: Currency,
    context: &Context,
) -> Result<PostedMovement, MoveStockError> {
    let mut levels = unit.stock().lock_levels(&movement.stock_keys(), currency).await?;
    let posted = movement.post(&mut levels, context.now())?;
    unit.stock().save_levels(&levels).await?;
    unit.stock().record(&posted).await?;
    let event = Event::new("stock.moved", posted.movement.id, context)
        .with("kind", &posted.movement.kind.code())
        .with("warehouse_id", &posted.movement.warehouse);
    unit.outbox().add(&event).await?;
    Ok(posted)
}
