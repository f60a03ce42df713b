//! Locking stock levels: whoever does takes back first what is overdue on them.

use gaara_inventory::{Reservation, StockKey, StockLevel, take_back_overdue};
use gaara_kernel::{Currency, StoreError};

use crate::context::Context;
use crate::outbox::Event;
use crate::ports::UnitOfWork;

/// Locks levels, whose keys are sorted, and takes back what is overdue on them: a number of
/// statements that does not grow with either.
///
/// Levels, reservations and events are written before anything else happens, so that what a level
/// has reserved is at any moment what its active reservations hold.
pub(super) async fn lock_levels(
    unit: &mut dyn UnitOfWork,
    keys: &[StockKey],
    currency: Currency,
    context: &Context,
) -> Result<Vec<StockLevel>, StoreError> {
    let mut levels = unit.stock().lock_levels(keys, currency).await?;
    let overdue = unit.reservations().find_overdue(keys, context.now()).await?;
    if overdue.is_empty() {
        return Ok(levels);
    }
    let expired = take_back_overdue(overdue, &mut levels, context.now())
        .map_err(|_| StoreError::Corrupt { entity: "reservation" })?;
    unit.stock().save_levels(&levels).await?;
    unit.reservations().save_all(&expired).await?;
    announce_reservations(unit, "reservation.expired", &expired, context).await?;
    Ok(levels)
}

/// Tells the outside world what became of reservations.
pub(crate) async fn announce_reservations(
    unit: &mut dyn UnitOfWork,
    kind: &str,
    reservations: &[Reservation],
    context: &Context,
) -> Result<(), StoreError> {
    let event = |reservation: &Reservation| {
        Event::new(kind, reservation.id, context)
            .with("product_id", &reservation.key.product)
            .with("warehouse_id", &reservation.key.warehouse)
            .with("quantity", &reservation.quantity)
            .with("consumed", &reservation.consumed())
            .with("expires_at", &reservation.expires_at)
    };
    let events: Vec<Event> = reservations.iter().map(event).collect();
    unit.outbox().add_all(&events).await
}
