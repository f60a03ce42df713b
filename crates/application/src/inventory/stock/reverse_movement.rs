//! Undoing posted movements by another one.

use gaara_identity::{Organization, Permission};
use gaara_inventory::{
    LayerDemand, Movement, MovementStatus, PostError, PostedMovement, PostingDay, Reversal,
    ReversalFacts, ReverseError, StockKey,
};
use gaara_kernel::{Date, MovementId, ProductId, StoreError, Version};
use thiserror::Error;

use super::lines::Goods;
use super::move_stock::{Wanted, announce, close_shelves, history, open_shelves, posting_day};
use super::places::{PlaceError, hold_places};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Undoes a posted movement, once.
#[derive(Debug, Clone)]
pub struct ReverseMovement {
    /// Which movement.
    pub id: MovementId,
    /// The version the decision was made on, where the caller cares.
    pub expected: Option<Version>,
    /// The business date of the reversal; when absent the movement's own, or today where the
    /// books are closed by then.
    pub effective_date: Option<Date>,
}

/// Why a movement was not undone.
#[derive(Debug, Error)]
pub enum ReverseMovementError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// There is no such movement.
    #[error("there is no such movement")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the movement is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// Goods cannot be moved there any more.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// A product of it is archived.
    #[error("{product} is archived")]
    ProductArchived {
        /// Which.
        product: ProductId,
    },
    /// It was never posted.
    #[error("the movement is {}", .0.code())]
    NotPosted(MovementStatus),
    /// It cannot be undone.
    #[error(transparent)]
    Reverse(#[from] ReverseError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ReverseMovementError);

impl From<PostError> for ReverseMovementError {
    fn from(error: PostError) -> Self {
        Self::Reverse(error.into())
    }
}

impl UseCase for ReverseMovement {
    type Output = Reversal;
    type Error = ReverseMovementError;
    const PERMISSION: Permission = Permission::PostStock;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Reversal, ReverseMovementError> {
        let posted = self.lock(unit).await?;
        posted.check_reversible()?;
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(ReverseMovementError::NotSetUp)?;
        let wished = self.effective_date.unwrap_or(posted.effective_date);
        let day = posting_day(unit, &organization, Some(wished), context).await?;
        let date = self.date(&posted, day)?;
        reverse(unit, &posted, date, &organization, context).await
    }

    fn audit(&self, output: &Reversal) -> AuditEntry {
        AuditEntry::new("stock.reversed", self.id)
            .with("reversed_by", &output.undoing.content.id)
            .with("effective_date", &output.undoing.effective_date)
    }
}

impl ReverseMovement {
    async fn lock(
        &self,
        unit: &mut dyn UnitOfWork,
    ) -> Result<PostedMovement, ReverseMovementError> {
        let movement = unit.movements().lock(self.id).await?;
        let movement = movement.ok_or(ReverseMovementError::NotFound)?;
        let (status, current) = (movement.status(), movement.version());
        let Movement::Posted(posted) = movement else {
            return Err(ReverseMovementError::NotPosted(status));
        };
        if posted.reversed_by.is_none() && self.expected.is_some_and(|it| it != current) {
            return Err(ReverseMovementError::Stale { current });
        }
        Ok(posted)
    }

    fn date(&self, posted: &PostedMovement, day: PostingDay) -> Result<Date, PostError> {
        if self.effective_date.is_some() {
            return day.effective_date(self.effective_date);
        }
        match day.effective_date(Some(posted.effective_date)) {
            Err(PostError::PeriodLocked { .. }) => day.effective_date(None),
            date => date,
        }
    }
}

/// Undoes a locked movement: levels, layers, ledger and events.
pub(crate) async fn reverse(
    unit: &mut dyn UnitOfWork,
    posted: &PostedMovement,
    date: Date,
    organization: &Organization,
    context: &Context,
) -> Result<Reversal, ReverseMovementError> {
    let moved = &posted.content;
    hold_places(unit, moved.warehouse, moved.to_warehouse).await??;
    let goods = Goods::hold_products(unit, moved.products()).await?;
    if let Some(product) = goods.archived() {
        return Err(ReverseMovementError::ProductArchived { product });
    }
    let demand: Vec<LayerDemand> = posted.reversal_demand()?;
    let keys: Vec<StockKey> = posted.content.stock_keys();
    let wanted = Wanted { keys: &keys, demand: &demand, made_by: Some(posted.content.id) };
    let mut shelves = open_shelves(unit, &wanted, &goods, organization.currency, context).await?;
    let today = organization.date_at(context.now());
    let facts = ReversalFacts {
        returned: unit.movements().returned(posted.content.id).await?,
        history: history(unit, &keys, date, today).await?,
    };
    let reversal = posted.reverse(context.new_id(), date, &mut shelves, &facts, context.now())?;
    close_shelves(unit, &shelves).await?;
    unit.movements().add_posted(&reversal.undoing).await?;
    unit.movements().save_reversed(&reversal.undone).await?;
    announce(unit, &reversal.undoing, (&shelves, &goods), context).await?;
    Ok(reversal)
}
