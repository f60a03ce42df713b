//! Applying movements to the stock, for whoever causes one.

use gaara_identity::Organization;
use gaara_inventory::{
    BelowMinimum, CostMethod, DailyChange, DraftMovement, LayerDemand, Movement, MovementContent,
    Origin, PostError, PostedMovement, PostingDay, PostingFacts, Shelves, StockKey,
};
use gaara_kernel::{Currency, Date, MovementId, StoreError};
use thiserror::Error;

use super::lines::Goods;
use super::locked_levels::{announce_reservations, lock_levels};
use crate::context::Context;
use crate::outbox::Event;
use crate::ports::UnitOfWork;

/// Why a movement was not applied.
#[derive(Debug, Error)]
pub(crate) enum MoveStockError {
    /// There is no such movement to come back from.
    #[error("there is no such movement to come back from")]
    UnknownOrigin,
    /// The movement breaks a rule.
    #[error(transparent)]
    Post(#[from] PostError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl MoveStockError {
    /// The same error, told of the lines of the document that the movement was made of.
    pub(crate) fn at_lines(self, place: impl Fn(usize) -> usize) -> Self {
        match self {
            Self::Post(error) => Self::Post(error.at_lines(place)),
            other => other,
        }
    }
}

/// The day of this execution in the organisation's zone, and how far its books are closed.
///
/// Only days that are over can be closed, so who posts for today need not keep the organisation
/// from being changed meanwhile; who posts for an earlier day must.
pub(super) async fn posting_day(
    unit: &mut dyn UnitOfWork,
    organization: &Organization,
    wished: Option<Date>,
    context: &Context,
) -> Result<PostingDay, StoreError> {
    let today = organization.date_at(context.now());
    let mut locked_through = organization.locked_through;
    if wished.is_some_and(|date| date < today)
        && let Some(held) = unit.organization().hold().await?
    {
        locked_through = held.locked_through;
    }
    Ok(PostingDay { today, locked_through })
}

/// Locks the levels in order, applies the movement, and writes levels, layers and events: a
/// number of statements that does not grow with the lines. The movement itself is the caller's
/// to store.
pub(crate) async fn move_stock(
    unit: &mut dyn UnitOfWork,
    draft: DraftMovement,
    goods: &Goods,
    organization: &Organization,
    context: &Context,
) -> Result<PostedMovement, MoveStockError> {
    let written = &draft.content;
    let day = posting_day(unit, organization, written.effective_date, context).await?;
    let effective_date = day.effective_date(written.effective_date)?;
    let origin = match written.origin {
        Some(origin) => Some(find_origin(unit, origin).await?),
        None => None,
    };
    let demand = written.demand()?;
    let keys = written.stock_keys();
    let wanted = Wanted { keys: &keys, demand: &demand, made_by: None };
    let mut shelves = open_shelves(unit, &wanted, goods, organization.currency, context).await?;
    consume_reservations(unit, written, &mut shelves, context).await?;
    let history = history(unit, &keys, effective_date, day.today).await?;
    let facts = PostingFacts { history, origin, ..PostingFacts::default() };
    let posted = draft.post(effective_date, &mut shelves, facts, context.now())?;
    close_shelves(unit, &shelves).await?;
    announce(unit, &posted, (&shelves, goods), context).await?;
    Ok(posted)
}

/// The movement that goods come back from, locked: two returns must not both take the last.
async fn find_origin(unit: &mut dyn UnitOfWork, id: MovementId) -> Result<Origin, MoveStockError> {
    let movement = unit.movements().lock(id).await?.ok_or(MoveStockError::UnknownOrigin)?;
    let Movement::Posted(posted) = movement else { return Err(PostError::OriginUnfit.into()) };
    let returned = unit.movements().returned(id).await?;
    Ok(Origin::try_new(&posted, &returned)?)
}

/// Frees what the lines' reservations hold, so that the movement can take it, and saves them.
///
/// The levels are locked, so nobody else can change a reservation of theirs meanwhile.
async fn consume_reservations(
    unit: &mut dyn UnitOfWork,
    written: &MovementContent,
    shelves: &mut Shelves,
    context: &Context,
) -> Result<(), MoveStockError> {
    let named = written.reservations();
    if named.is_empty() {
        return Ok(());
    }
    let found = unit.reservations().find_many(&named).await?;
    let mut consumed = Vec::with_capacity(found.len());
    for consumption in written.match_reservations(found)? {
        consumed.push(consumption.apply(shelves, context.now())?);
    }
    unit.reservations().save_all(&consumed).await?;
    announce_reservations(unit, "reservation.consumed", &consumed, context).await?;
    Ok(())
}

/// Which levels a movement needs, and which of their layers.
pub(crate) struct Wanted<'a> {
    pub(crate) keys: &'a [StockKey],
    pub(crate) demand: &'a [LayerDemand],
    pub(crate) made_by: Option<MovementId>,
}

/// Locks levels, takes back what is overdue on them, and reads the layers of what goes out.
pub(crate) async fn open_shelves(
    unit: &mut dyn UnitOfWork,
    wanted: &Wanted<'_>,
    goods: &Goods,
    currency: Currency,
    context: &Context,
) -> Result<Shelves, StoreError> {
    let levels = lock_levels(unit, wanted.keys, currency, context).await?;
    let mut shelves = Shelves::new(levels, |product| goods.method(product));
    let is_layered = |demand: &&LayerDemand| goods.method(demand.key.product) == CostMethod::Fifo;
    let layered: Vec<LayerDemand> = wanted.demand.iter().filter(is_layered).copied().collect();
    if !layered.is_empty() {
        let layers = unit.stock().find_layers(&layered, wanted.made_by).await?;
        shelves.add_layers(&layers);
    }
    Ok(shelves)
}

/// What happened since an earlier day to the levels that change; nothing for today.
pub(super) async fn history(
    unit: &mut dyn UnitOfWork,
    keys: &[StockKey],
    effective_date: Date,
    today: Date,
) -> Result<Vec<DailyChange>, StoreError> {
    if effective_date >= today {
        return Ok(Vec::new());
    }
    unit.stock().daily_changes(keys, effective_date).await
}

/// Writes levels and layers back.
pub(crate) async fn close_shelves(
    unit: &mut dyn UnitOfWork,
    shelves: &Shelves,
) -> Result<(), StoreError> {
    unit.stock().save_levels(&shelves.levels()).await?;
    let changes = shelves.layer_changes();
    if changes.is_empty() { Ok(()) } else { unit.stock().save_layers(&changes).await }
}

/// Tells the outside world what moved, and what fell below its minimum by it.
pub(super) async fn announce(
    unit: &mut dyn UnitOfWork,
    posted: &PostedMovement,
    (shelves, goods): (&Shelves, &Goods),
    context: &Context,
) -> Result<(), StoreError> {
    let moved = &posted.content;
    let mut event = Event::new("stock.moved", moved.id, context)
        .with("kind", &moved.kind.code())
        .with("warehouse_id", &moved.warehouse);
    if let Some(target) = moved.to_warehouse {
        event = event.with("to_warehouse_id", &target);
    }
    if let Some(reverses) = posted.reverses {
        event = event.with("reverses_id", &reverses);
    }
    let mut events = vec![event];
    events.extend(shortfalls(shelves, goods, context));
    unit.outbox().add_all(&events).await
}

/// An event for each level that fell below its minimum.
pub(crate) fn shortfalls(shelves: &Shelves, goods: &Goods, context: &Context) -> Vec<Event> {
    let event = |fallen: BelowMinimum| {
        Event::new("stock.below_minimum", fallen.key.product, context)
            .with("warehouse_id", &fallen.key.warehouse)
            .with("available", &fallen.available)
            .with("minimum", &fallen.minimum)
    };
    shelves.fell_below(|key| goods.minimum(key)).into_iter().map(event).collect()
}
