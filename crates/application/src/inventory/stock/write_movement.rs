//! Movements as they are written, before anything moves.

use gaara_identity::Organization;
use gaara_inventory::{DraftMovement, MovementContent, MovementKind, PostError};
use gaara_kernel::{Date, MovementId, StoreError, Timestamp, Version, WarehouseId};
use thiserror::Error;

use super::lines::{Goods, MovementLineError, WrittenMovementLine};
use super::move_stock::MoveStockError;
use super::places::{PlaceError, hold_places};
use crate::context::Context;
use crate::ports::UnitOfWork;

/// A movement as it is written.
#[derive(Debug, Clone)]
pub struct WrittenMovement {
    /// The id a client chose.
    pub id: Option<MovementId>,
    /// What it does.
    pub kind: MovementKind,
    /// Where; of a transfer, where from.
    pub warehouse: WarehouseId,
    /// Where a transfer goes to.
    pub to_warehouse: Option<WarehouseId>,
    /// The business date it counts for; the day of posting when absent.
    pub effective_date: Option<Date>,
    /// The movement that a return sends back a part of.
    pub origin: Option<MovementId>,
    /// What people say about it.
    pub note: Option<String>,
    /// The products.
    pub lines: Vec<WrittenMovementLine>,
}

impl WrittenMovement {
    /// A movement of these lines, today, with nothing said about it.
    #[must_use]
    pub const fn new(
        kind: MovementKind,
        warehouse: WarehouseId,
        lines: Vec<WrittenMovementLine>,
    ) -> Self {
        Self {
            id: None,
            kind,
            warehouse,
            to_warehouse: None,
            effective_date: None,
            origin: None,
            note: None,
            lines,
        }
    }
}

/// Why a movement cannot be written or posted as it is. Lines count from 0.
#[derive(Debug, Error)]
pub enum MovementError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// Goods cannot be moved there.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// There is no such movement to come back from.
    #[error("there is no such movement to come back from")]
    UnknownOrigin,
    /// A line cannot be moved.
    #[error("line {line}: {error}")]
    Line {
        /// The line.
        line: usize,
        /// Why not.
        error: MovementLineError,
    },
    /// The movement breaks a rule.
    #[error(transparent)]
    Post(#[from] PostError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

crate::failure::failure!(MovementError);

impl From<MoveStockError> for MovementError {
    fn from(error: MoveStockError) -> Self {
        match error {
            MoveStockError::UnknownOrigin => Self::UnknownOrigin,
            MoveStockError::Post(error) => Self::Post(error),
            MoveStockError::Store(error) => Self::Store(error),
        }
    }
}

impl From<(usize, MovementLineError)> for MovementError {
    fn from((line, error): (usize, MovementLineError)) -> Self {
        Self::Line { line, error }
    }
}

/// A draft whose products are held, ready to be stored or posted.
pub(super) struct Prepared {
    pub(super) draft: DraftMovement,
    pub(super) goods: Goods,
}

impl WrittenMovement {
    /// Finds everything the movement names, and checks what can be checked without the stock.
    pub(super) async fn prepare(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Prepared, MovementError> {
        let id = context.id_or_new(self.id);
        let draft = Stamp { id, created_at: context.now(), version: Version::FIRST };
        self.prepare_as(unit, draft, context).await
    }

    /// The same for a draft that is stored already.
    pub(super) async fn prepare_as(
        &self,
        unit: &mut dyn UnitOfWork,
        stamp: Stamp,
        context: &Context,
    ) -> Result<Prepared, MovementError> {
        hold_places(unit, self.warehouse, self.to_warehouse).await??;
        let goods = Goods::hold(unit, &self.lines).await?;
        let written = MovementContent {
            id: stamp.id,
            kind: self.kind,
            warehouse: self.warehouse,
            to_warehouse: self.to_warehouse,
            effective_date: self.effective_date,
            origin: self.origin,
            owner: None,
            note: self.note.clone(),
            lines: goods.lines(&self.lines)?,
            created_at: stamp.created_at,
        };
        written.check()?;
        check_reservations(unit, &written).await?;
        let draft =
            DraftMovement { content: written, updated_at: context.now(), version: stamp.version };
        Ok(Prepared { draft, goods })
    }

    /// Refuses an origin that does not exist, which no stored draft may name.
    pub(super) async fn check_origin(
        &self,
        unit: &mut dyn UnitOfWork,
    ) -> Result<(), MovementError> {
        let Some(origin) = self.origin else { return Ok(()) };
        let origin = unit.movements().lock(origin).await?;
        origin.map(|_| ()).ok_or(MovementError::UnknownOrigin)
    }

    /// The movement that a draft holds, to be written again.
    pub(super) fn of(content: &MovementContent) -> Self {
        let line = |line: &gaara_inventory::MovementLine| WrittenMovementLine {
            product: line.product,
            quantity: line.quantity,
            unit: Some(line.unit.clone()),
            unit_cost: line.unit_cost,
            reservation: line.reservation,
        };
        Self {
            id: Some(content.id),
            kind: content.kind,
            warehouse: content.warehouse,
            to_warehouse: content.to_warehouse,
            effective_date: content.effective_date,
            origin: content.origin,
            note: content.note.clone(),
            lines: content.lines.iter().map(line).collect(),
        }
    }
}

/// Refuses lines that name reservations which do not exist or are of something else. Whether they
/// still stand is decided when the movement is posted.
async fn check_reservations(
    unit: &mut dyn UnitOfWork,
    written: &MovementContent,
) -> Result<(), MovementError> {
    let named = written.reservations();
    if !named.is_empty() {
        written.match_reservations(unit.reservations().find_many(&named).await?)?;
    }
    Ok(())
}

/// What a movement keeps however often it is written again.
pub(super) struct Stamp {
    pub(super) id: MovementId,
    pub(super) created_at: Timestamp,
    pub(super) version: Version,
}

/// The organisation, without which nothing can be posted.
pub(super) async fn organization(unit: &mut dyn UnitOfWork) -> Result<Organization, MovementError> {
    unit.organization().find().await?.ok_or(MovementError::NotSetUp)
}
